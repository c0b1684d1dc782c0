package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FloatVectorsTest {

  @Test
  void pack_knownValues_goldenBytes() {
    ByteBuffer packed = FloatVectors.pack(new float[] {1f, -0.5f, 0f, 0.1f});

    byte[] bytes = new byte[16];
    packed.get(0, bytes);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo("0000803f" + "000000bf" + "00000000" + "cdcccc3d");
    assertThat(packed.position()).isZero();
    assertThat(packed.remaining()).isEqualTo(16);
  }

  @Test
  void pack_slice_onlyThatSlice() {
    ByteBuffer packed = FloatVectors.pack(new float[] {9f, 1f, 2f, 9f}, 1, 2);

    assertThat(FloatVectors.unpack(packed)).containsExactly(1f, 2f);
  }

  @Test
  void unpack_randomVector_sameBits() {
    long seed = 42;
    Random random = new Random(seed);
    float[] v = new float[10_050];
    for (int i = 0; i < v.length; i++) {
      v[i] = Float.intBitsToFloat(random.nextInt() & 0xff7fffff);
    }

    assertThat(FloatVectors.unpack(FloatVectors.pack(v))).as("seed %d", seed).containsExactly(v);
  }

  @Test
  void unpack_bufferAtAnOffset_readsOnFromThereAndLeavesItAlone() {
    ByteBuffer buffer = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putFloat(3, 1.5f).putFloat(7, 2.5f).position(3);
    float[] into = {7f, 7f, 7f};

    FloatVectors.unpack(buffer, into, 1);

    assertThat(into).containsExactly(7f, 1.5f, 2.5f);
    assertThat(buffer.position()).isEqualTo(3);
    assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void unpack_noWholeNumberOfFloats_refused() {
    assertThatThrownBy(() -> FloatVectors.unpack(ByteBuffer.allocate(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 bytes");
  }

  @Test
  void allFinite_oneValueThatIsNot_false() {
    assertThat(FloatVectors.allFinite(new float[] {})).isTrue();
    assertThat(FloatVectors.allFinite(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, 0f}))
        .isTrue();
    assertThat(FloatVectors.allFinite(new float[] {0f, Float.NaN, 0f})).isFalse();
    assertThat(FloatVectors.allFinite(new float[] {0f, Float.POSITIVE_INFINITY})).isFalse();
    assertThat(FloatVectors.allFinite(new float[] {Float.NEGATIVE_INFINITY, 0f})).isFalse();
  }
}
