package io.paffmem.memory;

import java.nio.ByteBuffer;

/**
 * How far the PK's readings of one person are off all the time, as far as the readings themselves
 * show it. Nobody labels a face here, so a reading that is always high may be the person's look or
 * their mood. Two things tell them apart, and without either nothing is known:
 *
 * <ul>
 *   <li><b>Rest.</b> A face that comes back to the same look between excursions rests there. People
 *       rest near neutral, so what is read at rest is mostly the person's own, unless it is far
 *       from neutral: then it is a mood.
 *   <li><b>Range.</b> Labels over all people have a variance of a third (even over the square). By
 *       the law of total variance, what a person did not show of it while they were seen is what
 *       their mean may be off for reasons of mood. Who showed nearly all of it has a mean that is
 *       their own.
 * </ul>
 *
 * <p>Everything is weighed by time, at most {@value #LONGEST_STEP} s a frame, and fades over
 * {@value #HORIZON} s. Mutable; part of a {@link MemoryState} and of its digest.
 */
public final class PersonBias {
  /** Bytes of {@link #writeTo}. */
  public static final int BYTES = Double.BYTES * 12;

  /** Seconds that one frame stands for at most. */
  static final double LONGEST_STEP = 1;

  /** Seconds that statistics reach back: an hour that the person is seen. */
  static final double HORIZON = 3600;

  /** Seconds that the rest reaches back at most. */
  private static final double REST_HORIZON = 600;

  /** Standard deviation of the PK's bias between people: synthetic ones, of other seeds. */
  private static final double BIAS = 0.14;

  /** Of where people rest: less than the means of labelled videos, which excursions are part of. */
  private static final double REST_MOOD = 0.12;

  /** Of moods that are not rest, and how likely one is. */
  private static final double FAR_MOOD = 0.45;

  private static final double FAR_SHARE = 0.3;

  /** Distance from the rest over which a reading counts for it, in the end and at first. */
  private static final double REST_WIDTH = 0.15;

  private static final double FIRST_WIDTH = 1.5;

  /** Seconds in which the width narrows to a third: who begins with a laugh rests elsewhere. */
  private static final double NARROWING_SECONDS = 8;

  /** Part of the time seen that the rest reaches back: where it began is soon forgotten. */
  private static final double REST_PART = 0.5;

  private static final double LEAST_REST_SECONDS = 2;

  /** Squared distances from the rest below which a face is at rest, and above which it is away. */
  private static final double NEAR = 0.2 * 0.2;

  private static final double AWAY = 0.4 * 0.4;

  /** Variance of labels that lie evenly over [-1, 1]. */
  private static final double EVEN_VARIANCE = 1 / 3.0;

  /** Part of it that has to be seen on both axes. */
  private static final double LEAST_RANGE = 0.5;

  /** Seconds over which a mood stays about the same. */
  private static final double MOOD_SECONDS = 5;

  /** Seconds after which half of what rest says is used. */
  private static final double TRUST_SECONDS = 20;

  private double seconds;
  private double restArousal;
  private double restValence;
  private double restSeconds;
  private double meanArousal;
  private double meanValence;
  private double varianceArousal;
  private double varianceValence;
  private double square;
  private double fourth;
  private double near;
  private double away;

  /** Seconds that the person was seen. */
  public double seconds() {
    return seconds;
  }

  /**
   * Takes one reading in.
   *
   * @param apart seconds since the one before on the same stream, 0 or more
   */
  void add(double arousal, double valence, double apart) {
    double step = Math.min(apart, LONGEST_STEP);
    if (!(step > 0)) {
      return;
    }
    if (seconds == 0) {
      restArousal = arousal;
      restValence = valence;
    }
    seconds += step;
    double share = step / Math.min(seconds, HORIZON);
    double beyondArousal = arousal - meanArousal;
    double beyondValence = valence - meanValence;
    meanArousal += share * beyondArousal;
    meanValence += share * beyondValence;
    varianceArousal += share * (beyondArousal * (arousal - meanArousal) - varianceArousal);
    varianceValence += share * (beyondValence * (valence - meanValence) - varianceValence);
    // A mean that what is far away hardly moves (Student's t as the likelihood).
    double width =
        REST_WIDTH + (FIRST_WIDTH - REST_WIDTH) * StrictMath.exp(-seconds / NARROWING_SECONDS);
    double closeness = 1 / (1 + squared(arousal, valence) / (width * width));
    double weight = step * closeness * closeness;
    double reach = Math.max(LEAST_REST_SECONDS, Math.min(REST_HORIZON, REST_PART * seconds));
    restSeconds = restSeconds * (1 - step / reach) + weight;
    restArousal += weight / restSeconds * (arousal - restArousal);
    restValence += weight / restSeconds * (valence - restValence);
    double distance = squared(arousal, valence);
    square += share * (distance - square);
    fourth += share * (distance * distance - fourth);
    near += share * ((distance < NEAR ? 1 : 0) - near);
    away += share * ((distance > AWAY ? 1 : 0) - away);
  }

