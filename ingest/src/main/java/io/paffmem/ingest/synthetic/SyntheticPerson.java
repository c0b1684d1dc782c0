package io.paffmem.ingest.synthetic;

import java.util.SplittableRandom;

/**
 * Somebody who does not exist: a look, and an own way of showing what they feel. Both follow from
 * the seed alone. Immutable, so safe to share between threads.
 */
public final class SyntheticPerson {
  private final long seed;
  private final Appearance appearance;
  private final ExpressionStyle style;

  private SyntheticPerson(long seed, boolean otherGlasses) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    // Apart, so that a new trait of one leaves the other as it was.
    appearance = new Appearance(random.split(), otherGlasses);
    style = new ExpressionStyle(random.split());
  }

  /** The same seed always gives the same person. */
  public static SyntheticPerson fromSeed(long seed) {
    return new SyntheticPerson(seed, false);
  }

  /** The same person with glasses taken off, or on where there were none. */
  public SyntheticPerson withOtherGlasses() {
    return new SyntheticPerson(seed, true);
  }

  public long seed() {
    return seed;
  }

  Appearance appearance() {
    return appearance;
  }

  /** What this person's face does in that state. */
  FacialActions express(ShownAffect affect) {
    return style.express(affect);
  }
}
