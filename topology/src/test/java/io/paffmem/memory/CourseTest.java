package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CourseTest {
  @Test
  void add_answers_meanAndVarianceAreThoseOfAll() {
    Course course = new Course();

    course.add(0.5f, -0.25f, 10);
    course.add(-0.5f, 0.25f, 20);
    course.add(0.75f, 0.75f, 30);

    assertThat(course.answers()).isEqualTo(3);
    assertThat(course.meanArousal).isCloseTo(0.25, within(1e-12));
    assertThat(course.meanValence).isCloseTo(0.25, within(1e-12));
    // ((0.25)^2 + (0.75)^2 + (0.5)^2) / 3 and ((0.5)^2 + 0 + (0.5)^2) / 3.
    assertThat(course.varianceArousal).isCloseTo(0.875 / 3, within(1e-12));
    assertThat(course.varianceValence).isCloseTo(0.5 / 3, within(1e-12));
    assertThat(course.lastArousal).isEqualTo(0.75f);
    assertThat(course.lastMillis).isEqualTo(30);
  }

  @Test
  void add_longAfterAChange_meanFollowsIt() {
    Course course = new Course();
    for (int i = 0; i < 90_000; i++) {
      course.add(0.5f, 0, i);
    }
    for (int i = 0; i < 300_000; i++) {
      course.add(-0.5f, 0, i);
    }

    // e^(-300000 / 90000) of the way is left.
    assertThat(course.meanArousal).isCloseTo(-0.5 + Math.exp(-10 / 3.0), within(1e-3));
  }

  @Test
  void writeTo_goldenBytes_readBackTheSame() {
    Course course = new Course();
    course.add(0.5f, -1, 0x0102);
    ByteBuffer bytes = ByteBuffer.allocate(Course.BYTES);

    course.writeTo(bytes);

    assertThat(HexFormat.of().formatHex(bytes.array()))
        .isEqualTo(
            "0000000000000001" // answers
                + "0000000000000102" // time of the last
                + "3fe0000000000000bff0000000000000" // means
                + "00000000000000000000000000000000" // variances
                + "3f000000bf800000"); // the last
    Course read = Course.readFrom(bytes.flip());
    assertThat(read).usingRecursiveComparison().isEqualTo(course);
  }

  @Test
  void readFrom_impossibleNumbers_isRefused() {
    byte[] wrong = new byte[Course.BYTES];
    wrong[0] = (byte) 0x80;
    assertThatThrownBy(() -> Course.readFrom(ByteBuffer.wrap(wrong)))
        .isInstanceOf(IllegalArgumentException.class);
    ByteBuffer notANumber = ByteBuffer.allocate(Course.BYTES);
    notANumber.putDouble(16, Double.NaN);
    assertThatThrownBy(() -> Course.readFrom(notANumber))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
