package io.paffmem.evaluation.memory;

import java.util.Collections;
import java.util.PriorityQueue;

/** What can be made of the PK's readings without a memory: what a memory has to beat. */
final class Rivals {
  private static final double EVEN_VARIANCE = 1 / 3.0;
  private static final double HALF_KNOWN = 1000;
  private static final double MOST_KNOWN = 0.6;

  private Rivals() {}

  /** Each reading less the median of all up to it, then joined in time. */
  static float[] lessRunningMedian(LabelledStream stream, double smoothingMillis) {
    float[] answers = new float[2 * stream.size()];
    for (int axis = 0; axis < 2; axis++) {
      PriorityQueue<Float> lower = new PriorityQueue<>(Collections.reverseOrder());
      PriorityQueue<Float> upper = new PriorityQueue<>();
      for (int i = 0; i < stream.size(); i++) {
        float reading = stream.prior()[2 * i + axis];
        lower.add(reading);
        upper.add(lower.remove());
        if (upper.size() > lower.size()) {
          lower.add(upper.remove());
        }
        answers[2 * i + axis] = bounded(reading - lower.element());
      }
    }
    return joined(stream, answers, smoothingMillis);
  }

  /**
   * Readings joined in time, and matched to mean 0 and the deviation of labels even over the square
   * by their running mean and variance, with a weight that grows to {@value #MOST_KNOWN}.
   */
  static float[] matched(LabelledStream stream, double smoothingMillis) {
    float[] answers = joined(stream, stream.prior(), smoothingMillis);
    for (int axis = 0; axis < 2; axis++) {
      double mean = 0;
      double variance = 0;
      for (int i = 0; i < stream.size(); i++) {
        double reading = answers[2 * i + axis];
        double known = Math.min(i / (i + HALF_KNOWN), MOST_KNOWN);
        double deviation = Math.sqrt(known * variance + (1 - known) * EVEN_VARIANCE);
        answers[2 * i + axis] =
            bounded((reading - known * mean) * Math.sqrt(EVEN_VARIANCE) / deviation);
        double beyond = reading - mean;
        mean += beyond / (i + 1);
        variance += (beyond * (reading - mean) - variance) / (i + 1);
      }
    }
    return answers;
  }

  private static float[] joined(LabelledStream stream, float[] readings, double millis) {
    float[] joined = readings.clone();
    for (int i = 1; i < stream.size() && millis > 0; i++) {
      double apart = Math.abs(stream.millis()[i] - stream.millis()[i - 1]);
      double share = 1 - Math.exp(-apart / millis);
      for (int k = 2 * i; k < 2 * i + 2; k++) {
        joined[k] = (float) (joined[k - 2] + share * (readings[k] - joined[k - 2]));
      }
    }
    return joined;
  }

  private static float bounded(double answer) {
    return (float) Math.max(-1, Math.min(1, answer));
  }
}
