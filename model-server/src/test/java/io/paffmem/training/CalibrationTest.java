package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.PriorExport;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.training.faces.Augmentation;
import io.paffmem.training.faces.Batch;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import io.paffmem.training.graph.TrainingGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final int FACES = 600;
  private static final float NINETY_PER_CENT = 1.6449f;

  @TempDir private Path temp;

  @Test
  void weights_brightFacesAreHardToTell_deviationSaysSoAndIntervalsHold() {
    Random random = new Random(4);
    List<LabelledFace> faces;
    Map<String, float[]> weights;
    try (TrainingGraph graph =
        new TrainingGraph(
            TinyTraining.NETWORK, TinyTraining.config(), Device.CPU, Optional.empty())) {
      graph.initialize();
      // The averaged weights, which are those that ship, begin with the first step.
      Batch any =
          Batch.draw(
              List.of(new Batch.Weighted(TinyTraining.brightIsPleased(), 1)),
              TinyTraining.config(),
              TinyTraining.NETWORK.latentSize(),
              random);
      graph.step(any, 1e-3, 1);
      faces = faces(graph, random);
      Calibration calibration = new Calibration(TinyTraining.NETWORK, 1);
      calibration.add(graph, new FaceSet("any", faces));
      weights = new LinkedHashMap<>(graph.weights());
      weights.putAll(calibration.weights());
    }
    PriorExport.write(TinyTraining.NETWORK, weights, "tiny", temp.resolve("pk"));

    try (SavedModelPrior prior = SavedModelPrior.load(temp.resolve("pk"), Device.CPU)) {
      int held = 0;
      double bright = 0;
      double dark = 0;
      for (int i = 0; i < FACES; i++) {
        LabelledFace face = faces.get(i);
        byte[] rgb = new byte[96 * 96 * 3];
        byte[] grey = new byte[96 * 96];
        Augmentation.plain(face, 96, grey, 0);
        for (int k = 0; k < grey.length; k++) {
          Arrays.fill(rgb, 3 * k, 3 * k + 3, grey[k]);
        }
        Encodings encodings = prior.encode(rgb, 1);
        float[] deviation = encodings.deviation();
        assertThat(deviation).isNotNull().hasSize(2);
        if (deviation != null) {
          held +=
              Math.abs(encodings.affect()[1] - face.valence()) <= NINETY_PER_CENT * deviation[1]
                  ? 1
                  : 0;
          bright += i % 2 == 0 ? deviation[1] : 0;
          dark += i % 2 == 0 ? 0 : deviation[1];
        }
      }
      assertThat(held / (double) FACES).isCloseTo(0.9, within(0.02));
      assertThat(bright).isGreaterThan(1.5 * dark);
    }
  }

  /** Bright and dark faces in turn: what is read of a bright one is far from its label. */
  private static List<LabelledFace> faces(TrainingGraph graph, Random random) {
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < FACES; i++) {
      boolean bright = i % 2 == 0;
      byte[] grey = new byte[32 * 32];
      for (int k = 0; k < grey.length; k++) {
        grey[k] = (byte) ((bright ? 200 : 40) + random.nextInt(20));
      }
      byte[] seen = new byte[96 * 96];
      Augmentation.plain(new LabelledFace(grey, 32, 0, 0, "any"), 96, seen, 0);
      float[] read = graph.embed(seen, 1).affect();
      double deviation = bright ? 0.3 : 0.05;
      faces.add(
          new LabelledFace(
              grey,
              32,
              label(read[0], deviation, random),
              label(read[1], deviation, random),
              "person-" + i));
    }
    return faces;
  }

  private static float label(float read, double deviation, Random random) {
    return (float) Math.max(-1, Math.min(1, read + deviation * random.nextGaussian()));
  }
}
