package io.paffmem.memory;

import java.util.List;

/**
 * Which of a newcomer's first frames are worth imagining faces for. Arithmetic alone: who counts
 * the first frames, and what becomes of faces that were asked for, is the caller's.
 */
public sealed interface SeedingPolicy {
  /** Faces that differ, seven at most, each farther than 0.5 from the others. */
  static SeedingPolicy byNeed() {
    return byNeed(7);
  }

  /** The same with another bound; at least 1. */
  static SeedingPolicy byNeed(int views) {
    return new ByNeed(0.5f, views);
  }

  /** As in the paper: each of the first frames. */
  static SeedingPolicy everyFrame() {
    return new EveryFrame();
  }

  /**
   * Whether a frame is wanted beside those that are seeded already, or are to be.
   *
   * @param seeded z of each of these [latentSize], each in [-1, 1]
   * @param z of the frame [latentSize]
   */
  boolean wants(List<float[]> seeded, float[] z);

  /**
   * How many frames are seeded at most.
   *
   * @param frames how many of the first frames are looked at
   */
  int most(int frames);

  /** All of the first frames. */
  record EveryFrame() implements SeedingPolicy {
    @Override
    public boolean wants(List<float[]> seeded, float[] z) {
      return true;
    }

    @Override
    public int most(int frames) {
      return frames;
    }
  }

  /**
   * Frames that differ from those before: 25 frames in a row of a video hardly do.
   *
   * @param distance squared distance of z within which one view stands for the other, above 0
   * @param views how many are seeded at most, at least 1
   */
  record ByNeed(float distance, int views) implements SeedingPolicy {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the one that is out of range
     */
    public ByNeed {
      if (!(distance > 0) || !Float.isFinite(distance)) {
        throw new IllegalArgumentException("distance = " + distance + " (above 0 allowed)");
      }
      if (views < 1) {
        throw new IllegalArgumentException("views = " + views + " (at least 1 allowed)");
      }
    }

    @Override
    public boolean wants(List<float[]> seeded, float[] z) {
      if (seeded.size() >= views) {
        return false;
      }
      for (float[] view : seeded) {
        if (isNear(view, z)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int most(int frames) {
      return Math.min(views, frames);
    }

    /** Whether one view stands for the other. */
    public boolean isNear(float[] view, float[] z) {
      float sum = 0;
      for (int d = 0; d < z.length; d++) {
        float difference = view[d] - z[d];
        sum += difference * difference;
      }
      return sum <= distance;
    }
  }
}
