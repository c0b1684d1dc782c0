package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether imagined faces are grained: how much of their power lies near the Nyquist frequency,
 * where a generator draws checkerboards (Odena, Dumoulin, Olah, Deconvolution and Checkerboard
 * Artifacts, 2016), beside true faces and their reconstructions.
 */
public final class ImaginedGrain {
  /** How many faces of a set are enough: with their imagined ones, a thousand. */
  public static final int FACES = 40;

  /**
   * Power near the Nyquist frequency.
   *
   * @param faces that others were imagined from
   * @param imaginedOverTrue mean of the imagined over that of the true faces; null without faces
   * @param imaginedOverReconstructed the same over that of the reconstructions G(E(x), D_em(E(x)))
   */
  public record Power(
      int faces, @Nullable Double imaginedOverTrue, @Nullable Double imaginedOverReconstructed) {}

  private final PriorKnowledge prior;
  private final float[] wished;
  private final Spectrum spectrum;
  private int faces;
  private double ofTrue;
  private double ofReconstructed;
  private double ofImagined;

  /**
   * @param wished the expressions to imagine: m x 2 (arousal, valence) in [-1, 1]
   */
  public ImaginedGrain(PriorKnowledge prior, float[] wished) {
    this.prior = prior;
    this.wished = wished.clone();
    this.spectrum = new Spectrum(prior.imageSize());
  }

  /** Some faces of a set, evenly chosen; one that cannot be read is left out. */
  public static Power of(PriorKnowledge prior, LabelledFaces set, float[] wished, int most) {
    ImaginedGrain grain = new ImaginedGrain(prior, wished);
    byte[] face = new byte[prior.imageSize() * prior.imageSize() * 3];
    int chosen = Math.min(most, set.size());
    for (int i = 0; i < chosen; i++) {
      if (set.read((int) ((long) i * set.size() / chosen), face, 0)) {
        grain.add(face);
      }
    }
    return grain.power();
  }

  /**
   * Takes one face.
   *
   * @param face 96 x 96 x 3 RGB bytes
   */
  public void add(byte[] face) {
    int cells = wished.length / 2;
    Encodings encoded = prior.encode(face, 1);
    float[] z = encoded.z();
    float[] repeated = new float[cells * z.length];
    for (int cell = 0; cell < cells; cell++) {
      System.arraycopy(z, 0, repeated, cell * z.length, z.length);
    }
    byte[] imagined = prior.generate(repeated, wished, cells);
    for (int cell = 0; cell < cells; cell++) {
      ofImagined +=
          spectrum.nearNyquist(
                  Arrays.copyOfRange(imagined, cell * face.length, (cell + 1) * face.length))
              / cells;
    }
    ofReconstructed += spectrum.nearNyquist(prior.generate(z, encoded.affect(), 1));
    ofTrue += spectrum.nearNyquist(face);
    faces++;
  }

  /** What is known so far. */
  public Power power() {
    return new Power(
        faces,
        Bootstrap.orNull(ofImagined / ofTrue),
        Bootstrap.orNull(ofImagined / ofReconstructed));
  }
}
