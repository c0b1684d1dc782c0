package io.paffmem.topology.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.PersonBias;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MemoryFileTest {
  @Test
  void file_goldenBytes() {
    byte[] bytes = file(pair()).toBytes();

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            ("504146464d454d0a 00000002 00000005"
                    + text("model")
                    + text("pk")
                    + text("seededFrames")
                    + text("25")
                    + text("seedingFrames")
                    + text("25")
                    + text("framesPerceived")
                    + text("300")
                    + text("memory.dimensions")
                    + text("2")
                    + " 00000002 00000005"
                    + " 0000000000000000".repeat(12)
                    + " 00000001 3f000000 3e800000 be000000 00000001 00000004 00000003"
                    + " 3f400000 bf800000"
                    + " 00000004 3f800000 00000000 00000000 00000001 00000001 00000003"
                    + " 00000000 00000000"
                    + " e66d69a0")
                .replace(" ", ""));
  }

  @Test
  void file_roundTrip_sameMemory() {
    MemoryFile read = MemoryFile.read(file(pair()).toBytes());

    assertThat(read.memory().digest()).isEqualTo(pair().digest());
    assertThat(read.modelVersion()).isEqualTo("pk");
    assertThat(read.seededFrames()).isEqualTo(25);
    assertThat(read.seedingFrames()).isEqualTo(25);
    assertThat(read.framesPerceived()).isEqualTo(300);
    assertThat(read.parameters()).isEqualTo(Map.of("dimensions", "2"));
  }

  @Test
  void otherFiles_areNoExports() {
    for (byte[] other :
        new byte[][] {
          {}, {1, 2, 3}, "a letter to a friend, long".getBytes(StandardCharsets.UTF_8)
        }) {
      assertThatThrownBy(() -> MemoryFile.read(other))
          .isInstanceOf(StoredMemoryException.class)
          .hasMessageContaining("no exported memory");
    }
  }

  @Test
  void newerFormat_isRefusedNamingBoth() {
    byte[] bytes = file(pair()).toBytes();
    bytes[11] = 4;

    assertThatThrownBy(() -> MemoryFile.read(bytes))
        .isInstanceOf(StoredMemoryException.class)
        .hasMessageContaining("of format 4, this release reads formats 2 and 3");
  }

  @Test
  void anyBitFlippedOrCutOff_isRefused() {
    byte[] bytes = file(pair()).toBytes();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> MemoryFile.read(flipped)).isInstanceOf(StoredMemoryException.class);
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> MemoryFile.read(cut)).isInstanceOf(StoredMemoryException.class);
    }
  }

  @Test
  void neuronsThatDoNotFitTogether_areRefusedThoughTheChecksumHolds() {
    byte[] bytes = file(pair()).toBytes();
    int edge = bytes.length - 4 - 8 - 8; // the second neuron's edge: the id at its other end
    ByteBuffer.wrap(bytes).putInt(edge, 3);
    reseal(bytes);

    assertThatThrownBy(() -> MemoryFile.read(bytes))
        .isInstanceOf(StoredMemoryException.class)
        .hasMessageContaining("neurons cannot be read");
  }

  @Test
  void numberOfNeuronsThatCannotBe_isRefused() {
    byte[] bytes = file(pair()).toBytes();
    int count = bytes.length - 4 - 2 * 36 - PersonBias.BYTES - 8;
    assertThat(ByteBuffer.wrap(bytes).getInt(count)).isEqualTo(2);
    ByteBuffer.wrap(bytes).putInt(count, Integer.MAX_VALUE);
    reseal(bytes);

    assertThatThrownBy(() -> MemoryFile.read(bytes)).isInstanceOf(StoredMemoryException.class);
  }

  @Test
  void dimensionsThatTheFileHasNoRoomFor_areRefusedBeforeRoomIsMadeForThem() {
    for (String dimensions : new String[] {"2000000000", "2147483647", "3", "0", "-1"}) {
      byte[] bytes =
          new MemoryFile("pk", 25, 25, 300, Map.of("dimensions", dimensions), pair()).toBytes();

      assertThatThrownBy(() -> MemoryFile.read(bytes))
          .isInstanceOf(StoredMemoryException.class)
          .hasMessageContaining("neurons cannot be read");
    }
  }

  private static void reseal(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
  }

  private static MemoryFile file(MemoryState memory) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("dimensions", "2");
    return new MemoryFile("pk", 25, 25, 300, parameters, memory);
  }

  private static MemoryState pair() {
    return new MemoryLoader(2)
        .neuron(1, new float[] {0.75f, -1}, 0.5f, 0.25f, -0.125f, new int[] {4}, new int[] {3})
        .neuron(4, new float[] {0, 0}, 1, 0, 0, new int[] {1}, new int[] {3})
        .load(5)
        .orElseThrow();
  }

  private static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return " %08x ".formatted(bytes.length) + HexFormat.of().formatHex(bytes);
  }
}
