package io.paffmem.ingest.synthetic;

import java.awt.image.BufferedImage;

/**
 * A labelled video of a synthetic person: what they feel moves smoothly round the affect square and
 * visits every quadrant at least twice a minute, they turn their head, look about and blink, and
 * the light drifts. Any frame may be asked for at any time: it is a function of person, seed and
 * index. Not thread-safe (it draws into buffers of its own).
 */
public final class SyntheticVideo {
  private static final double SLOWEST_TURN_SECONDS = 26;
  private static final double FASTEST_TURN_SECONDS = 16;
  private static final double BLINK_EVERY_SECONDS = 4;
  private static final double BLINK_SECONDS = 0.22;

  // What wanders, each with hashes of its own.
  private static final int TURN = 100;
  private static final int RADIUS = 110;
  private static final int AROUSAL = 120;
  private static final int VALENCE = 130;
  private static final int YAW = 140;
  private static final int PITCH = 150;
  private static final int ROLL = 160;
  private static final int SHIFT_X = 170;
  private static final int SHIFT_Y = 180;
  private static final int SCALE = 190;
  private static final int LIGHT_X = 200;
  private static final int LIGHT_Y = 210;
  private static final int EXPOSURE = 220;
  private static final int GAZE_X = 230;
  private static final int GAZE_Y = 240;

  /**
   * Size, rate and length of a video.
   *
   * @param width of a frame in pixels
   * @param height of a frame in pixels
   * @param framesPerSecond above 0
   * @param seconds above 0
   */
  public record Format(int width, int height, double framesPerSecond, double seconds) {
    /** Refuses sizes under 32 pixels and rates or durations that are not above 0. */
    public Format {
      if (width < 32 || height < 32 || !(framesPerSecond > 0) || !(seconds > 0)) {
        throw new IllegalArgumentException(
            "a video has at least 32x32 pixels, and a rate and a duration above 0, got "
                + (width + "x" + height + ", " + framesPerSecond + " fps, " + seconds + " s"));
      }
    }

    /** 320x240, which shows the face finder all that it looks at, at 25 frames a second. */
    public static Format camera(double seconds) {
      return new Format(320, 240, 25, seconds);
    }
  }

  /**
   * One frame.
   *
   * @param index from 0
   * @param offsetMillis time since the first frame
   * @param affect the label
   * @param image TYPE_3BYTE_BGR
   */
  public record LabelledFrame(
      int index, long offsetMillis, ShownAffect affect, BufferedImage image) {}

  private final SyntheticPerson person;
  private final long seed;
  private final Format format;
  private final FaceRenderer renderer = new FaceRenderer();

  /** Another seed gives another path through the square in another room. */
  public SyntheticVideo(SyntheticPerson person, long seed, Format format) {
    this.person = person;
    this.seed = SyntheticPeople.mix(seed ^ SyntheticPeople.mix(person.seed()));
    this.format = format;
  }

  public SyntheticPerson person() {
    return person;
  }

  public Format format() {
    return format;
  }

  /** At least 1. */
  public int frameCount() {
    return Math.max(1, (int) Math.round(format.framesPerSecond() * format.seconds()));
  }

  /** Draws a frame. */
  public LabelledFrame frame(int index) {
    ShownAffect affect = affect(index);
    BufferedImage image =
        renderer.frame(person, affect, scene(index, 1), format.width(), format.height());
    return new LabelledFrame(index, offsetMillis(index), affect, image);
  }

  /** Draws the face crop of a frame, as a face finder with slightly unsteady boxes cuts it out. */
  public byte[] faceCrop(int index) {
    return renderer.faceCrop(person, affect(index), scene(index, 0.08f));
  }

  /** Time from the first frame to this one. */
  public long offsetMillis(int index) {
    return Math.round(1000 * seconds(index));
  }

  /** The label of a frame. */
  public ShownAffect affect(int index) {
    double t = seconds(index);
    double period =
        FASTEST_TURN_SECONDS + (SLOWEST_TURN_SECONDS - FASTEST_TURN_SECONDS) * unit(seed, 1);
    double direction = unit(seed, 2) < 0.5 ? -1 : 1;
    double angle =
        2 * Math.PI * (direction * t / period + unit(seed, 3)) + 0.6 * drift(TURN, t, 19);
    // On the diagonals the turn outweighs the wander, so no quadrant is left out.
    double radius = 0.8 + 0.3 * drift(RADIUS, t, 7);
    double arousal = radius * Math.sin(angle) + 0.25 * drift(AROUSAL, t, 11);
    double valence = radius * Math.cos(angle) + 0.25 * drift(VALENCE, t, 13);
    return new ShownAffect(bounded(arousal), bounded(valence));
  }

  /** Shift and scale as the camera sees them (share 1), or what a finder leaves of them. */
  private FaceScene scene(int index, float share) {
    double t = seconds(index);
    return new FaceScene(
        13 * drift(YAW, t, 8),
        6 * drift(PITCH, t, 9),
        6 * drift(ROLL, t, 10),
        share * 0.3f * drift(SHIFT_X, t, 14),
        share * 0.1f * drift(SHIFT_Y, t, 12),
        1 + Math.min(1, 3 * share) * 0.1f * drift(SCALE, t, 17),
        drift(LIGHT_X, t, 31),
        -0.4f + 0.4f * drift(LIGHT_Y, t, 37),
        (float) (0.2 + 0.4 * unit(seed, 4)),
        0.95f + 0.08f * drift(EXPOSURE, t, 23),
        (float) (unit(seed, 5) - 0.5),
        0.7f * drift(GAZE_X, t, 3.5),
        0.5f * drift(GAZE_Y, t, 4.5),
        blink(t),
        (float) (0.4 * unit(seed, 6)),
        (float) (0.5 + 2 * unit(seed, 7)),
        seed,
        seed + index);
  }

  private double seconds(int index) {
    if (index < 0 || index >= frameCount()) {
      throw new IndexOutOfBoundsException("frame " + index + " of " + frameCount());
    }
    return index / format.framesPerSecond();
  }

  /** A smooth wander in [-1, 1]: three sines of periods that do not fit into one another. */
  private float drift(int key, double t, double periodSeconds) {
    double turn = 2 * Math.PI * t / periodSeconds;
    return (float)
        (0.5 * Math.sin(turn + 2 * Math.PI * unit(seed, key))
            + 0.3 * Math.sin(1.618 * turn + 2 * Math.PI * unit(seed, key + 1))
            + 0.2 * Math.sin(2.414 * turn + 2 * Math.PI * unit(seed, key + 2)));
  }

  /** One blink in every slot of time, somewhere inside it. */
  private float blink(double t) {
    long slot = (long) Math.floor(t / BLINK_EVERY_SECONDS);
    double begin =
        BLINK_EVERY_SECONDS * slot
            + unit(seed, 1000 + slot) * (BLINK_EVERY_SECONDS - BLINK_SECONDS);
    double phase = (t - begin) / BLINK_SECONDS;
    return phase <= 0 || phase >= 1 ? 0 : (float) Math.min(1, 2.4 * Math.min(phase, 1 - phase));
  }

  private static double unit(long seed, long key) {
    return (SyntheticPeople.mix(seed + SyntheticPeople.mix(key)) >>> 11) * 0x1p-53;
  }

  private static float bounded(double x) {
    return (float) Math.max(-1, Math.min(1, x));
  }
}
