package io.paffmem.ingest.synthetic;

/**
 * As many people as one likes, from one seed.
 *
 * <p>Indexes from 0 up are people to train on, indexes below 0 are kept out of training: {@link
 * #heldOut} numbers them from 0. Within one seed, different indexes always are different people
 * (the index is mixed by a bijection), so the two ranges never meet.
 */
public final class SyntheticPeople {
  private final long seed;

  /** Another seed gives other people. */
  public SyntheticPeople(long seed) {
    this.seed = mix(seed);
  }

  /** Any index, negative ones too. */
  public SyntheticPerson person(long index) {
    return SyntheticPerson.fromSeed(mix(index) ^ seed);
  }

  /**
   * Somebody whom training never sees, if it asks only for {@link #person} from 0 up.
   *
   * @param index from 0 up
   */
  public SyntheticPerson heldOut(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative: " + index);
    }
    return person(-1 - index);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection on 64 bits. */
  static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
