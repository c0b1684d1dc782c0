package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.PriorExport;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.training.checkpoint.Checkpoints;
import io.paffmem.training.checkpoint.Checkpoints.Checkpoint;
import io.paffmem.training.checkpoint.RecordValues;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.Batch;
import io.paffmem.training.faces.BatchQueue;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.graph.TrainingGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a PK in a folder and exports it. A run that was stopped or killed goes on from its newest
 * checkpoint; {@code metrics.csv} and pictures of edited validation faces lie beside them.
 *
 * <p>With a budget of steps alone, a run depends on its settings, its faces and its seed only: one
 * that was stopped and goes on makes the same steps as one that was not.
 */
public final class Trainer {
  /** Which checkpoint becomes the PK. */
  public enum Choice {
    /** The newest. */
    LAST,
    /** The one with the best score in validation. */
    BEST
  }

  /**
   * How a run ended.
   *
   * @param step the last one made
   * @param finished whether the budget is used up; if not, the run was asked to stop
   * @param checkpoint its folder
   */
  public record Outcome(long step, boolean finished, Path checkpoint) {}

  private final NetworkConfig network;
  private final TrainingConfig config;
  private final Device device;
  private final Optional<Path> identity;
  private final Path folder;
  private final LongSupplier nanoClock;
  private final List<Batch.Weighted> training = new ArrayList<>();
  private @Nullable Path earlier;
  private @Nullable Path encoderFrom;
  private final List<FaceSet> keptBack = new ArrayList<>();
  private final Validation validation = new Validation();

  /**
   * A trainer without faces.
   *
   * @param wished where to compute
   * @param identity folder of a face-identity network, for the identity loss
   * @param folder for checkpoints, metrics and pictures; a run that was begun there goes on
   * @param nanoClock such as {@link System#nanoTime}
   * @throws ModelException if the device is not there
   */
  public Trainer(
      NetworkConfig network,
      TrainingConfig config,
      Device wished,
      Optional<Path> identity,
      Path folder,
      LongSupplier nanoClock) {
    this.network = network;
    this.config = config;
    this.device = wished.verified();
    this.identity = identity;
    this.folder = folder;
    this.nanoClock = nanoClock;
  }

  /** The device that computes: CPU or GPU. */
  public Device device() {
    return device;
  }

  /**
   * Adds faces; some of their people are kept for validation.
   *
   * @param weight part of every batch, relative to the other sets', above 0
   * @param judges whether the best checkpoint is chosen by them; if no set does, by all
   */
  public void add(FaceSet faces, double weight, boolean judges) {
    add(faces.split(config.validationShare(), config.seed()), weight, judges);
  }

