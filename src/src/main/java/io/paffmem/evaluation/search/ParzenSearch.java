package io.paffmem.evaluation.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Proposes points, is told what they are worth, and so finds better ones. The same seed and scores
 * give the same proposals.
 */
public final class ParzenSearch {

  /*
   * The trials are split: l(x) is the density of the good ones, the best part gamma of them, g(x)
   * that of all others. Expected improvement grows with l(x) / g(x) (eq. 2 and below), so of some
   * draws from l the one with the greatest ratio is tried. Parameters are taken one by one, as in
   * the paper: what one of them is worth may depend on others only through the split.
   */

  /** A point and what it is worth, the greater the better. */
  public record Trial(double[] point, double score) {}

  private final List<Parameter> space;
  private final SearchConfig config;
  private final SplittableRandom random;
  private final List<Trial> trials = new ArrayList<>();

  /**
   * A search without any trial yet.
   *
   * @param space what is searched
   */
  public ParzenSearch(List<Parameter> space, SearchConfig config, long seed) {
    this.space = List.copyOf(space);
    this.config = config;
    this.random = new SplittableRandom(seed);
  }

  /** A point to try, one value a parameter. */
  public double[] propose() {
    double[][] good = {};
    double[][] bad = {};
    if (trials.size() >= config.startTrials()) {
      Trial[] ranked = trials.toArray(Trial[]::new);
      Arrays.sort(ranked, Comparator.comparingDouble(Trial::score).reversed());
      int split = (int) Math.ceil(config.goodShare() * ranked.length);
      good = points(ranked, 0, split);
      bad = points(ranked, split, ranked.length);
    }
    double[] point = new double[space.size()];
    for (int i = 0; i < point.length; i++) {
      Estimator l = Estimator.of(space.get(i), values(good, i));
      Estimator g = Estimator.of(space.get(i), values(bad, i));
      point[i] = draw(l, g);
    }
    return point;
  }

  /**
   * Takes a trial in, of a proposed point or of any other.
   *
   * @throws IllegalArgumentException if the point has not one value a parameter, or the score is no
   *     number
   */
  public void tell(double[] point, double score) {
    if (point.length != space.size() || Double.isNaN(score)) {
      throw new IllegalArgumentException(
          "%d values and score %s are no trial of %d parameters"
              .formatted(point.length, score, space.size()));
    }
    trials.add(new Trial(point.clone(), score));
  }

  /**
   * The best trial so far, the first of equals.
   *
   * @throws IllegalStateException if there is none
   */
  public Trial best() {
    // max would take the last of equals.
    return trials.stream()
        .min(Comparator.comparingDouble(Trial::score).reversed())
        .orElseThrow(() -> new IllegalStateException("nothing was tried yet"));
  }

  private double draw(Estimator l, Estimator g) {
    double best = l.draw(random);
    double bestRatio = l.likelihood(best) / g.likelihood(best);
    for (int i = 1; i < config.candidates(); i++) {
      double drawn = l.draw(random);
      double ratio = l.likelihood(drawn) / g.likelihood(drawn);
      if (ratio > bestRatio) {
        best = drawn;
        bestRatio = ratio;
      }
    }
    return best;
  }

  private static double[][] points(Trial[] ranked, int from, int to) {
    return Arrays.stream(ranked, from, to).map(Trial::point).toArray(double[][]::new);
  }

  private static double[] values(double[][] points, int parameter) {
    return Arrays.stream(points).mapToDouble(point -> point[parameter]).toArray();
  }
}
