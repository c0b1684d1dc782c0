package io.paffmem.evaluation.statistics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CCC of one axis over the rows of any choice of people, and the correlation, without another
 * pass over the rows.
 */
public final class CccByPerson {
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final double[][] sums;

  /** Sums for that many people at most. */
  public CccByPerson(int people) {
    sums = new double[people][6];
  }

  public void add(String person, double answer, double truth) {
    double[] own = sums[places.computeIfAbsent(person, any -> places.size())];
    own[0]++;
    own[1] += answer;
    own[2] += truth;
    own[3] += answer * answer;
    own[4] += truth * truth;
    own[5] += answer * truth;
  }

  /** The place of each person in {@link #of}'s argument. */
  public Map<String, Integer> places() {
    return places;
  }

  /** Over everybody. */
  public double ofAll() {
    int[] times = new int[sums.length];
    Arrays.fill(times, 1);
    return of(times);
  }

  /** Over one person. */
  public double ofOne(int place) {
    return moments(alone(place)).ccc();
  }

  /** Pearson's correlation over one person; NaN where a series is constant. */
  public double correlationOfOne(int place) {
    return moments(alone(place)).correlation();
  }

  private int[] alone(int place) {
    int[] times = new int[sums.length];
    times[place] = 1;
    return times;
  }

  /**
   * With each person's rows so many times; NaN where a series is constant.
   *
   * @param times by place
   */
  public double of(int[] times) {
    return moments(times).ccc();
  }

  private Moments moments(int[] times) {
    double[] total = new double[6];
    for (int person = 0; person < times.length; person++) {
      for (int k = 0; k < total.length; k++) {
        total[k] += times[person] * sums[person][k];
      }
    }
    double n = total[0];
    double meanAnswer = total[1] / n;
    double meanTruth = total[2] / n;
    return new Moments(
        meanAnswer - meanTruth,
        total[3] / n - meanAnswer * meanAnswer,
        total[4] / n - meanTruth * meanTruth,
        total[5] / n - meanAnswer * meanTruth);
  }

  private record Moments(
      double shift, double answerVariance, double truthVariance, double covariance) {

    double ccc() {
      return isConstant()
          ? Double.NaN
          : 2 * covariance / (answerVariance + truthVariance + shift * shift);
    }

    double correlation() {
      return isConstant() ? Double.NaN : covariance / Math.sqrt(answerVariance * truthVariance);
    }

    /** Values lie in [-1, 1]: less than this is rounding. */
    private boolean isConstant() {
      return answerVariance < 1e-12 || truthVariance < 1e-12;
    }
  }
}
