package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.training.config.LossWeights;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.LongSupplier;

/** Networks, faces and a clock that are small enough to train within a test. */
public final class TinyTraining {
  public static final NetworkConfig NETWORK = new NetworkConfig(0.03, 0.03, 0, 8, 2);
  public static final long SEED = 11;

  private TinyTraining() {}

  public static TrainingConfig config() {
    return config(3e-3);
  }

  public static TrainingConfig config(double learningRate) {
    return new TrainingConfig(
        8, 4, false, learningRate, 0.6, LossWeights.standard(), 0.1, 0.05, 0.1, 0.9, 0.3, 0, SEED);
  }

  public static Trainer trainer(Path folder) {
    return trainer(NETWORK, config(), folder, new TickingClock());
  }

  public static Trainer trainer(
      NetworkConfig network, TrainingConfig config, Path folder, LongSupplier clock) {
    Trainer trainer = new Trainer(network, config, Device.CPU, Optional.empty(), folder, clock);
    trainer.add(brightIsPleased(), 1, true);
    return trainer;
  }

  /**
   * Bright faces are pleased and excited, dark ones are neither; a dozen people, four faces each.
   */
  public static FaceSet brightIsPleased() {
    Random random = new Random(SEED);
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      boolean bright = i % 2 == 0;
      byte[] grey = new byte[32 * 32];
      for (int k = 0; k < grey.length; k++) {
        grey[k] = (byte) ((bright ? 190 : 50) + random.nextInt(20));
      }
      float label = bright ? 0.7f : -0.7f;
      faces.add(new LabelledFace(grey, 32, label / 2, label, "person-" + i / 4));
    }
    return new FaceSet("bright", faces);
  }

  /**
   * Synthetic people's kind: each has two states in each of two scenes; states are bright or dark.
   */
  public static FaceSet inScenes() {
    Random random = new Random(SEED);
    List<LabelledFace> faces = new ArrayList<>();
    for (int person = 0; person < 10; person++) {
      for (int scene = 0; scene < 2; scene++) {
        for (int state = 0; state < 2; state++) {
          byte[] grey = new byte[32 * 32];
          for (int k = 0; k < grey.length; k++) {
            grey[k] = (byte) (40 + 150 * state + 20 * scene + random.nextInt(10));
          }
          faces.add(
              new LabelledFace(
                  grey, 32, state - 0.5f, 0.5f - state, "known-" + person, OptionalInt.of(scene)));
        }
      }
    }
    return new FaceSet("scenes", faces);
  }

  /** Shows a millisecond more each time it is looked at. */
  public static final class TickingClock implements LongSupplier {
    private long nanos = -5_000_000;

    @Override
    public long getAsLong() {
      nanos += 1_000_000;
      return nanos;
    }
  }

  /** Remembers what it was told. */
  public static final class Heard implements TrainingListener {
    public final Map<Long, Map<String, Float>> losses = new LinkedHashMap<>();
    public final List<Progress> progress = new ArrayList<>();
    public final List<TrainingReport> reports = new ArrayList<>();
    public final List<String> notes = new ArrayList<>();

    @Override
    public void stepped(Progress now) {
      progress.add(now);
      losses.put(now.step(), now.losses());
    }

    @Override
    public void reported(TrainingReport report) {
      reports.add(report);
    }

    @Override
    public void noted(String sentence) {
      notes.add(sentence);
    }
  }
}
