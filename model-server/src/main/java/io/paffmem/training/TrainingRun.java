package io.paffmem.training;

import io.paffmem.training.Trainer.Outcome;
import io.paffmem.training.TrainingReport.Agreement;
import io.paffmem.training.checkpoint.Checkpoints;
import io.paffmem.training.checkpoint.Checkpoints.Checkpoint;
import io.paffmem.training.checkpoint.Checkpoints.State;
import io.paffmem.training.checkpoint.MeanLosses;
import io.paffmem.training.checkpoint.Metrics;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.config.TrainingException;
import io.paffmem.training.faces.Batch;
import io.paffmem.training.faces.BatchQueue;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.graph.TrainingGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The steps of one run, from a checkpoint or the beginning to the end of its budget. */
final class TrainingRun {
  private final TrainingGraph graph;
  private final TrainingConfig config;
  private final BatchQueue<Batch> batches;
  private final Validation validation;
  private final Checkpoints checkpoints;
  private final Metrics metrics;
  private final Path folder;
  private final TrainingListener listener;
  private final LongSupplier nanoClock;

  /** What the clock would have shown at step 0, had the run not been interrupted. */
  private long originNanos;

  private final MeanLosses losses = new MeanLosses();
  private long stepsSinceReport;
  private long steppingNanos;
  private long waitingNanos;
  private double learningRate;

  TrainingRun(
      TrainingGraph graph,
      TrainingConfig config,
      BatchQueue<Batch> batches,
      Validation validation,
      Checkpoints checkpoints,
      Path folder,
      TrainingListener listener,
      LongSupplier nanoClock) {
    this.graph = graph;
    this.config = config;
    this.batches = batches;
    this.validation = validation;
    this.checkpoints = checkpoints;
    this.metrics = new Metrics(folder.resolve("metrics.csv"));
    this.folder = folder;
    this.listener = listener;
    this.nanoClock = nanoClock;
  }

  /**
   * Trains on.
   *
   * @param from whose weights the graph has; empty for fresh ones
   */
  Outcome run(
      Optional<Checkpoint> from, TrainingBudget budget, long reportEvery, BooleanSupplier stop)
      throws InterruptedException {
    State begin = from.map(Checkpoint::state).orElse(Checkpoints.BEGINNING);
    originNanos = nanoClock.getAsLong() - begin.trainedMillis() * 1_000_000;
    long step = begin.step();
    // A run that is over already has nothing to add.
    @Nullable Checkpoint reported =
        from.filter(checkpoint -> checkpoint.state().score().isPresent()).orElse(null);
    while (true) {
      double spent = budget.spent(step, trainedNanos());
      if (spent >= 1) {
        Checkpoint last = reported == null ? report(step) : reported;
        return new Outcome(step, true, last.folder());
      }
      if (stop.getAsBoolean()) {
        // Somebody waits for the end, so there is no validation.
        Checkpoint last = reported == null ? checkpoint(step, OptionalDouble.empty()) : reported;
        return new Outcome(step, false, last.folder());
      }
      step++;
      Map<String, Float> now = step(step, spent);
      listener.stepped(
          new TrainingListener.Progress(
              step, budget.spent(step, trainedNanos()), Duration.ofNanos(trainedNanos()), now));
      reported = step % reportEvery == 0 ? report(step) : null;
    }
  }

  private Map<String, Float> step(long step, double spent) throws InterruptedException {
    long begin = nanoClock.getAsLong();
    Batch batch = batches.next();
    waitingNanos += nanoClock.getAsLong() - begin;
    learningRate = config.learningRate(Math.min(1, spent));
    Map<String, Float> now = graph.step(batch, learningRate, step);
    steppingNanos += nanoClock.getAsLong() - begin;
    stepsSinceReport++;
    now.forEach(
        (name, value) -> {
          if (!Float.isFinite(value)) {
            throw notFinite("the loss " + name + " is " + value, step);
          }
        });
    losses.add(now);
    return now;
  }

  /** Validates, writes a checkpoint, then what explains it. */
  private Checkpoint report(long step) {
    Map<String, Agreement> ccc = validation.agreements(graph);
    double score = validation.score(ccc);
    Checkpoint written = checkpoint(step, OptionalDouble.of(score));
    double millis = stepsSinceReport == 0 ? 0 : steppingNanos / 1e6 / stepsSinceReport;
    double waited = stepsSinceReport == 0 ? 0 : waitingNanos / 1e6 / stepsSinceReport;
    TrainingReport report =
        new TrainingReport(
            step, Duration.ofNanos(trainedNanos()), losses.take(), ccc, score, millis, waited);
    stepsSinceReport = 0;
    steppingNanos = 0;
    waitingNanos = 0;
    try {
      for (FaceSet set : validation.sets()) {
        EditSheet.write(graph, set, step, folder);
      }
      metrics.append(step, row(report));
    } catch (IOException e) {
      throw new TrainingException(
          "pictures and metrics of step "
              + step
              + " cannot be written to "
              + folder
              + " ("
              + Checkpoints.firstLine(e)
              + "); "
              + checkpoints.lastGood(),
          e);
    }
    listener.reported(report);
    return written;
  }

  private Checkpoint checkpoint(long step, OptionalDouble score) {
    // A step's losses are those of the weights before it: these are looked at by themselves.
    graph
        .weights()
        .forEach(
            (name, weights) -> {
              for (float weight : weights) {
                if (!Float.isFinite(weight)) {
                  throw notFinite("a weight of " + name + " is " + weight, step);
                }
              }
            });
    State state = new State(step, Duration.ofNanos(trainedNanos()).toMillis(), score);
    return checkpoints.write(state, graph::save);
  }

  private TrainingException notFinite(String what, long step) {
    return new TrainingException(
        what
            + " at step "
            + step
            + ", so training cannot go on; "
            + checkpoints.lastGood()
            + "; begin again in another folder with another seed or a lower learning rate, or export"
            + " that checkpoint by a budget of no more steps than it has");
  }

  private Map<String, String> row(TrainingReport report) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("seconds", Long.toString(report.trained().toSeconds()));
    report.losses().forEach((name, value) -> row.put(name, number("%.5f", value)));
    report
        .ccc()
        .forEach(
            (set, ccc) -> {
              row.put("ccc_arousal_" + set, number("%.4f", ccc.arousal()));
              row.put("ccc_valence_" + set, number("%.4f", ccc.valence()));
            });
    row.put("score", number("%.4f", report.score()));
    row.put("learning_rate", number("%.3g", learningRate));
    row.put("step_millis", number("%.1f", report.stepMillis()));
    row.put("waited_millis", number("%.2f", report.waitedMillis()));
    return row;
  }

  private static String number(String format, OptionalDouble value) {
    return value.isPresent() ? number(format, value.getAsDouble()) : "";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private long trainedNanos() {
    return nanoClock.getAsLong() - originNanos;
  }
}