  private double squared(double arousal, double valence) {
    double a = arousal - restArousal;
    double v = valence - restValence;
    return a * a + v * v;
  }

  /** What to take off a reading's arousal. */
  double arousal() {
    return bias(meanArousal, varianceArousal, restArousal);
  }

  /** What to take off a reading's valence. */
  double valence() {
    return bias(meanValence, varianceValence, restValence);
  }

  private double bias(double mean, double variance, double rest) {
    double ofRest = restShare();
    double ofRange = rangeShare(variance);
    return ofRange > ofRest ? ofRange * mean : ofRest * rest;
  }

  /** Part of what is read at rest that is the person's own, [0, 1). */
  private double restShare() {
    if (square == 0) {
      return 0;
    }
    // Many small distances and a few large ones: an even circle has 1, a normal distribution 2.
    double returning = between(fourth / (square * square), 2.2, 3.2);
    double resting = between(near, 0.35, 0.6);
    double excursions = between(away, 0.04, 0.1);
    double known = returning * resting * excursions * seconds / (seconds + TRUST_SECONDS);
    double atRest = BIAS * BIAS + REST_MOOD * REST_MOOD;
    double inMood = BIAS * BIAS + FAR_MOOD * FAR_MOOD;
    double off = restArousal * restArousal + restValence * restValence;
    double calm = (1 - FAR_SHARE) * StrictMath.exp(-off / (2 * atRest)) / atRest;
    double moody = FAR_SHARE * StrictMath.exp(-off / (2 * inMood)) / inMood;
    return known * calm / (calm + moody) * BIAS * BIAS / atRest;
  }

  /** Part of the mean that is the person's own, [0, 1). */
  private double rangeShare(double variance) {
    if (Math.min(varianceArousal, varianceValence) < LEAST_RANGE * EVEN_VARIANCE) {
      return 0;
    }
    double unseen = Math.max(0, EVEN_VARIANCE - variance);
    double chance = variance * MOOD_SECONDS / Math.min(seconds, HORIZON);
    return BIAS * BIAS / (BIAS * BIAS + unseen + chance);
  }

  private static double between(double value, double low, double high) {
    return Math.max(0, Math.min(1, (value - low) / (high - low)));
  }

  PersonBias copy() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    writeTo(bytes);
    return readFrom(bytes.flip());
  }

  /** Writes {@link #BYTES} bytes. */
  public void writeTo(ByteBuffer bytes) {
    bytes.putDouble(seconds);
    bytes.putDouble(restArousal).putDouble(restValence).putDouble(restSeconds);
    bytes.putDouble(meanArousal).putDouble(meanValence);
    bytes.putDouble(varianceArousal).putDouble(varianceValence);
    bytes.putDouble(square).putDouble(fourth).putDouble(near).putDouble(away);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException if no readings have such numbers
   */
  public static PersonBias readFrom(ByteBuffer bytes) {
    PersonBias bias = new PersonBias();
    bias.seconds = atLeastZero(bytes.getDouble());
    bias.restArousal = place(bytes.getDouble());
    bias.restValence = place(bytes.getDouble());
    bias.restSeconds = atLeastZero(bytes.getDouble());
    bias.meanArousal = place(bytes.getDouble());
    bias.meanValence = place(bytes.getDouble());
    bias.varianceArousal = atLeastZero(bytes.getDouble());
    bias.varianceValence = atLeastZero(bytes.getDouble());
    bias.square = atLeastZero(bytes.getDouble());
    bias.fourth = atLeastZero(bytes.getDouble());
    bias.near = atLeastZero(bytes.getDouble());
    bias.away = atLeastZero(bytes.getDouble());
    return bias;
  }

  /** Written so that NaN fails; a correction may lead a little out of [-1, 1]. */
  private static double place(double value) {
    if (!(Math.abs(value) <= 3)) {
      throw new IllegalArgumentException("a reading that cannot be");
    }
    return value;
  }

  private static double atLeastZero(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("a sum of readings that cannot be");
    }
    return value;
  }
}
