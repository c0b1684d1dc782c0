package io.paffmem.memory;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which somebody said what a person's face showed, and what follows from them for
 * every other face of the person. Mutable; part of a {@link MemoryState} and of its digest.
 *
 * <p>What follows depends on the moments alone and not on their order: a moment that is taken back
 * leaves what would be there without it, to the last bit.
 */
public final class Taught {

  /*
   * What a reading lacks, e = label - read, is a function of the face x = (z, r) of which few values
   * are known. It is taken as a Gaussian process (Rasmussen and Williams 2006, 2.25 and 2.26) on
   * either axis:
   *
   *   k(x, x') = o^2 + s^2 r.r' + c^2 exp(-(|z - z'|^2 + kappa^2 |r - r'|^2) / rho)
   *   e(x)     = k(x, X) (k(X, X) + n^2 I)^-1 e
   *
   * o: readings of a person are off everywhere alike. s: more, the farther from the middle. c: and
   * in its own way near faces that look alike. n: no label is exact; labels that contradict
   * one another average. With few moments everything is shrunk towards 0, and what is far from all
   * of them hears of the first two terms alone.
   *
   * Of the offset alone, 1 - o^2 1'(k + n^2 I)^-1 1 of what was unknown is left: that much of what
   * the readings themselves show of the person (PersonBias) still counts.
   *
   * Constants: chosen on 60 synthetic people of other seeds.
   */

  /** How many moments a memory takes. */
  public static final int MOST = 64;

  private static final double CALM_SPREAD = 0.25;
  private static final double CALM_DISTANCE = 0.5;

  private static final double OFFSET = 0.12 * 0.12;
  private static final double SLOPE = 0.15 * 0.15;
  private static final double LOCAL = 0.15 * 0.15;
  private static final double REACH = 4;
  private static final double READING_WEIGHT = 4 * 4;
  private static final double NOISE = 0.15 * 0.15;

  /** By id, so that sums over them have one order. */
  private final TreeMap<String, TaughtMoment> moments = new TreeMap<>();

  private @Nullable Solution solution;

  /** What the moments come to; row i belongs to the i-th of them. */
  private static final class Solution {
    final TaughtMoment[] rows;
    final double[] arousal;
    final double[] valence;
    final double untold;

    Solution(Collection<TaughtMoment> moments) {
      rows = moments.toArray(new TaughtMoment[0]);
      int n = rows.length;
      double[][] factor = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          factor[i][j] =
              alike(rows[i], rows[j].z(), rows[j].readArousal(), rows[j].readValence())
                  + (i == j ? NOISE : 0);
        }
      }
      decompose(factor);
      arousal = new double[n];
      valence = new double[n];
      double[] ones = new double[n];
      for (int i = 0; i < n; i++) {
        arousal[i] = (double) rows[i].arousal() - rows[i].readArousal();
        valence[i] = (double) rows[i].valence() - rows[i].readValence();
        ones[i] = 1;
      }
      solve(factor, arousal);
      solve(factor, valence);
      solve(factor, ones);
      double told = 0;
      for (double share : ones) {
        told += OFFSET * share;
      }
      untold = Math.max(0, Math.min(1, 1 - told));
    }

    /** Cholesky: the lower triangle becomes the factor. */
    private static void decompose(double[][] matrix) {
      for (int i = 0; i < matrix.length; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = matrix[i][j];
          for (int k = 0; k < j; k++) {
            sum -= matrix[i][k] * matrix[j][k];
          }
          // The noise on the diagonal keeps every pivot at NOISE or above.
          matrix[i][j] = i == j ? Math.sqrt(Math.max(NOISE, sum)) : sum / matrix[j][j];
        }
      }
    }

    private static void solve(double[][] factor, double[] values) {
      int n = values.length;
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++) {
          values[i] -= factor[i][k] * values[k];
        }
        values[i] /= factor[i][i];
      }
      for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++) {
          values[i] -= factor[k][i] * values[k];
        }
        values[i] /= factor[i][i];
      }
    }
  }

  /** Number of moments. */
  public int size() {
    return moments.size();
  }

  /** The moments, by id. */
  public Collection<TaughtMoment> moments() {
    return Collections.unmodifiableCollection(moments.values());
  }

  /** Whether there is one of that id. */
  public boolean has(String id) {
    return moments.containsKey(id);
  }

  /**
   * Takes a moment in.
   *
   * @throws IllegalStateException if there is one of that id, or no room
   */
  public void add(TaughtMoment moment) {
    if (moments.size() >= MOST || moments.containsKey(moment.id())) {
      throw new IllegalStateException(
          "moment %s beside %d others, that id %s"
              .formatted(
                  moment.id(),
                  moments.size(),
                  moments.containsKey(moment.id()) ? "among them" : "not among them"));
    }
    moments.put(moment.id(), moment);
    solution = null;
  }

  /** Takes a moment back; false if there is none of that id. */
  public boolean remove(String id) {
    solution = null;
    return moments.remove(id) != null;
  }

  /**
   * Whether faces are at rest, by what was read from them before anything was taken off: they were
   * read alike, and not far from neutral. 60 synthetic people at rest were within 0.23 and 0.48.
   *
   * @param arousal of each face, one or more
   * @param valence likewise
   */
  public static boolean isCalm(float[] arousal, float[] valence) {
    double meanArousal = mean(arousal);
    double meanValence = mean(valence);
    return Math.max(spread(arousal, meanArousal), spread(valence, meanValence)) <= CALM_SPREAD
        && Math.sqrt(meanArousal * meanArousal + meanValence * meanValence) <= CALM_DISTANCE;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double spread(float[] values, double mean) {
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  Taught copy() {
    Taught copy = new Taught();
    copy.moments.putAll(moments);
    copy.solution = solution;
    return copy;
  }

  /** About how many bytes of heap they take. */
  long heapBytes() {
    long bytes = 0;
    for (TaughtMoment moment : moments.values()) {
      bytes += 200 + 4L * moment.z().length;
    }
    return bytes;
  }

  /**
   * Says what the readings of a face lack.
   *
   * @param z as long as those of the moments
   * @param readArousal what is read, joined with what was read before
   * @param readValence likewise
   * @param into gets the correction on both axes, and how much the readings' own bias still counts
   */
  void correct(float[] z, float readArousal, float readValence, Recognition into) {
    into.teachings = moments.size();
    into.taughtArousal = 0;
    into.taughtValence = 0;
    into.untold = 1;
    if (moments.isEmpty()) {
      return;
    }
    Solution of = solution;
    if (of == null) {
      of = new Solution(moments.values());
      solution = of;
    }
    double arousal = 0;
    double valence = 0;
    for (int i = 0; i < of.rows.length; i++) {
      double alike = alike(of.rows[i], z, readArousal, readValence);
      arousal += alike * of.arousal[i];
      valence += alike * of.valence[i];
    }
    into.taughtArousal = arousal;
    into.taughtValence = valence;
    into.untold = of.untold;
  }

  private static double alike(TaughtMoment one, float[] z, float readArousal, float readValence) {
    float[] known = one.z();
    float distance = 0;
    for (int d = 0; d < known.length; d++) {
      float apart = known[d] - z[d];
      distance += apart * apart;
    }
    double arousal = (double) one.readArousal() - readArousal;
    double valence = (double) one.readValence() - readValence;
    double apart = distance + READING_WEIGHT * (arousal * arousal + valence * valence);
    double slope =
        (double) one.readArousal() * readArousal + (double) one.readValence() * readValence;
    return OFFSET + SLOPE * slope + LOCAL * StrictMath.exp(-apart / REACH);
  }
}
