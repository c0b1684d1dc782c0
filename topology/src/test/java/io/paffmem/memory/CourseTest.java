package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CourseTest {
  @Test
  void apart_isNeverZero_soThatNoAnswerStandsStill() {
    Course course = new Course();
    course.add(0.5f, 0, 1000);

    assertThat(course.apart(1100)).isEqualTo(100);
    assertThat(course.apart(900)).isEqualTo(100);
    assertThat(course.apart(1000)).isEqualTo(40);
  }

  @Test
  void clear_beginsAgain() {
    Course course = new Course();
    course.add(0.5f, 0, 1000);

    course.clear();

    assertThat(course).usingRecursiveComparison().isEqualTo(new Course());
    assertThat(course.isBegun()).isFalse();
  }

  @Test
  void writeTo_goldenBytes_readBackTheSame() {
    Course course = new Course();
    course.add(0.5f, -1, 0x0102);
    ByteBuffer bytes = ByteBuffer.allocate(Course.BYTES);

    course.writeTo(bytes);

    assertThat(HexFormat.of().formatHex(bytes.array()))
        .isEqualTo("01" + "0000000000000102" + "3f000000bf800000");
    assertThat(Course.readFrom(bytes.flip())).usingRecursiveComparison().isEqualTo(course);
  }

  @Test
  void readFrom_impossibleNumbers_isRefused() {
    ByteBuffer notANumber = ByteBuffer.allocate(Course.BYTES);
    notANumber.putFloat(9, Float.NaN);

    assertThatThrownBy(() -> Course.readFrom(notANumber))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
