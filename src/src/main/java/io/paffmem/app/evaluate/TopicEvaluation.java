package io.paffmem.app.evaluate;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.app.terminal.Shutdown;
import io.paffmem.app.terminal.StreamedTable;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.EmotionHistory;
import io.paffmem.evaluation.memory.StreamedEvaluation;
import io.paffmem.ingest.dataset.ArousalScale;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The table of what the topic of events holds and goes on to hold. */
final class TopicEvaluation {
  private static final long PRINT_EVERY_NANOS = 5_000_000_000L;

  @Option(
      names = "--from-topic",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "STREAMS",
      description =
          "Instead of a data set, evaluate the events on the topic emotions, read_committed: of"
              + " streams whose names begin so (omg:1/ is what 'replay --dataset omg' publishes), or"
              + " of all that bear a label. Needs --bootstrap-servers, or --data of a run that is"
              + " over.")
  private @Nullable String streams;

  @Option(
      names = "--follow",
      description = "With --from-topic: go on until Ctrl-C, and print the table now and then.")
  private boolean follow;

  @Option(
      names = "--figure-of",
      paramLabel = "VIDEO",
      description = "With --from-topic: the video, or person, that --figure is of.")
  private @Nullable String figureOf;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description =
          "With --from-topic: write the memory's answer to each utterance there, as the OMG"
              + " challenge"
              + " has it: video,utterance,arousal,valence.")
  private @Nullable Path predictions;

  @Option(
      names = "--arousal-scale",
      paramLabel = "unit|signed",
      description =
          "Scale of the arousal in --predictions, or in --dataset omg: unit is [0, 1], as OMG-Emotion's, signed [-1, 1]."
              + " Default: unit.")
  private @Nullable ArousalScale arousalScale;

  boolean isWished() {
    return streams != null;
  }

  /**
   * Adds what contradicts where no topic is evaluated.
   *
   * @param omg whether OMG-Emotion is, whose arousal has a scale
   */
  void checkUnused(boolean omg, Problems problems) {
    problems.addIf(
        follow || figureOf != null || predictions != null,
        "--follow, --figure-of and --predictions are for --from-topic");
    problems.addIf(
        arousalScale != null && !omg, "--arousal-scale is for --from-topic and --dataset omg");
  }

  /** Of the arousal in the files. */
  ArousalScale scale() {
    return arousalScale == null ? ArousalScale.UNIT : arousalScale;
  }

  /**
   * Adds what contradicts, or cannot be written.
   *
   * @param figure where Figure 3 is drawn; null for nowhere
   */
  void check(@Nullable Path figure, Problems problems) {
    problems.addIf(
        (figure == null) != (figureOf == null),
        "--figure and --figure-of go together with --from-topic");
    OutputFile.check("--predictions", predictions, problems);
  }

  /**
   * Evaluates.
   *
   * @param figure where Figure 3 is drawn; null for nowhere
   * @param summary where the figures are written
   */
  void run(
      ClusterOptions clusterOptions,
      @Nullable Path figure,
      SummaryOption summary,
      PrintStream out) {
    if (!follow) {
      evaluate(clusterOptions, figure, summary, null, out);
      return;
    }
    // Open until all is written: Ctrl-C is how this is meant to end.
    try (Shutdown shutdown = new Shutdown()) {
      evaluate(clusterOptions, figure, summary, shutdown, out);
      shutdown.exitWith(0);
    }
  }

  /**
   * @param shutdown ends the following; null to read to the end of the topic only
   */
  private void evaluate(
      ClusterOptions clusterOptions,
      @Nullable Path figure,
      SummaryOption summary,
      @Nullable Shutdown shutdown,
      PrintStream out) {
    StreamedEvaluation evaluation = new StreamedEvaluation(figureOf);
    String prefix = streams == null ? "" : streams;
    try (Cluster cluster = clusterOptions.openStored(true);
        EmotionHistory events =
            new EmotionHistory(
                cluster, prefix, emotion -> evaluation.add(StreamedTable.event(emotion)))) {
      if (shutdown == null) {
        events.readToEnd();
      } else {
        follow(evaluation, events, shutdown, out);
      }
    }
    if (evaluation.events() == 0) {
      throw new StartException(
          "the topic emotions holds no event with a label"
              + (prefix.isEmpty() ? "" : " of streams that begin with '" + prefix + "'")
              + "; only recorded data sets and the demo have labels");
    }
    out.print(StreamedTable.text(evaluation.figures()));
    if (predictions != null) {
      StreamedTable.writePredictions(
          evaluation.predictions(),
          arousalScale == null ? ArousalScale.UNIT : arousalScale,
          predictions);
    }
    if (figure != null && figureOf != null) {
      StreamedTable.writeFigure(evaluation, figureOf, figure);
    }
    summary.write(evaluation.figures());
  }

  private static void follow(
      StreamedEvaluation evaluation, EmotionHistory events, Shutdown shutdown, PrintStream out) {
    long printedAt = System.nanoTime() - PRINT_EVERY_NANOS;
    long printed = 0;
    while (!shutdown.isAsked()) {
      events.readMore();
      boolean due = System.nanoTime() - printedAt >= PRINT_EVERY_NANOS;
      if (due && evaluation.events() != printed) {
        out.print(StreamedTable.text(evaluation.figures()));
        printedAt = System.nanoTime();
        printed = evaluation.events();
      }
    }
  }
}
