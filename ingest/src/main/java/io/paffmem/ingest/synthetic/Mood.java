package io.paffmem.ingest.synthetic;

/**
 * How what somebody feels goes along time. A memory must be true of each of these: what is learnt
 * from one, such as that people are neutral in the mean, is wrong in another.
 */
public enum Mood {
  /** Smoothly round the whole square: every quadrant at least twice a minute. */
  ROAM {
    @Override
    ShownAffect at(double t, Wander wander) {
      return round(t, wander, 1, 0, 0);
    }
  },

  /** Near neutral, with bursts of seconds, as large as this person's bursts are. */
  CALL {
    @Override
    ShownAffect at(double t, Wander wander) {
      double[] burst = burst(t, wander, 0.35 + 0.5 * wander.unit(30));
      double arousal = 0.15 * (wander.unit(31) - 0.5) + 0.1 * wander.drift(310, t, 23) + burst[0];
      double valence = 0.15 * (wander.unit(32) - 0.5) + 0.1 * wander.drift(320, t, 29) + burst[1];
      return new ShownAffect(bounded(arousal), bounded(valence));
    }
  },

  /** One mood all along, and about it a quarter of what {@link #ROAM} does. */
  ONE {
    @Override
    ShownAffect at(double t, Wander wander) {
      double arousal = 0.6 * (2 * wander.unit(40) - 1);
      double valence = 0.8 * (2 * wander.unit(41) - 1);
      return round(t, wander, 0.25, arousal, valence);
    }
  },

  /** A mood that changes over minutes, and about it a third of what {@link #ROAM} does. */
  DRIFT {
    @Override
    ShownAffect at(double t, Wander wander) {
      double arousal = 0.6 * wander.drift(420, t, 700);
      double valence = 0.8 * wander.drift(430, t, 900);
      return round(t, wander, 1 / 3.0, arousal, valence);
    }
  };

  private static final double BURST_EVERY_SECONDS = 17;
  private static final double SHORTEST_BURST_SECONDS = 3;
  private static final double LONGEST_BURST_SECONDS = 7;

  /**
   * What is felt.
   *
   * @param t seconds from the beginning
   * @param wander the randomness of this video
   */
  abstract ShownAffect at(double t, Wander wander);

  private static ShownAffect round(
      double t, Wander wander, double share, double arousal, double valence) {
    double[] round = wander.round(t);
    return new ShownAffect(
        bounded(arousal + share * round[0]), bounded(valence + share * round[1]));
  }

  /** In every slot of time one, somewhere inside it, in any direction: (arousal, valence). */
  private static double[] burst(double t, Wander wander, double size) {
    long slot = (long) Math.floor(t / BURST_EVERY_SECONDS);
    double lasts =
        SHORTEST_BURST_SECONDS
            + (LONGEST_BURST_SECONDS - SHORTEST_BURST_SECONDS) * wander.unit(10_000 + 4 * slot);
    double begin =
        BURST_EVERY_SECONDS * slot + (BURST_EVERY_SECONDS - lasts) * wander.unit(10_001 + 4 * slot);
    double phase = (t - begin) / lasts;
    if (phase <= 0 || phase >= 1) {
      return new double[2];
    }
    double angle = 2 * Math.PI * wander.unit(10_002 + 4 * slot);
    double height = size * (0.7 + 0.6 * wander.unit(10_003 + 4 * slot)) * envelope(phase);
    return new double[] {height * Math.sin(angle), height * Math.cos(angle)};
  }

  /** Rises and falls within a quarter each, and stays between. */
  private static double envelope(double phase) {
    double edge = Math.min(1, 4 * Math.min(phase, 1 - phase));
    return 0.5 - 0.5 * Math.cos(Math.PI * edge);
  }

  private static float bounded(double x) {
    return (float) Math.max(-1, Math.min(1, x));
  }
}
