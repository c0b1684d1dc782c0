package io.paffmem.ingest.synthetic;

/** The randomness of one video: numbers by key, and what wanders smoothly. */
record Wander(long seed) {
  private static final double SLOWEST_TURN_SECONDS = 26;
  private static final double FASTEST_TURN_SECONDS = 16;
  private static final int TURN = 100;
  private static final int RADIUS = 110;
  private static final int AROUSAL = 120;
  private static final int VALENCE = 130;

  /** In [0, 1), the same for the same key. */
  double unit(long key) {
    return (SyntheticPeople.mix(seed + SyntheticPeople.mix(key)) >>> 11) * 0x1p-53;
  }

  /** In [-1, 1]: three sines of periods that do not fit into one another. */
  float drift(int key, double t, double periodSeconds) {
    double turn = 2 * Math.PI * t / periodSeconds;
    return (float)
        (0.5 * Math.sin(turn + 2 * Math.PI * unit(key))
            + 0.3 * Math.sin(1.618 * turn + 2 * Math.PI * unit(key + 1))
            + 0.2 * Math.sin(2.414 * turn + 2 * Math.PI * unit(key + 2)));
  }

  /** (arousal, valence) on a way round the square; not bounded by it. */
  double[] round(double t) {
    double period = FASTEST_TURN_SECONDS + (SLOWEST_TURN_SECONDS - FASTEST_TURN_SECONDS) * unit(1);
    double direction = unit(2) < 0.5 ? -1 : 1;
    double angle = 2 * Math.PI * (direction * t / period + unit(3)) + 0.6 * drift(TURN, t, 19);
    // On the diagonals the turn outweighs the wander, so no quadrant is left out.
    double radius = 0.8 + 0.3 * drift(RADIUS, t, 7);
    return new double[] {
      radius * Math.sin(angle) + 0.25 * drift(AROUSAL, t, 11),
      radius * Math.cos(angle) + 0.25 * drift(VALENCE, t, 13)
    };
  }
}
