package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether imagined faces still show the person, as a face-identity network sees it. A face's
 * similarity to a person is its mean cosine with true faces of that person, taken elsewhere than
 * the one that was imagined from.
 */
public final class ImaginedIdentity {
  /**
   * Shares of imagined faces. The true faces that were imagined from are measured alike: more than
   * they reach cannot be expected.
   *
   * @param people at least 2, or there is nothing to compare
   * @param faces imagined
   * @param aboveAnother pairs of an imagined face and another person in which the face is more
   *     similar to its own person
   * @param aboveAll imagined faces that are more similar to their own person than to any other
   * @param trueAboveAnother of true faces
   * @param trueAboveAll of true faces
   */
  public record Shares(
      int people,
      int faces,
      @Nullable Double aboveAnother,
      @Nullable Double aboveAll,
      @Nullable Double trueAboveAnother,
      @Nullable Double trueAboveAll) {}

  private final PriorKnowledge prior;
  private final IdentityModel identity;
  private final float[] wished;
  private final List<float[]> imagined = new ArrayList<>();
  private final List<float[]> originals = new ArrayList<>();
  private final List<float[]> references = new ArrayList<>();

  /**
   * @param wished the expressions to imagine: m x 2 (arousal, valence) in [-1, 1]
   */
  public ImaginedIdentity(PriorKnowledge prior, IdentityModel identity, float[] wished) {
    this.prior = prior;
    this.identity = identity;
    this.wished = wished.clone();
  }

  /**
   * Takes one person.
   *
   * @param face the face to imagine from, 96 x 96 x 3 RGB bytes
   * @param others true faces of that person elsewhere, one after the other
   * @param count of these, at least 1
   */
  public void add(byte[] face, byte[] others, int count) {
    int cells = wished.length / 2;
    float[] z = prior.encode(face, 1).z();
    float[] repeated = new float[cells * z.length];
    for (int cell = 0; cell < cells; cell++) {
      System.arraycopy(z, 0, repeated, cell * z.length, z.length);
    }
    imagined.add(identity.embed(prior.generate(repeated, wished, cells), cells));
    originals.add(identity.embed(face, 1));
    int size = identity.size();
    float[] embedded = identity.embed(others, count);
    // The mean of cosines is the cosine with the mean of directions of length 1.
    float[] mean = new float[size];
    for (int i = 0; i < count * size; i++) {
      mean[i % size] += embedded[i] / count;
    }
    references.add(mean);
  }

  /** What is known so far. */
  public Shares shares() {
    int people = references.size();
    double[] ofImagined = shares(imagined, wished.length / 2);
    double[] ofTrue = shares(originals, 1);
    return new Shares(
        people,
        people * (wished.length / 2),
        Bootstrap.orNull(ofImagined[0]),
        Bootstrap.orNull(ofImagined[1]),
        Bootstrap.orNull(ofTrue[0]),
        Bootstrap.orNull(ofTrue[1]));
  }

  /** Above another, above all; NaN if there is nobody else. */
  private double[] shares(List<float[]> faces, int each) {
    int people = references.size();
    if (people < 2) {
      return new double[] {Double.NaN, Double.NaN};
    }
    long above = 0;
    long aboveAll = 0;
    for (int person = 0; person < people; person++) {
      for (int face = 0; face < each; face++) {
        double own = similarity(faces.get(person), face, references.get(person));
        int beaten = 0;
        for (int other = 0; other < people; other++) {
          if (other != person && own > similarity(faces.get(person), face, references.get(other))) {
            beaten++;
          }
        }
        above += beaten;
        aboveAll += beaten == people - 1 ? 1 : 0;
      }
    }
    double all = (double) people * each;
    return new double[] {above / (all * (people - 1)), aboveAll / all};
  }

  private static double similarity(float[] faces, int face, float[] reference) {
    double product = 0;
    for (int k = 0; k < reference.length; k++) {
      product += faces[face * reference.length + k] * reference[k];
    }
    return product;
  }
}
