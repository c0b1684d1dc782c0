package io.paffmem.stage;

/**
 * A smooth function over the arousal/valence square, known at few places and wanted at many:
 * interpolation by the polynomial of degree n - 1 in each variable through n x n Chebyshev nodes,
 * cos((2k + 1) pi / 2n) on each axis. Evaluated in its barycentric form, whose weights there are
 * (-1)^k sin((2k + 1) pi / 2n) (Berrut, Trefethen, Barycentric Lagrange Interpolation, 2004, eq.
 * 4.2 and 5.3).
 */
final class ChebyshevGrid {
  private static final int AXES = 2;

  private final int perAxis;
  private final float[] nodes;
  private final double[] shares;

  /**
   * A grid for some places.
   *
   * @param perAxis n, at least 1
   * @param places where values are wanted, m x 2 (arousal, valence) in [-1, 1]
   */
  ChebyshevGrid(int perAxis, float[] places) {
    if (perAxis < 1) {
      throw new IllegalArgumentException("perAxis is " + perAxis + ", must be at least 1");
    }
    this.perAxis = perAxis;
    float[] axis = new float[perAxis];
    for (int k = 0; k < perAxis; k++) {
      axis[k] = (float) Math.cos(angle(k));
    }
    nodes = new float[AXES * perAxis * perAxis];
    for (int i = 0; i < perAxis * perAxis; i++) {
      nodes[AXES * i] = axis[i / perAxis];
      nodes[AXES * i + 1] = axis[i % perAxis];
    }
    int many = places.length / AXES;
    shares = new double[many * perAxis * perAxis];
    for (int place = 0; place < many; place++) {
      double[] arousal = axisShares(axis, places[AXES * place]);
      double[] valence = axisShares(axis, places[AXES * place + 1]);
      for (int i = 0; i < perAxis * perAxis; i++) {
        shares[place * perAxis * perAxis + i] = arousal[i / perAxis] * valence[i % perAxis];
      }
    }
  }

  /** Number of nodes: n^2. */
  int size() {
    return perAxis * perAxis;
  }

  /** Where the function must be known: n^2 x 2 (arousal, valence) in (-1, 1); a copy. */
  float[] nodes() {
    return nodes.clone();
  }

  /**
   * The function at the places.
   *
   * @param atNodes n^2 x width, in the order of {@link #nodes}
   * @param width numbers of one value
   * @return m x width
   */
  double[] interpolate(double[] atNodes, int width) {
    int count = perAxis * perAxis;
    int places = shares.length / count;
    if (atNodes.length != count * width) {
      throw new IllegalArgumentException(
          count + " nodes of " + width + " numbers, but " + atNodes.length + " numbers");
    }
    double[] values = new double[places * width];
    for (int place = 0; place < places; place++) {
      for (int node = 0; node < count; node++) {
        double share = shares[place * count + node];
        for (int k = 0; k < width; k++) {
          values[place * width + k] += share * atNodes[node * width + k];
        }
      }
    }
    return values;
  }

  /** How much each node of an axis has to say at a place; the sum is 1. */
  private double[] axisShares(float[] axis, float place) {
    double[] part = new double[perAxis];
    double sum = 0;
    for (int k = 0; k < perAxis; k++) {
      double distance = (double) place - axis[k];
      if (distance == 0) {
        double[] alone = new double[perAxis];
        alone[k] = 1;
        return alone;
      }
      double weight = (k % 2 == 0 ? 1 : -1) * Math.sin(angle(k));
      part[k] = weight / distance;
      sum += part[k];
    }
    for (int k = 0; k < perAxis; k++) {
      part[k] /= sum;
    }
    return part;
  }

  private double angle(int node) {
    return (2 * node + 1) * Math.PI / (2 * perAxis);
  }
}
