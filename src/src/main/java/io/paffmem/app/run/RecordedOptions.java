package io.paffmem.app.run;

import io.paffmem.app.options.Dataset;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.ingest.dataset.ArousalScale;
import io.paffmem.ingest.dataset.RecordedName;
import io.paffmem.start.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A recorded data set that is to be replayed. */
final class RecordedOptions {
  /** The layouts that can be replayed. */
  static final class Replayed extends Dataset.OneOf {
    Replayed() {
      super(Dataset.OMG, Dataset.AFFECTNET, Dataset.FACES, Dataset.FERPLUS);
    }
  }

  /** Which part of a data set whose makers divided it; AffectNet has no test part. */
  enum Split {
    TRAINING,
    VALIDATION,
    TEST
  }

  @Option(
      names = "--dataset",
      paramLabel = "omg|affectnet|faces|ferplus",
      converter = Replayed.class,
      description =
          "Publish the recorded data set in the folder VIDEO with its labels, as fast as it goes,"
              + " and print its table; docs/datasets.md has the layouts. The same command goes on where"
              + " it was broken off.")
  private @Nullable Dataset kind;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description =
          "Part of the names of people and streams: a replay of another name begins anew. Default"
              + " ${DEFAULT-VALUE}.")
  private String run = "1";

  @Option(
      names = "--arousal-scale",
      paramLabel = "unit|signed",
      description =
          "Scale of OMG-Emotion's arousal: unit is [0, 1], mapped to [-1, 1]; signed is [-1, 1]"
              + " already. Default ${DEFAULT-VALUE}.")
  private ArousalScale arousalScale = ArousalScale.UNIT;

  @Option(
      names = "--split",
      paramLabel = "training|validation|test",
      description =
          "Part of AffectNet (which has no test part) or FER+; default: validation, or training where"
              + " there is no other.")
  private @Nullable Split split;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description =
          "Write the memory's answer to each utterance there, as the OMG challenge has it:"
              + " video,utterance,arousal,valence.")
  private @Nullable Path predictions;

  @Option(
      names = "--teach",
      paramLabel = "N",
      description =
          "The labels of each person's first N photographs or utterances teach the memory, each once"
              + " its face is answered; the table is of all answers. Default: none teaches.")
  private int teach;

  int teach() {
    return teach;
  }

  @Nullable Dataset kind() {
    return kind;
  }

  String run() {
    return run;
  }

  ArousalScale arousalScale() {
    return arousalScale;
  }

  @Nullable Split split() {
    return split;
  }

  @Nullable Path predictions() {
    return predictions;
  }

  /** Adds what contradicts, for a data set or for none. */
  void check(Problems problems) {
    problems.addIf(
        !RecordedName.RUN.matcher(run).matches(),
        "--run must have 1 to 50 letters of A-Z and a-z, digits, dots, - and _");
    problems.addIf(kind == null && predictions != null, "--predictions is for a --dataset");
    problems.addIf(
        split != null && kind != Dataset.AFFECTNET && kind != Dataset.FERPLUS,
        "--split is for --dataset affectnet and ferplus");
    problems.addIf(
        split == Split.TEST && kind == Dataset.AFFECTNET,
        "--dataset affectnet has no --split test");
    problems.addIf(teach < 0 || teach > 64, "--teach is %s, must be 0 to 64", teach);
    problems.addIf(kind == null && teach != 0, "--teach is for a --dataset");
    OutputFile.check("--predictions", predictions, problems);
  }
}
