package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.evaluation.statistics.Distances;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.evaluation.statistics.WeightedMedian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where faces lie in z: do a person's expressions lie apart, and does all else not?
 *
 * <p>Of every person the pairs of two pictures are taken: with the same label, and with different
 * labels. {@link #explained} and {@link #auc} are of the people who have both kinds. A figure that
 * does not exist is null.
 *
 * @param rows pictures
 * @param people with both kinds of pairs
 * @param sd population standard deviation of z by dimension, over all rows
 * @param sameLabelDistance median squared distance of the pairs of one person with the same label,
 *     where a person's pairs together weigh as much as the person has pictures: the unit of {@link
 *     Disturbances}
 * @param explained share of z's variance within a person that goes with the label: {@code 1 - S /
 *     A}, S the mean squared distance of the person's pairs with the same label, A that of all the
 *     person's pairs (half of a mean squared distance over pairs is the unbiased variance). Over
 *     people, S and A are means weighted by their numbers of pictures. 1 where nothing but the
 *     expression moves z, 0 where it moves nothing; can be negative by chance
 * @param auc chance that a pair with different labels lies further apart than a pair with the same
 *     label of the same person, ties counted half; the mean over people, weighted by their numbers
 *     of pictures (pairs would let one person with 500 pictures speak for all). 0.5 is chance
 */
public record Geometry(
    int rows,
    int people,
    Spread sd,
    @Nullable Double sameLabelDistance,
    @Nullable Double explained,
    @Nullable Interval explainedInterval,
    @Nullable Double auc,
    @Nullable Interval aucInterval) {

  /** Of the standard deviations of the dimensions of z. */
  public record Spread(double mean, double minimum) {}

  /** One person's part of the figures. */
  private record Part(double rows, double same, double all, double auc) {}

  /**
   * Measures.
   *
   * @param faces at least one
   * @param seed of the intervals
   */
  public static Geometry of(EmbeddedFaces faces, long seed) {
    Map<String, List<Integer>> byPerson = new LinkedHashMap<>();
    for (int i = 0; i < faces.rows().size(); i++) {
      byPerson.computeIfAbsent(faces.rows().get(i).person(), any -> new ArrayList<>()).add(i);
    }
    WeightedMedian sameLabel = new WeightedMedian();
    List<Part> parts = new ArrayList<>();
    for (List<Integer> pictures : byPerson.values()) {
      Distances same = new Distances();
      Distances different = new Distances();
      pairs(faces, pictures, same, different);
      sameLabel.add(same, pictures.size());
      if (same.size() > 0 && different.size() > 0) {
        double pairs = (double) same.size() + different.size();
        double all = (same.mean() * same.size() + different.mean() * different.size()) / pairs;
        parts.add(new Part(pictures.size(), same.mean(), all, auc(same, different)));
      }
    }
    int[] once = new int[parts.size()];
    Arrays.fill(once, 1);
    Bootstrap bootstrap = new Bootstrap(parts.size(), seed);
    return new Geometry(
        faces.rows().size(),
        parts.size(),
        spread(faces),
        Bootstrap.orNull(sameLabel.value()),
        Bootstrap.orNull(explained(parts, once)),
        bootstrap.of(times -> explained(parts, times)),
        Bootstrap.orNull(auc(parts, once)),
        bootstrap.of(times -> auc(parts, times)));
  }

  private static void pairs(
      EmbeddedFaces faces, List<Integer> pictures, Distances same, Distances different) {
    for (int a = 0; a < pictures.size(); a++) {
      int i = pictures.get(a);
      String label = faces.rows().get(i).label();
      for (int b = a + 1; b < pictures.size(); b++) {
        int j = pictures.get(b);
        double distance = Distances.squared(faces.z(), i, faces.z(), j, faces.latentSize());
        (faces.rows().get(j).label().equals(label) ? same : different).add(distance);
      }
    }
  }

  /** Mann and Whitney's U over the number of comparisons. */
  private static double auc(Distances same, Distances different) {
    float[] near = same.sorted();
    double wins = 0;
    int below = 0;
    int notAbove = 0;
    for (float far : different.sorted()) {
      while (below < near.length && near[below] < far) {
        below++;
      }
      while (notAbove < near.length && near[notAbove] <= far) {
        notAbove++;
      }
      wins += (below + notAbove) / 2.0;
    }
    return wins / ((double) same.size() * different.size());
  }

  private static double explained(List<Part> parts, int[] times) {
    double same = 0;
    double all = 0;
    for (int i = 0; i < times.length; i++) {
      Part part = parts.get(i);
      same += times[i] * part.rows() * part.same();
      all += times[i] * part.rows() * part.all();
    }
    return all > 0 ? 1 - same / all : Double.NaN;
  }

  private static double auc(List<Part> parts, int[] times) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < times.length; i++) {
      Part part = parts.get(i);
      sum += times[i] * part.rows() * part.auc();
      weight += times[i] * part.rows();
    }
    return weight > 0 ? sum / weight : Double.NaN;
  }

  private static Spread spread(EmbeddedFaces faces) {
    int n = faces.rows().size();
    int dimensions = faces.latentSize();
    float[] z = faces.z();
    double sum = 0;
    double minimum = Double.POSITIVE_INFINITY;
    for (int k = 0; k < dimensions; k++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += z[i * dimensions + k];
      }
      mean /= n;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double difference = z[i * dimensions + k] - mean;
        squares += difference * difference;
      }
      double deviation = Math.sqrt(squares / n);
      sum += deviation;
      minimum = Math.min(minimum, deviation);
    }
    return new Spread(sum / dimensions, minimum);
  }
}