  /** Adds faces that are split already, otherwise as {@link #add(FaceSet, double, boolean)}. */
  public void add(FaceSet.Split faces, double weight, boolean judges) {
    String name = faces.training().name();
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(
          "weight of " + name + " is " + weight + ", must be above 0");
    }
    FaceSet.Reserve reserve = faces.training().reserve(config.calibrationShare(), config.seed());
    training.add(new Batch.Weighted(reserve.used(), weight));
    keptBack.add(reserve.kept());
    validation.add(faces.validation(), judges);
  }

  /**
   * Lets a new run begin with the weights and the optimiser state of another one: with other
   * losses, or other faces. It counts its own steps and has a learning rate of its own. A run that
   * goes on from its own checkpoint has no use for it.
   *
   * @param run folder of a run of the same networks
   */
  public void beginWith(Path run) {
    this.earlier = run;
  }

  /**
   * Lets a new run begin with E and D_em of a PK; also where {@link #beginWith} names a run, whose
   * other weights it keeps. A run that goes on from its own checkpoint has no use for them.
   *
   * @param pk folder of a SavedModel
   */
  public void encoderOf(Path pk) {
    this.encoderFrom = pk;
  }

  /**
   * Trains until the budget is used up or somebody asks to stop; then a checkpoint is there.
   *
   * @param reportEvery steps between checkpoints with a validation, at least 1
   * @param stop asked after each step
   * @throws IllegalStateException if no faces were added
   * @throws TrainingException if the folder's checkpoints are of another run, if a loss is no
   *     longer finite, or if something cannot be written; names the last good checkpoint. Also if
   *     there is nothing to begin with where {@link #beginWith} says
   */
  public Outcome run(
      TrainingBudget budget, long reportEvery, TrainingListener listener, BooleanSupplier stop)
      throws InterruptedException {
    if (training.isEmpty()) {
      throw new IllegalStateException("there are no faces to train on; add a face set");
    }
    if (reportEvery < 1) {
      throw new IllegalArgumentException("reportEvery is " + reportEvery + ", must be at least 1");
    }
    Checkpoints checkpoints = checkpoints(listener::noted);
    Optional<Checkpoint> newest = checkpoints.newest();
    try (TrainingGraph graph = new TrainingGraph(network, config, device, identity)) {
      if (newest.isPresent()) {
        restore(graph, newest.get());
        listener.noted("Going on from the checkpoint " + newest.get() + ".");
      } else if (earlier != null) {
        Checkpoint first = begun(earlier, listener::noted);
        restore(graph, first);
        listener.noted("Beginning with the weights of " + first + ".");
      } else {
        graph.initialize();
      }
      if (newest.isEmpty() && encoderFrom != null) {
        graph.adopt(encoderWeights(encoderFrom));
        listener.noted("E and D_em are those of " + encoderFrom + ".");
      }
      long done = newest.map(checkpoint -> checkpoint.state().step()).orElse(0L);
      int threads = BatchQueue.threadsFor(Runtime.getRuntime().availableProcessors());
      try (BatchQueue<Batch> batches = new BatchQueue<>(this::batch, done + 1, threads)) {
        TrainingRun run =
            new TrainingRun(
                graph, config, batches, validation, checkpoints, folder, listener, nanoClock);
        return run.run(newest, budget, reportEvery, stop);
      }
    }
  }

  /**
   * Exports a checkpoint of the run as a SavedModel, which appears whole.
   *
   * @param name of the PK, e.g. {@code pk-quarter-1}
   * @param target folder of the SavedModel; must not exist
   * @return the step of the exported checkpoint
   * @throws TrainingException if there is no checkpoint, or the model cannot be written
   */
  public long export(Choice choice, String name, Path target, Consumer<String> notes) {
    Checkpoints checkpoints = checkpoints(notes);
    Checkpoint chosen =
        (choice == Choice.BEST ? checkpoints.best() : checkpoints.newest())
            .orElseThrow(() -> new TrainingException("there is no checkpoint in " + folder));
    try (TrainingGraph graph = new TrainingGraph(network, config, device, identity)) {
      restore(graph, chosen);
      // Beside it, so that the rename stays on one disk.
      Path partial =
          Files.createTempDirectory(target.toAbsolutePath().getParent(), "partial-").resolve(name);
      Map<String, float[]> weights = new LinkedHashMap<>(graph.weights());
      weights.putAll(certainty(graph));
      PriorExport.write(network, weights, name, partial);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(partial.getParent());
      return chosen.state().step();
    } catch (TrainingException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new TrainingException(
          "the PK cannot be written to "
              + target
              + " ("
              + Checkpoints.firstLine(e)
              + "); its checkpoint "
              + chosen
              + " is safe",
          e);
    }
  }

  /** Weights of the head that tells how sure the PK is. */
  private Map<String, float[]> certainty(TrainingGraph graph) {
    Calibration calibration = new Calibration(network, config.seed());
    keptBack.forEach(faces -> calibration.add(graph, faces));
    return calibration.weights();
  }

  private static Map<String, Weights> encoderWeights(Path pk) {
    Map<String, Weights> weights = new LinkedHashMap<>();
    try (SavedModelPrior prior = SavedModelPrior.load(pk, Device.CPU)) {
      prior
          .weights()
          .forEach(
              (name, values) -> {
                if (name.startsWith("encoder") || name.startsWith("emotion")) {
                  weights.put(name, values);
                }
              });
    }
    return weights;
  }

  /** The newest checkpoint of a run of the same networks, whatever else was set there. */
  private Checkpoint begun(Path run, Consumer<String> notes) {
    return new Checkpoints(run, RecordValues.of("network", network), notes)
        .newest()
        .orElseThrow(
            () ->
                new TrainingException(
                    "there is no checkpoint in "
                        + run
                        + " to begin with; name the --out of a run"));
  }

  private Checkpoints checkpoints(Consumer<String> notes) {
    SortedMap<String, String> settings = RecordValues.of("network", network);
    settings.putAll(RecordValues.of("training", config));
    return new Checkpoints(folder, settings, notes);
  }

  private Batch batch(long step) {
    return Batch.draw(
        training, config, network.latentSize(), BatchQueue.random(config.seed(), step));
  }

  private static void restore(TrainingGraph graph, Checkpoint checkpoint) {
    try {
      graph.restore(checkpoint.weights());
    } catch (RuntimeException e) { // TensorFlow's have no other type in common
      throw new TrainingException(
          "the checkpoint "
              + checkpoint
              + " does not fit these networks ("
              + Checkpoints.firstLine(e)
              + "); name another folder for the run",
          e);
    }
  }
}
