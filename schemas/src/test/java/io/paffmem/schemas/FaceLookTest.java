package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FaceLookTest {
  @Test
  void of_numbersOfADirection_areRoundedTo127Parts() {
    FaceLook look = FaceLook.of(9, new float[] {5, 1, -1, 0.5f, 0, 1.1f}, 1, 5);

    assertThat(look.numbers()).containsExactly(127, -127, 64, 0, 127);
  }

  @Test
  void pack_goldenBytes_andBack() {
    FaceLook look = FaceLook.of(0x01020304, new float[] {0, 1}, 0, 2);

    ByteBuffer packed = look.pack();

    assertThat(packed).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 0, 127}));
    assertThat(FaceLook.unpack(packed)).isEqualTo(look);
    assertThat(packed.position()).isZero();
  }

  @Test
  void unpack_whatIsNoDirection_isNull() {
    assertThat(FaceLook.unpack(ByteBuffer.wrap(new byte[4]))).isNull();
    assertThat(FaceLook.unpack(ByteBuffer.wrap(new byte[68]))).as("all 0").isNull();
    assertThat(FaceLook.unpack(ByteBuffer.wrap(new byte[2000]))).isNull();
  }

  @Test
  void toString_saysNoNumbers() {
    assertThat(FaceLook.of(1, new float[] {0.25f, 0.75f}, 0, 2))
        .hasToString("FaceLook[00000001, 2 numbers]");
  }
}
