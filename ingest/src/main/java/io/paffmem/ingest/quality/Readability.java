package io.paffmem.ingest.quality;

import org.jspecify.annotations.Nullable;

/**
 * Which faces can be read.
 *
 * <p>The bounds lie about where the PK's error, {@code 1 - CCC} with the labels of FER+, is twice
 * that of the photographs as they are; docs/evaluation.md has the figures, and the command that
 * measures them.
 */
final class Readability {
  /** Pixels of the box. */
  private static final float LEAST_SIDE = 17;

  /** As {@link FaceMeter} measures it. */
  private static final float LEAST_SHARPNESS = 0.14f;

  /** Share of the box. Of it, the chin matters most. */
  private static final float MOST_CUT_OFF = 0.3f;

  private static final float MOST_YAW_DEGREES = 40;
  private static final float MOST_ROLL_DEGREES = 35;

  private Readability() {}

  /**
   * Whether the PK's answer to a face is to be relied on.
   *
   * @param yaw degrees; null where nobody knows
   * @param roll degrees; null where nobody knows
   */
  static boolean isReadable(
      float side, float sharpness, float cutOff, @Nullable Float yaw, @Nullable Float roll) {
    return side >= LEAST_SIDE
        && sharpness >= LEAST_SHARPNESS
        && cutOff <= MOST_CUT_OFF
        && (yaw == null || Math.abs(yaw) <= MOST_YAW_DEGREES)
        && (roll == null || Math.abs(roll) <= MOST_ROLL_DEGREES);
  }
}
