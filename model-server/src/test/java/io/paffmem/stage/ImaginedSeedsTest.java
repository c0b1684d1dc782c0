package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.prior.Encodings;
import io.paffmem.stage.ImaginedSeeds.Imagined;
import io.paffmem.stage.ImaginedSeeds.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImaginedSeedsTest {
  private static final int LATENT = 3;
  private static final int RUN = 50;
  private static final float[] ANN = {0.2f, -0.4f, 0.9f};
  private static final float[] BOB = {-0.7f, 0.1f, 0.3f};

  /** Faces of each run, in order. */
  private final List<Integer> runs = new ArrayList<>();

  private final ImaginedSeeds smooth = new ImaginedSeeds(this::smooth, LATENT, RUN);

  @Test
  void of_layoutWithoutNodes_isWhatThePkComputes() {
    Imagined imagined = smooth.of(ANN, SeedLayout.EVEN_200);

    Encodings expected = smoothAtAll(ANN);
    assertThat(imagined.computed()).isEqualTo(200);
    assertThat(imagined.faces().z()).isEqualTo(expected.z());
    assertThat(imagined.faces().affect()).isEqualTo(expected.affect());
    assertThat(runs).containsExactly(50, 50, 50, 50);
  }

  @Test
  void of_smoothPk_isInterpolatedFromFewFaces() {
    Imagined imagined = smooth.of(ANN, SeedLayout.CHEBYSHEV_36);

    Encodings expected = smoothAtAll(ANN);
    assertThat(imagined.computed()).isEqualTo(40);
    assertThat(imagined.faces().z()).containsExactly(expected.z(), within(1e-4f));
    assertThat(imagined.faces().affect()).containsExactly(expected.affect(), within(1e-4f));
    assertThat(smooth.of(ANN, SeedLayout.CHEBYSHEV_64).computed()).isEqualTo(68);
    assertThat(runs).containsExactly(40, 34, 34);
  }

  @Test
  void of_checkedFaces_areThoseThatWereComputed() {
    Encodings expected = slightlyRough(repeated(ANN), SeedLayout.EVEN_200.y(), 200);
    ImaginedSeeds seeds = new ImaginedSeeds(ImaginedSeedsTest::slightlyRough, LATENT, RUN);

    Imagined imagined = seeds.of(ANN, SeedLayout.CHEBYSHEV_36);

    assertThat(imagined.computed()).isEqualTo(40);
    for (int check : SeedLayout.CHEBYSHEV_36.checks()) {
      assertThat(Arrays.copyOfRange(imagined.faces().z(), check * LATENT, (check + 1) * LATENT))
          .isEqualTo(Arrays.copyOfRange(expected.z(), check * LATENT, (check + 1) * LATENT));
      assertThat(Arrays.copyOfRange(imagined.faces().affect(), 2 * check, 2 * check + 2))
          .isEqualTo(Arrays.copyOfRange(expected.affect(), 2 * check, 2 * check + 2));
    }
    assertThat(imagined.faces().z()).isNotEqualTo(expected.z());
  }

  @Test
  void of_roughPk_everyFaceIsComputed() {
    ImaginedSeeds seeds = new ImaginedSeeds(ImaginedSeedsTest::rough, LATENT, RUN);

    Imagined imagined = seeds.of(ANN, SeedLayout.CHEBYSHEV_36);

    Encodings expected = rough(repeated(ANN), SeedLayout.EVEN_200.y(), 200);
    assertThat(imagined.computed()).isEqualTo(240);
    assertThat(imagined.faces().z()).isEqualTo(expected.z());
    assertThat(imagined.faces().affect()).isEqualTo(expected.affect());
  }

  @Test
  void of_roughPkThatDoesNotReadWhatWasWished_isInterpolated() {
    ImaginedSeeds seeds =
        new ImaginedSeeds(
            (z, y, faces) -> new Encodings(rough(z, y, faces).z(), halved(y)), LATENT, RUN);

    Imagined imagined = seeds.of(ANN, SeedLayout.CHEBYSHEV_36);

    assertThat(imagined.computed()).isEqualTo(40);
    assertThat(imagined.faces().z()).hasSize(200 * LATENT);
    assertThat(seeds.of(ANN, SeedLayout.EVEN_200).computed()).isEqualTo(200);
  }

  @Test
  void of_severalFaces_shareRunsAndGetWhatEachGetsAlone() {
    Imagined ann = smooth.of(ANN, SeedLayout.CHEBYSHEV_36);
    Imagined bob = smooth.of(BOB, SeedLayout.EVEN_200);
    runs.clear();

    List<Imagined> both =
        smooth.of(
            List.of(new Wish(ANN, SeedLayout.CHEBYSHEV_36), new Wish(BOB, SeedLayout.EVEN_200)));

    assertThat(runs).containsExactly(48, 48, 48, 48, 48);
    assertThat(both.get(0).faces().z()).isEqualTo(ann.faces().z());
    assertThat(both.get(1).faces().z()).isEqualTo(bob.faces().z());
    assertThat(both.get(1).faces().affect()).isEqualTo(bob.faces().affect());
  }

  @Test
  void of_noFaces_asksNothing() {
    assertThat(smooth.of(List.of())).isEmpty();
    assertThat(runs).isEmpty();
  }

  @Test
  void of_nothingFinite_saysSoAtNoFurtherCost() {
    ImaginedSeeds seeds =
        new ImaginedSeeds(
            (z, y, faces) -> {
              runs.add(faces);
              float[] none = new float[z.length];
              Arrays.fill(none, Float.NaN);
              return new Encodings(none, y);
            },
            LATENT,
            RUN);

    Imagined imagined = seeds.of(ANN, SeedLayout.CHEBYSHEV_36);

    assertThat(imagined.faces().z()).containsOnly(Float.NaN);
    assertThat(runs).containsExactly(40);
  }

  @Test
  void of_pkThatGivesTooFewNumbers_isRefused() {
    ImaginedSeeds seeds =
        new ImaginedSeeds((z, y, faces) -> new Encodings(new float[LATENT], y), LATENT, RUN);

    assertThatThrownBy(() -> seeds.of(ANN, SeedLayout.CHEBYSHEV_36))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("40 faces")
        .hasMessageContaining("3 values of z'");
  }

  private Encodings smoothAtAll(float[] z) {
    Encodings all = smooth(repeated(z), SeedLayout.EVEN_200.y(), 200);
    runs.remove(runs.size() - 1);
    return all;
  }

  private static float[] repeated(float[] z) {
    float[] rows = new float[200 * LATENT];
    for (int i = 0; i < 200; i++) {
      System.arraycopy(z, 0, rows, i * LATENT, LATENT);
    }
    return rows;
  }

  /** Polynomials of degree 5 at most before their tanh. */
  private Encodings smooth(float[] z, float[] y, int faces) {
    runs.add(faces);
    return imagine(z, y, faces, 0, 0);
  }

  private static Encodings slightlyRough(float[] z, float[] y, int faces) {
    return imagine(z, y, faces, 0.05, 20);
  }

  private static Encodings rough(float[] z, float[] y, int faces) {
    return new Encodings(imagine(z, y, faces, 1, 20).z(), y);
  }

  /** Misses a quarter of the variance of valence and all of arousal's. */
  private static float[] halved(float[] y) {
    float[] read = new float[y.length];
    for (int i = 1; i < y.length; i += 2) {
      read[i] = y[i] / 2;
    }
    return read;
  }

  private static Encodings imagine(
      float[] z, float[] y, int faces, double roughness, double waves) {
    float[] imagined = new float[faces * LATENT];
    float[] read = new float[faces * 2];
    for (int i = 0; i < faces; i++) {
      double arousal = y[2 * i];
      double valence = y[2 * i + 1];
      double wave = roughness * Math.sin(waves * arousal) * Math.sin(waves * valence);
      for (int k = 0; k < LATENT; k++) {
        double before = z[i * LATENT + k] + k * arousal * valence + Math.pow(valence, 5) + wave;
        imagined[i * LATENT + k] = (float) Math.tanh(before);
      }
      read[2 * i] = (float) Math.tanh(arousal - z[i * LATENT] * Math.pow(valence, 4) + wave);
      read[2 * i + 1] = (float) Math.tanh(valence * arousal);
    }
    return new Encodings(imagined, read);
  }
}
