package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.PriorExport;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * Trains a PK for a given time and exports it. A run that is stopped goes on from its newest
 * checkpoint; {@code metrics.csv} and pictures of edited validation faces lie beside them.
 */
public final class Trainer {
  private static final int PREDICTION_BATCH = 64;
  private static final int PICTURED_FACES = 8;
  private static final float[][] PICTURED_EDITS = {
    {-0.35f, -0.7f}, {0.65f, -0.6f}, {0, 0}, {0.75f, 0.2f}, {0.35f, 0.8f}
  };

  private final NetworkConfig network;
  private final TrainingConfig config;
  private final List<Batch.Weighted> training = new ArrayList<>();
  private final List<FaceSet> validation = new ArrayList<>();
  private final Path folder;

  /**
   * A trainer without faces.
   *
   * @param folder for checkpoints, metrics and pictures; a run that was begun there goes on
   */
  public Trainer(NetworkConfig network, TrainingConfig config, Path folder) {
    this.network = network;
    this.config = config;
    this.folder = folder;
  }

  /**
   * Adds faces; some of their people are kept for validation.
   *
   * @param weight part of every batch, relative to the other sets', above 0
   */
  public void add(FaceSet faces, double weight) {
    if (!(weight > 0)) {
      throw new IllegalArgumentException(
          "weight of " + faces.name() + " is " + weight + ", must be above 0");
    }
    FaceSet.Split split = faces.split(config.validationShare(), config.seed());
    training.add(new Batch.Weighted(split.training(), weight));
    validation.add(split.validation());
  }

  /**
   * What a report says.
   *
   * @param ccc by face set, {arousal, valence}, on the people kept for validation
   * @param classMeans by face set and label "arousal valence": how many such faces, and the mean
   *     predicted arousal and valence
   */
  public record Report(
      long step,
      Duration trained,
      Losses losses,
      Map<String, OptionalDouble[]> ccc,
      Map<String, Map<String, double[]>> classMeans) {}

  /**
   * Trains until the budget is used up, then exports.
   *
   * @param budget time for all steps of the run, those before a resumption included
   * @param reportEvery steps between checkpoints and reports
   * @param name of the PK, e.g. {@code pk-quarter-1}
   * @param export folder of the SavedModel
   * @throws IllegalStateException if no faces were added, or a loss is no longer finite: then the
   *     newest checkpoint stays
   */
  public Report run(
      Duration budget, long reportEvery, String name, Path export, Consumer<Report> reports)
      throws InterruptedException {
    if (training.isEmpty()) {
      throw new IllegalStateException("there are no faces to train on; add a face set");
    }
    Checkpoints checkpoints = new Checkpoints(folder);
    try (TrainingGraph graph = new TrainingGraph(network, config)) {
      Checkpoints.State state = begin(graph, checkpoints);
      Random random = new Random(config.seed() + state.step());
      Callable<Batch> draw = () -> Batch.draw(training, config, network.latentSize(), random);
      // The next batch is drawn while a step is computed.
      ExecutorService reader = Executors.newSingleThreadExecutor(Trainer::readerThread);
      try {
        Future<Batch> next = reader.submit(draw);
        long begin = System.nanoTime() - state.trainedMillis() * 1_000_000;
        long step = state.step();
        Report report;
        while (true) {
          double progress = (double) (System.nanoTime() - begin) / budget.toNanos();
          Batch batch = next.get();
          next = reader.submit(draw);
          Losses losses = graph.step(batch, config.learningRate(Math.min(1, progress)), ++step);
          if (!losses.isFinite()) {
            throw new IllegalStateException(
                "a loss is not finite at step "
                    + step
                    + ": "
                    + losses
                    + "; the newest checkpoint is kept in "
                    + folder);
          }
          if (step % reportEvery == 0 || progress >= 1) {
            Duration trained = Duration.ofNanos(System.nanoTime() - begin);
            checkpoints.write(new Checkpoints.State(step, trained.toMillis()), graph::save);
            report = report(graph, step, trained, losses);
            reports.accept(report);
            if (progress >= 1) {
              break;
            }
          }
        }
        PriorExport.write(network, graph.weights(), name, export);
        return report;
      } catch (ExecutionException e) {
        throw new IllegalStateException("cannot draw a batch", e.getCause());
      } finally {
        reader.shutdownNow();
      }
    }
  }

  private static Checkpoints.State begin(TrainingGraph graph, Checkpoints checkpoints) {
    return checkpoints
        .newest()
        .map(
            checkpoint -> {
              graph.restore(Checkpoints.weights(checkpoint));
              return Checkpoints.state(checkpoint);
            })
        .orElseGet(
            () -> {
              graph.initialize();
              return new Checkpoints.State(0, 0);
            });
  }

