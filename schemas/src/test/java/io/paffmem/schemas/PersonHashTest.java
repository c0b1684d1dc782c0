package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PersonHashTest {

  @Test
  void toBytes_areBigEndian() {
    PersonHash hash = new PersonHash(0xba78_16bf_8f01_cfeaL, 0x4141_40de_5dae_2223L);

    assertThat(HexFormat.of().formatHex(hash.toBytes()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    assertThat(hash.shortHex()).isEqualTo("ba7816bf");
  }

  @Test
  void shortHex_leadingZeros_kept() {
    assertThat(new PersonHash(0x0000_000a_ffff_ffffL, -1).shortHex()).isEqualTo("0000000a");
  }
}
