package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PersonHashTest {

  @Test
  void of_knownName_firstHalfOfItsSha256() {
    // SHA-256("abc"), FIPS 180-2, appendix B.1
    PersonHash hash = PersonHash.of("abc");

    assertThat(HexFormat.of().formatHex(hash.toBytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    assertThat(hash.shortHex()).isEqualTo("ba7816bf");
  }

  @Test
  void shortHex_leadingZeros_kept() {
    assertThat(new PersonHash(0x0000_000a_ffff_ffffL, -1).shortHex()).isEqualTo("0000000a");
  }
}
