package io.paffmem.dashboard.memory;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Neurons in the plane in which their weights differ most: that of the first two principal
 * components (Pearson 1901).
 *
 * @param x coordinate of each along the first component, 0 in the middle
 * @param y along the second
 * @param total variance of the weights, of all dimensions together
 */
record Projection(double[] x, double[] y, double total) {
  private static final double ROUNDING = 1e-12;

  /** Of weights of one length each; nothing, one point, or points on a line have zeros. */
  static Projection of(List<float[]> weights) {
    int count = weights.size();
    if (count < 2) {
      return new Projection(new double[count], new double[count], 0);
    }
    int dimensions = weights.get(0).length;
    double[] mean = new double[dimensions];
    for (float[] each : weights) {
      for (int d = 0; d < dimensions; d++) {
        mean[d] += each[d] / (double) count;
      }
    }
    double[][] centred = new double[count][dimensions];
    double[][] covariance = new double[dimensions][dimensions];
    double total = 0;
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < dimensions; d++) {
        centred[i][d] = weights.get(i)[d] - mean[d];
        total += centred[i][d] * centred[i][d] / count;
        for (int e = 0; e <= d; e++) {
          covariance[d][e] += centred[i][d] * centred[i][e] / count;
          covariance[e][d] = covariance[d][e];
        }
      }
    }
    double[] x = new double[count];
    double[] y = new double[count];
    if (total > 0) {
      // Eigenvalues come in descending order.
      var eigen = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(covariance, false));
      project(centred, eigen.getEigenvector(0).toArray(), x);
      if (dimensions > 1 && eigen.getEigenvalue(1) > ROUNDING * total) {
        project(centred, eigen.getEigenvector(1).toArray(), y);
      }
    }
    return new Projection(x, y, total);
  }

  private static void project(double[][] centred, double[] axis, double[] into) {
    for (int i = 0; i < centred.length; i++) {
      for (int d = 0; d < axis.length; d++) {
        into[i] += centred[i][d] * axis[d];
      }
    }
  }

  /** Share of the variance along x, 0 to 1. */
  double shareOfX() {
    return share(x);
  }

  /** Share of the variance along y, 0 to 1. */
  double shareOfY() {
    return share(y);
  }

  private double share(double[] along) {
    double sum = 0;
    for (double each : along) {
      sum += each * each;
    }
    return total > 0 ? Math.min(1, sum / along.length / total) : 0;
  }

  /** The components' signs say nothing: such that x grows with one value, and y with another. */
  Projection withSigns(double[] alongX, double[] alongY) {
    return new Projection(scaled(x, sign(x, alongX)), scaled(y, sign(y, alongY)), total);
  }

  private static double sign(double[] one, double[] other) {
    return dot(one, other) < 0 ? -1 : 1;
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * factor;
    }
    return scaled;
  }

  /**
   * Turns the plane, and turns it over where need be, so that its points come as near as they can
   * to where they were before (orthogonal Procrustes): while a memory learns, its picture stays.
   *
   * @param known which of the points were there before
   * @param beforeX where, in the order of {@code known}
   * @param beforeY likewise
   */
  Projection alignedTo(int[] known, double[] beforeX, double[] beforeY) {
    if (known.length < 2) {
      return this;
    }
    double[] nowX = centred(picked(x, known));
    double[] nowY = centred(picked(y, known));
    double[] thenX = centred(beforeX);
    double[] thenY = centred(beforeY);
    double xx = dot(nowX, thenX);
    double xy = dot(nowX, thenY);
    double yx = dot(nowY, thenX);
    double yy = dot(nowY, thenY);
    // In two dimensions: how well the best turn does it, and the best turn of the plane turned
    // over.
    double turned = Math.hypot(xx + yy, xy - yx);
    double turnedOver = Math.hypot(xx - yy, xy + yx);
    double handed = turned >= turnedOver ? 1 : -1;
    double length = Math.max(turned, turnedOver);
    if (!(length > 0)) {
      return this;
    }
    double cos = (xx + handed * yy) / length;
    double sin = (xy - handed * yx) / length;
    double[] alignedX = new double[x.length];
    double[] alignedY = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double over = handed * y[i];
      alignedX[i] = cos * x[i] - sin * over;
      alignedY[i] = sin * x[i] + cos * over;
    }
    return new Projection(alignedX, alignedY, total);
  }

  private static double[] picked(double[] values, int[] which) {
    double[] picked = new double[which.length];
    for (int i = 0; i < which.length; i++) {
      picked[i] = values[which[i]];
    }
    return picked;
  }

  private static double[] centred(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - mean;
    }
    return centred;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