  private static Thread readerThread(Runnable reading) {
    Thread reader = new Thread(reading, "training-batches");
    reader.setDaemon(true);
    return reader;
  }

  private Report report(TrainingGraph graph, long step, Duration trained, Losses losses) {
    Map<String, OptionalDouble[]> ccc = new TreeMap<>();
    Map<String, Map<String, double[]>> classMeans = new TreeMap<>();
    for (FaceSet set : validation) {
      Concordance arousal = new Concordance();
      Concordance valence = new Concordance();
      Map<String, double[]> means = new TreeMap<>();
      List<LabelledFace> faces = set.faces();
      for (int from = 0; from < faces.size(); from += PREDICTION_BATCH) {
        List<LabelledFace> some =
            faces.subList(from, Math.min(faces.size(), from + PREDICTION_BATCH));
        float[] predicted = graph.predict(plain(some), some.size());
        for (int i = 0; i < some.size(); i++) {
          LabelledFace face = some.get(i);
          arousal.add(predicted[2 * i], face.arousal());
          valence.add(predicted[2 * i + 1], face.valence());
          double[] sums =
              means.computeIfAbsent(face.arousal() + " " + face.valence(), any -> new double[3]);
          sums[0]++;
          sums[1] += predicted[2 * i];
          sums[2] += predicted[2 * i + 1];
        }
      }
      ccc.put(set.name(), new OptionalDouble[] {arousal.ccc(), valence.ccc()});
      means.values().removeIf(sums -> sums[0] < 2);
      means
          .values()
          .forEach(sums -> Arrays.setAll(sums, k -> k == 0 ? sums[0] : sums[k] / sums[0]));
      classMeans.put(set.name(), means);
      picture(graph, set, step);
    }
    Report report = new Report(step, trained, losses, ccc, classMeans);
    append(report);
    return report;
  }

  private static byte[] plain(List<LabelledFace> faces) {
    int size = NetworkConfig.IMAGE_SIZE;
    byte[] grey = new byte[faces.size() * size * size];
    for (int i = 0; i < faces.size(); i++) {
      Augmentation.plain(faces.get(i), size, grey, i * size * size);
    }
    return grey;
  }

  /** A row a validation face: itself, then edited. */
  private void picture(TrainingGraph graph, FaceSet set, long step) {
    int size = NetworkConfig.IMAGE_SIZE;
    int count = Math.min(PICTURED_FACES, set.faces().size());
    List<LabelledFace> faces = set.faces().subList(0, count);
    byte[] grey = plain(faces);
    BufferedImage sheet =
        new BufferedImage(
            (1 + PICTURED_EDITS.length) * size, count * size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < grey.length; i++) {
      int value = grey[i] & 0xFF;
      sheet.setRGB(i % size, i / size, value << 16 | value << 8 | value);
    }
    for (int e = 0; e < PICTURED_EDITS.length; e++) {
      float[] wished = new float[2 * count];
      for (int i = 0; i < count; i++) {
        wished[2 * i] = PICTURED_EDITS[e][0];
        wished[2 * i + 1] = PICTURED_EDITS[e][1];
      }
      byte[] rgb = graph.edit(grey, wished, count);
      for (int i = 0; i < rgb.length / 3; i++) {
        int colour =
            (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
        sheet.setRGB((1 + e) * size + i % size, i / size, colour);
      }
    }
    try {
      ImageIO.write(
          sheet,
          "png",
          folder
              .resolve(String.format(Locale.ROOT, "edited-%s-%06d.png", set.name(), step))
              .toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a picture to " + folder, e);
    }
  }

  private void append(Report report) {
    StringBuilder head =
        new StringBuilder(
            "step,seconds,reconstruction,edit,emotion,prior,image,reencoding,"
                + "prior_discriminator,real_discriminator");
    Losses losses = report.losses();
    StringBuilder row =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%d,%d,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f",
                report.step(),
                report.trained().toSeconds(),
                losses.reconstruction(),
                losses.edit(),
                losses.emotion(),
                losses.prior(),
                losses.image(),
                losses.reencoding(),
                losses.priorDiscriminator(),
                losses.realDiscriminator()));
    report
        .ccc()
        .forEach(
            (set, ccc) -> {
              head.append(",ccc_arousal_").append(set).append(",ccc_valence_").append(set);
              for (OptionalDouble value : ccc) {
                row.append(',');
                value.ifPresent(v -> row.append(String.format(Locale.ROOT, "%.4f", v)));
              }
            });
    Path file = folder.resolve("metrics.csv");
    try {
      boolean fresh = !Files.exists(file);
      try (BufferedWriter writer =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        if (fresh) {
          writer.append(head).append('\n');
        }
        writer.append(row).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
