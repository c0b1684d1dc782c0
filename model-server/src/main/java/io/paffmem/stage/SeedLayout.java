package io.paffmem.stage;

import java.util.List;
import java.util.Optional;

/**
 * Where in the arousal/valence square the imagined faces of one seed request lie, by name. A layout
 * that was once used keeps its name and its values; a better one gets a new name.
 */
public final class SeedLayout {
  /**
   * 200 points, each step of 0.01 on [-1, 1) once per axis, the square covered evenly: arousal -1 +
   * 0.01 i, valence -1 + 0.01 ((123 i) mod 200). 123 and 200 have no common divisor, so no step is
   * left out; neighbours in one axis are far apart in the other.
   */
  public static final SeedLayout EVEN_200 = new SeedLayout("even-200", even200());

  private static final List<SeedLayout> ALL = List.of(EVEN_200);

  private final String name;
  private final float[] y;

  private SeedLayout(String name, float[] y) {
    this.name = name;
    this.y = y;
  }

  /** The layout of that name, if there is one. */
  public static Optional<SeedLayout> named(String name) {
    return ALL.stream().filter(layout -> layout.name.equals(name)).findFirst();
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
