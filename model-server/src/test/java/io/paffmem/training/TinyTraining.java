package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/** Networks, faces and a clock that are small enough to train within a test. */
final class TinyTraining {
  static final NetworkConfig NETWORK = new NetworkConfig(0.03, 8, 2);
  static final long SEED = 11;

  private TinyTraining() {}

  static TrainingConfig config() {
    return config(3e-3);
  }

  static TrainingConfig config(double learningRate) {
    return new TrainingConfig(4, learningRate, 0.6, 1, 1, 0.3, 0.01, 0.01, 0.01, 0.05, 0.3, SEED);
  }

  static Trainer trainer(Path folder) {
    return trainer(NETWORK, config(), folder, new TickingClock());
  }

  static Trainer trainer(
      NetworkConfig network, TrainingConfig config, Path folder, LongSupplier clock) {
    Trainer trainer = new Trainer(network, config, Device.CPU, folder, clock);
    trainer.add(brightIsPleased(), 1, true);
    return trainer;
  }

  /**
   * Bright faces are pleased and excited, dark ones are neither; a dozen people, four faces each.
   */
  static FaceSet brightIsPleased() {
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

  /** Shows a millisecond more each time it is looked at. */
  static final class TickingClock implements LongSupplier {
    private long nanos = -5_000_000;

    @Override
    public long getAsLong() {
      nanos += 1_000_000;
      return nanos;
    }
  }

  /** Remembers what it was told. */
  static final class Heard implements TrainingListener {
    final Map<Long, Map<String, Float>> losses = new LinkedHashMap<>();
    final List<Progress> progress = new ArrayList<>();
    final List<TrainingReport> reports = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

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
