package io.paffmem.stage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in the arousal/valence square the imagined faces of one seed request lie, by name, and for
 * which of them the PK computes a face. A layout that was once used keeps its name and its values;
 * a better one gets a new name.
 */
public final class SeedLayout {
  /** How many y of an interpolated layout are computed to check the others. */
  static final int CHECKS = 4;

  /**
   * 200 points, each step of 0.01 on [-1, 1) once per axis, the square covered evenly: arousal -1 +
   * 0.01 i, valence -1 + 0.01 ((123 i) mod 200). 123 and 200 have no common divisor, so no step is
   * left out; neighbours in one axis are far apart in the other.
   */
  public static final SeedLayout EVEN_200 = new SeedLayout("even-200", even200());

  /** The points of {@link #EVEN_200}, interpolated from 6 x 6 Chebyshev nodes. */
  public static final SeedLayout CHEBYSHEV_36 = new SeedLayout("chebyshev-36", even200(), 6);

  /** The points of {@link #EVEN_200}, interpolated from 8 x 8 Chebyshev nodes. */
  public static final SeedLayout CHEBYSHEV_64 = new SeedLayout("chebyshev-64", even200(), 8);

  /** Points of {@link #EVEN_200} near (0.48, 0.48) and its like, amid four nodes of 6 x 6. */
  private static final int[] EVEN_200_CHECKS = {154, 50, 46, 150};

  /** Faces that the PK computes for a request of the layout that wants the fewest. */
  static final int FEWEST_COMPUTED = CHEBYSHEV_36.computedPairs();

  private static final List<SeedLayout> ALL = List.of(EVEN_200, CHEBYSHEV_36, CHEBYSHEV_64);

  private final String name;
  private final float[] y;
  private final @Nullable ChebyshevGrid grid;

  /** Every point is computed. */
  private SeedLayout(String name, float[] y) {
    this.name = name;
    this.y = y;
    this.grid = null;
  }

  /** Points are interpolated from so many nodes on each axis. */
  private SeedLayout(String name, float[] y, int nodesPerAxis) {
    this.name = name;
    this.y = y;
    this.grid = new ChebyshevGrid(nodesPerAxis, y);
  }

  /** The layout of that name, if there is one. */
  public static Optional<SeedLayout> named(String name) {
    return ALL.stream().filter(layout -> layout.name.equals(name)).findFirst();
  }

  /** Every layout. */
  public static List<SeedLayout> all() {
    return ALL;
  }

  /** All names, as options list them: {@code even-200|chebyshev-36|...}. */
  public static String names() {
    return ALL.stream().map(SeedLayout::name).collect(Collectors.joining("|"));
  }

  /** Its name, as seed requests have it. */
  public String name() {
    return name;
  }

  /** Number of points. */
  public int pairs() {
    return y.length / 2;
  }

  /** The points, {@link #pairs()} x (arousal, valence), each in [-1, 1]; a copy. */
  public float[] y() {
    return y.clone();
  }

  /** What the points are interpolated from; null where each is computed. */
  @Nullable ChebyshevGrid grid() {
    return grid;
  }

  /** Which points are computed to check the others; none where each is computed. */
  int[] checks() {
    return grid == null ? new int[0] : EVEN_200_CHECKS.clone();
  }

  private int computedPairs() {
    return grid == null ? pairs() : grid.size() + CHECKS;
  }

  /** Where faces are computed, n x 2: the nodes, then the points that check; or every point. */
  float[] computed() {
    if (grid == null) {
      return y();
    }
    float[] nodes = grid.nodes();
    float[] computed = new float[nodes.length + 2 * CHECKS];
    System.arraycopy(nodes, 0, computed, 0, nodes.length);
    for (int i = 0; i < CHECKS; i++) {
      System.arraycopy(y, 2 * EVEN_200_CHECKS[i], computed, nodes.length + 2 * i, 2);
    }
    return computed;
  }

  @Override
  public String toString() {
    return name;
  }

  private static float[] even200() {
    float[] y = new float[400];
    for (int i = 0; i < 200; i++) {
      y[2 * i] = (i - 100) / 100f;
      y[2 * i + 1] = (123 * i % 200 - 100) / 100f;
    }
    return y;
  }
}
