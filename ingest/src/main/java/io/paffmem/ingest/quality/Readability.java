package io.paffmem.ingest.quality;

import io.paffmem.schemas.avro.FaceQuality;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which faces can be read, and why others cannot.
 *
 * <p>The bounds lie about where the PK's error, {@code 1 - CCC} with the labels of FER+, is twice
 * that of the photographs as they are; docs/evaluation.md has the figures, and the command that
 * measures them.
 */
public final class Readability {
  /** Pixels of the box. */
  private static final float LEAST_SIDE = 17;

  /** As {@link FaceMeter} measures it. */
  private static final float LEAST_SHARPNESS = 0.14f;

  /** Share of the box. Of it, the chin matters most. */
  private static final float MOST_CUT_OFF = 0.3f;

  private static final float MOST_YAW_DEGREES = 40;
  private static final float MOST_ROLL_DEGREES = 35;

  /** What keeps a face from being read. */
  public enum Fault {
    /** Too few pixels. */
    TOO_SMALL,
    /** Not sharp enough. */
    BLURRED,
    /** Too much of it lies past the picture's edge. */
    CUT_OFF,
    /** It looks too far to the side. */
    TURNED,
    /** It leans too far to the side. */
    TILTED;

    /** As programs are told. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Readability() {}

  /**
   * Why a face cannot be read, by the bounds of this version; empty where none of them says so, as
   * of a face that was measured by bounds of another version or of a publisher's own.
   */
  public static Set<Fault> faults(FaceQuality quality) {
    return faults(
        quality.getSide(),
        quality.getSharpness(),
        quality.getCutOff(),
        quality.getYawDegrees(),
        quality.getRollDegrees());
  }

  /**
   * Whether the PK's answer to a face is to be relied on.
   *
   * @param yaw degrees; null where nobody knows
   * @param roll degrees; null where nobody knows
   */
  static boolean isReadable(
      float side, float sharpness, float cutOff, @Nullable Float yaw, @Nullable Float roll) {
    return faults(side, sharpness, cutOff, yaw, roll).isEmpty();
  }

  private static Set<Fault> faults(
      float side, float sharpness, float cutOff, @Nullable Float yaw, @Nullable Float roll) {
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    // What is no number is within no bound.
    addUnless(side >= LEAST_SIDE, Fault.TOO_SMALL, faults);
    addUnless(sharpness >= LEAST_SHARPNESS, Fault.BLURRED, faults);
    addUnless(cutOff <= MOST_CUT_OFF, Fault.CUT_OFF, faults);
    addUnless(yaw == null || Math.abs(yaw) <= MOST_YAW_DEGREES, Fault.TURNED, faults);
    addUnless(roll == null || Math.abs(roll) <= MOST_ROLL_DEGREES, Fault.TILTED, faults);
    return faults;
  }

  private static void addUnless(boolean isWithin, Fault fault, Set<Fault> faults) {
    if (!isWithin) {
      faults.add(fault);
    }
  }
}
