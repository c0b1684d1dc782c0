package io.paffmem.ingest.synthetic;

import java.awt.image.BufferedImage;

/**
 * A labelled video of a synthetic person: what they feel follows a {@link Mood}, they turn their
 * head, look about and blink, and the light drifts. Any frame may be asked for at any time: it is a
 * function of person, seed and index. Not thread-safe (it draws into buffers of its own).
 */
public final class SyntheticVideo {
  private static final double BLINK_EVERY_SECONDS = 4;
  private static final double BLINK_SECONDS = 0.22;
  private static final double PROFILE_EVERY_SECONDS = 12;
  private static final double PROFILE_DEGREES = 22;
  private static final double JUMP = 0.025;

  // What wanders, each with hashes of its own.
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
  private final Mood mood;
  private final Camera camera;
  private final Wander wander;
  private final FaceRenderer renderer = new FaceRenderer();

  /** A video of {@link Mood#ROAM} by a steady camera; another seed gives another one. */
  public SyntheticVideo(SyntheticPerson person, long seed, Format format) {
    this(person, seed, format, Mood.ROAM, Camera.STEADY);
  }

  /** Another seed gives another path through the square in another room. */
  public SyntheticVideo(
      SyntheticPerson person, long seed, Format format, Mood mood, Camera camera) {
    this.person = person;
    this.seed = SyntheticPeople.mix(seed ^ SyntheticPeople.mix(person.seed()));
    this.format = format;
    this.mood = mood;
    this.camera = camera;
    this.wander = new Wander(this.seed);
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
    return mood.at(seconds(index), wander);
  }

  /** Shift and scale as the camera sees them (share 1), or what a finder leaves of them. */
  FaceScene scene(int index, float share) {
    double t = seconds(index);
    return new FaceScene(
        13 * wander.drift(YAW, t, 8) + profile(t),
        6 * wander.drift(PITCH, t, 9),
        6 * wander.drift(ROLL, t, 10),
        share * 0.3f * wander.drift(SHIFT_X, t, 14) + jump(3L * index),
        share * 0.1f * wander.drift(SHIFT_Y, t, 12) + jump(3L * index + 1),
        1 + Math.min(1, 3 * share) * 0.1f * wander.drift(SCALE, t, 17) + jump(3L * index + 2),
        wander.drift(LIGHT_X, t, 31),
        -0.4f + 0.4f * wander.drift(LIGHT_Y, t, 37),
        (float) (0.2 + 0.4 * wander.unit(4)),
        0.95f + 0.08f * wander.drift(EXPOSURE, t, 23),
        (float) (wander.unit(5) - 0.5),
        0.7f * wander.drift(GAZE_X, t, 3.5),
        0.5f * wander.drift(GAZE_Y, t, 4.5),
        blink(t),
        (float) (0.4 * wander.unit(6)),
        (float) (0.5 + 2 * wander.unit(7)),
        seed,
        seed + index);
  }

  private double seconds(int index) {
    if (index < 0 || index >= frameCount()) {
      throw new IndexOutOfBoundsException("frame " + index + " of " + frameCount());
    }
    return index / format.framesPerSecond();
  }

  /** Degrees beyond what a head turns all the time: to half profile and back, in some slots. */
  private float profile(double t) {
    long slot = (long) Math.floor(t / PROFILE_EVERY_SECONDS);
    if (camera == Camera.STEADY || wander.unit(2000 + slot) < 0.5) {
      return 0;
    }
    double phase = t / PROFILE_EVERY_SECONDS - slot;
    double turned = Math.max(0, Math.min(1, 6 * (0.35 - Math.abs(phase - 0.5))));
    return (float) ((wander.unit(3000 + slot) < 0.5 ? -1 : 1) * PROFILE_DEGREES * turned);
  }

  /** What a finder's box is off, in widths of it or as a part of its size. */
  private float jump(long key) {
    return camera == Camera.STEADY ? 0 : (float) (JUMP * (2 * wander.unit(1_000_000 + key) - 1));
  }

  /** One blink in every slot of time, somewhere inside it. */
  private float blink(double t) {
    long slot = (long) Math.floor(t / BLINK_EVERY_SECONDS);
    double begin =
        BLINK_EVERY_SECONDS * slot
            + wander.unit(1000 + slot) * (BLINK_EVERY_SECONDS - BLINK_SECONDS);
    double phase = (t - begin) / BLINK_SECONDS;
    return phase <= 0 || phase >= 1 ? 0 : (float) Math.min(1, 2.4 * Math.min(phase, 1 - phase));
  }
}
