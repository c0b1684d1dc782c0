package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersonKeyTest {
  @Test
  void bytes_nameBeyondAscii_utf8() {
    assertThat(HexFormat.of().formatHex(PersonKey.bytes("Zoë"))).isEqualTo("5a6fc3ab");
  }

  /** Hashes of the first five are in Kafka's own {@code UtilsTest.testMurmur2}. */
  @ParameterizedTest
  @CsvSource({
    "21, -973932308, 0",
    "foobar, -790332482, 6",
    "abc, 479470107, 3",
    "a-little-bit-long-string, -985981536, 8",
    "a-little-bit-longer-string, -1486304829, 11",
    "Zoë, -1306457314, 10",
    "omg:1/1f61459b0, 1957460909, 5"
  })
  void partition_ofTwelve_hashWithoutSignModuloTwelve(String person, int hash, int partition) {
    byte[] key = PersonKey.bytes(person);

    assertThat(PersonKey.partition(key, 12)).isEqualTo(partition);
    assertThat(PersonKey.partition(key, Integer.MAX_VALUE)).isEqualTo(hash & Integer.MAX_VALUE);
  }
}
