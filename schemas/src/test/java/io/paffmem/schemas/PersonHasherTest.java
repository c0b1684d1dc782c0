package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PersonHasherTest {
  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  @Test
  void of_withoutAKey_firstHalfOfTheSha256() {
    // SHA-256("abc"), FIPS 180-2, appendix B.1
    assertThat(hex(PersonHasher.plain().of("abc"))).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
  }

  @Test
  void of_withAKey_firstHalfOfTheHmac() {
    PersonHasher keyed = PersonHasher.keyed(KEY);

    // printf abc | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f
    assertThat(hex(keyed.of("abc"))).isEqualTo("f0133729c4163dede81e21cd47839256");
    assertThat(hex(keyed.of("J\u00f6rg"))).isEqualTo("034fb7ce3ec08737dfcb717df904e64f");
    assertThat(hex(keyed.of("abc"))).as("again").isEqualTo("f0133729c4163dede81e21cd47839256");
  }

  @Test
  void fingerprint_tellsKeysApartAndIsNobodys() {
    byte[] other = KEY.clone();
    other[31] ^= 1;

    assertThat(PersonHasher.plain().fingerprint()).isEmpty();
    assertThat(PersonHasher.keyed(KEY).fingerprint()).isEqualTo("d38b42096d80f45f");
    assertThat(PersonHasher.keyed(other).fingerprint())
        .hasSize(16)
        .isNotEqualTo("d38b42096d80f45f");
    assertThat(PersonHasher.keyed(other).of("abc")).isNotEqualTo(PersonHasher.keyed(KEY).of("abc"));
    assertThat(PersonHasher.by(null).of("abc")).isEqualTo(PersonHasher.plain().of("abc"));
    assertThat(PersonHasher.by(KEY).of("abc")).isEqualTo(PersonHasher.keyed(KEY).of("abc"));
  }

  @Test
  void of_byManyThreadsAtOnce_eachGetsItsOwn() {
    PersonHasher keyed = PersonHasher.keyed(KEY);
    List<PersonHash> alone =
        IntStream.range(0, 2_000).mapToObj(i -> PersonHasher.keyed(KEY).of("p" + i)).toList();

    List<PersonHash> together =
        IntStream.range(0, 2_000).parallel().mapToObj(i -> keyed.of("p" + i)).toList();

    assertThat(together).isEqualTo(alone);
  }

  @Test
  void toString_keepsTheKeyToItself() {
    assertThat(PersonHasher.keyed(KEY)).hasToString("PersonHasher[keyed]");
  }

  private static String hex(PersonHash hash) {
    return HexFormat.of().formatHex(hash.toBytes());
  }
}
