package io.paffmem.dashboard.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ProjectionTest {
  private static final Offset<Double> EXACTLY = within(1e-6);
  private static final int DIMENSIONS = 52;

  private final Random random = new Random(5);

  // ---- golden numbers

  @Test
  void of_fourPointsOnTwoAxes_isWorkedOutByHand() {
    // Variances 2 along the first axis, 0.5 along the third, 0 along the second.
    Projection plane =
        Projection.of(
            List.of(
                new float[] {2, 7, 0},
                new float[] {-2, 7, 0},
                new float[] {0, 7, 1},
                new float[] {0, 7, -1}));

    assertThat(plane.total()).isCloseTo(2.5, EXACTLY);
    assertThat(plane.shareOfX()).isCloseTo(0.8, EXACTLY);
    assertThat(plane.shareOfY()).isCloseTo(0.2, EXACTLY);
    Projection signed = plane.withSigns(new double[] {1, 0, 0, 0}, new double[] {0, 0, 0, -1});
    assertThat(signed.x()).containsExactly(new double[] {2, -2, 0, 0}, EXACTLY);
    assertThat(signed.y()).containsExactly(new double[] {0, 0, 1, -1}, EXACTLY);
  }

  // ---- what has no plane

  @Test
  void of_nothing_isNothing() {
    Projection plane = Projection.of(List.of());

    assertThat(plane.x()).isEmpty();
    assertThat(plane.y()).isEmpty();
    assertThat(plane.shareOfX()).isZero();
    assertThat(plane.shareOfY()).isZero();
  }

  @Test
  void of_onePointOrTheSameTwice_isTheMiddle() {
    for (int count : new int[] {1, 2, 5}) {
      Projection plane = Projection.of(Collections.nCopies(count, new float[] {0.3f, -0.7f, 1}));

      assertThat(plane.x()).hasSize(count).containsOnly(0);
      assertThat(plane.y()).hasSize(count).containsOnly(0);
      assertThat(plane.shareOfX()).isZero();
    }
  }

  @Test
  void of_twoPoints_lieOnTheFirstAxis() {
    Projection plane = Projection.of(List.of(new float[] {0, 0, 0}, new float[] {1, 2, 2}));

    assertThat(Math.abs(plane.x()[0] - plane.x()[1])).isCloseTo(3, EXACTLY);
    assertThat(plane.x()[0]).isCloseTo(-plane.x()[1], EXACTLY);
    assertThat(plane.y()).containsOnly(0);
    assertThat(plane.shareOfX()).isCloseTo(1, EXACTLY);
    assertThat(plane.shareOfY()).isZero();
  }

  @Test
  void of_pointsOnALine_haveNoSecondAxis() {
    List<float[]> line = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      float[] point = new float[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        point[d] = 0.25f * i * (d % 3 - 1); // exact in binary
      }
      line.add(point);
    }

    Projection plane = Projection.of(line);

    assertThat(plane.y()).containsOnly(0);
    assertThat(plane.shareOfX()).isCloseTo(1, EXACTLY);
  }

  // ---- laws

  @Test
  void of_pointsInAPlane_keepsEveryDistance() {
    List<float[]> points = points(40, 2);

    Projection plane = Projection.of(points);

    assertThat(plane.shareOfX() + plane.shareOfY()).isCloseTo(1, EXACTLY);
    for (int i = 0; i < points.size(); i++) {
      assertThat(distance(plane, 0, i)).isCloseTo(distance(points.get(0), points.get(i)), EXACTLY);
    }
  }

  @Test
  void of_anyPoints_bringsThemNearerToEachOther_andTheSharesAreOrdered() {
    List<float[]> points = points(60, DIMENSIONS);

    Projection plane = Projection.of(points);

    for (int i = 1; i < points.size(); i++) {
      assertThat(distance(plane, 0, i)).isLessThan(distance(points.get(0), points.get(i)));
    }
    assertThat(plane.shareOfX()).isGreaterThanOrEqualTo(plane.shareOfY()).isLessThan(1);
    assertThat(plane.shareOfY()).isPositive();
  }

  @Test
  void of_noOtherPlaneThroughTheAxes_holdsMore() {
    List<float[]> points = points(60, 6);
    Projection plane = Projection.of(points);
    double held = plane.shareOfX() + plane.shareOfY();

    for (int trial = 0; trial < 50; trial++) {
      double[][] axes = orthonormalPair();
      double sum = 0;
      for (double[] axis : axes) {
        sum += variance(points, axis);
      }
      assertThat(sum / plane.total()).isLessThan(held);
    }
  }

  @Test
  void of_pointsMovedTogether_orInAnotherOrder_isTheSame() {
    List<float[]> points = points(30, 8);
    List<float[]> moved = new ArrayList<>();
    for (float[] point : points) {
      float[] other = point.clone();
      for (int d = 0; d < other.length; d++) {
        other[d] += d;
      }
      moved.add(other);
    }
    Collections.reverse(moved);

    Projection plane = Projection.of(points);
    Projection other = Projection.of(moved);

    for (int i = 1; i < points.size(); i++) {
      assertThat(distance(other, 29, 29 - i)).isCloseTo(distance(plane, 0, i), within(1e-4));
    }
    assertThat(other.shareOfX()).isCloseTo(plane.shareOfX(), EXACTLY);
  }

  @Test
  void alignedTo_anyTurnOfItself_isThatTurn() {
    Projection plane = Projection.of(points(25, 10));
    int[] all = IntStream.range(0, 25).toArray();
    for (double handed : new double[] {1, -1}) {
      for (double angle = 0; angle < 2 * Math.PI; angle += 0.3) {
        double[] x = new double[25];
        double[] y = new double[25];
        for (int i = 0; i < 25; i++) {
          x[i] = Math.cos(angle) * plane.x()[i] - Math.sin(angle) * handed * plane.y()[i];
          y[i] = Math.sin(angle) * plane.x()[i] + Math.cos(angle) * handed * plane.y()[i];
        }

        Projection aligned = plane.alignedTo(all, x, y);

        assertThat(aligned.x()).containsExactly(x, EXACTLY);
        assertThat(aligned.y()).containsExactly(y, EXACTLY);
      }
    }
  }

  @Test
  void alignedTo_anything_keepsDistancesAndTheSumOfTheShares() {
    Projection plane = Projection.of(points(25, 10));
    int[] some = {2, 3, 5, 7, 11};
    double[] x = random.doubles(5).toArray();
    double[] y = random.doubles(5).toArray();

    Projection aligned = plane.alignedTo(some, x, y);

    for (int i = 1; i < 25; i++) {
      assertThat(distance(aligned, 0, i)).isCloseTo(distance(plane, 0, i), EXACTLY);
    }
    assertThat(aligned.shareOfX() + aligned.shareOfY())
        .isCloseTo(plane.shareOfX() + plane.shareOfY(), EXACTLY);
  }

  @Test
  void alignedTo_nobodyKnown_staysAsItIs() {
    Projection plane = Projection.of(points(5, 3));

    assertThat(plane.alignedTo(new int[0], new double[0], new double[0])).isSameAs(plane);
    assertThat(plane.alignedTo(new int[] {1}, new double[1], new double[1])).isSameAs(plane);
  }

  /**
   * Points of {@link #DIMENSIONS} numbers in a space of so many, each axis weaker than the last.
   */
  private List<float[]> points(int count, int rank) {
    double[][] axes = new double[rank][DIMENSIONS];
    for (double[] axis : axes) {
      for (int d = 0; d < DIMENSIONS; d++) {
        axis[d] = random.nextGaussian() / Math.sqrt(DIMENSIONS);
      }
    }
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] sum = new double[DIMENSIONS];
      for (int k = 0; k < rank; k++) {
        double along = random.nextGaussian() / (k + 1);
        for (int d = 0; d < DIMENSIONS; d++) {
          sum[d] += along * axes[k][d];
        }
      }
      float[] point = new float[DIMENSIONS];
      for (int d = 0; d < DIMENSIONS; d++) {
        point[d] = (float) sum[d];
      }
      points.add(point);
    }
    return points;
  }

  private double[][] orthonormalPair() {
    double[] one = unit(random.doubles(DIMENSIONS, -1, 1).toArray());
    double[] other = random.doubles(DIMENSIONS, -1, 1).toArray();
    double along = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      along += one[d] * other[d];
    }
    for (int d = 0; d < DIMENSIONS; d++) {
      other[d] -= along * one[d];
    }
    return new double[][] {one, unit(other)};
  }

  private static double[] unit(double[] axis) {
    double squares = 0;
    for (double each : axis) {
      squares += each * each;
    }
    double[] unit = axis.clone();
    for (int d = 0; d < unit.length; d++) {
      unit[d] /= Math.sqrt(squares);
    }
    return unit;
  }

  private static double variance(List<float[]> points, double[] axis) {
    double[] along = new double[points.size()];
    double mean = 0;
    for (int i = 0; i < along.length; i++) {
      for (int d = 0; d < axis.length; d++) {
        along[i] += points.get(i)[d] * axis[d];
      }
      mean += along[i] / along.length;
    }
    double variance = 0;
    for (double each : along) {
      variance += (each - mean) * (each - mean) / along.length;
    }
    return variance;
  }

  private static double distance(Projection plane, int one, int other) {
    return Math.hypot(plane.x()[one] - plane.x()[other], plane.y()[one] - plane.y()[other]);
  }

  private static double distance(float[] one, float[] other) {
    double squares = 0;
    for (int d = 0; d < one.length; d++) {
      squares += Math.pow((double) one[d] - other[d], 2);
    }
    return Math.sqrt(squares);
  }
}
