package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LandmarksTest {
  private final Box found = new Box(10, 20, 100, 100);

  @Test
  void upright_levelEyesAsFarApartAsInTraining_movesTheBoxToThem() {
    Box box = new Landmarks(40, 60, 78.3f, 60, 59, 80).upright(found);

    assertThat(box.tilt()).isZero();
    assertThat(box.width()).isCloseTo(100, within(0.01f));
    assertThat(box.height()).isEqualTo(box.width());
    assertThat(box.x()).isCloseTo(59.15f - 50, within(0.01f));
    assertThat(box.y()).isCloseTo(60 - 39.1f, within(0.01f));
  }

  @Test
  void upright_eyesCloserTogether_sideIsHalfWayBetweenInLogarithms() {
    float apart = 38.3f * 0.64f;

    Box box = new Landmarks(40, 60, 40 + apart, 60, 55, 80).upright(found);

    assertThat(box.width()).isCloseTo(80, within(0.01f));
    assertThat(box.y()).isCloseTo(60 - 0.391f * 80, within(0.01f));
  }

  @Test
  void upright_sameFaceTurned_isTheSameBoxTurned() {
    Box level = new Landmarks(40, 60, 75, 60, 59, 80).upright(found);
    for (double degrees : new double[] {-59, -30, -5, 10, 20, 45}) {
      double angle = Math.toRadians(degrees);
      float[] left = turned(40, 60, angle);
      float[] right = turned(75, 60, angle);
      float[] nose = turned(59, 80, angle);

      Box box =
          new Landmarks(left[0], left[1], right[0], right[1], nose[0], nose[1]).upright(found);

      float[] middle = turned(level.x() + level.width() / 2, level.y() + level.height() / 2, angle);
      assertThat(box.tilt()).isCloseTo((float) degrees, within(0.01f));
      assertThat(box.width()).isCloseTo(level.width(), within(0.01f));
      assertThat(box.x() + box.width() / 2).isCloseTo(middle[0], within(0.02f));
      assertThat(box.y() + box.height() / 2).isCloseTo(middle[1], within(0.02f));
    }
  }

  @Test
  void upright_whatIsNoPairOfEyes_leavesTheBox() {
    assertThat(new Landmarks(50, 60, 50, 60, 50, 80).upright(found)).isEqualTo(found);
    assertThat(new Landmarks(50, 60, 65, 60, 50, 80).upright(found)).isEqualTo(found);
    assertThat(new Landmarks(20, 60, 100, 60, 50, 80).upright(found)).isEqualTo(found);
    assertThat(new Landmarks(75, 60, 40, 60, 50, 80).upright(found)).isEqualTo(found);
    assertThat(new Landmarks(50, 40, 60, 80, 50, 80).upright(found)).isEqualTo(found);
    assertThat(new Landmarks(Float.NaN, 60, 75, 60, 50, 80).upright(found)).isEqualTo(found);
  }

  /** Turned clockwise about a point that is none of them. */
  private static float[] turned(float x, float y, double angle) {
    double acrossX = x - 30;
    double acrossY = y - 90;
    return new float[] {
      (float) (30 + Math.cos(angle) * acrossX - Math.sin(angle) * acrossY),
      (float) (90 + Math.sin(angle) * acrossX + Math.cos(angle) * acrossY)
    };
  }
}
