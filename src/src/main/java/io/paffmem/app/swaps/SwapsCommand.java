package io.paffmem.app.swaps;

import io.paffmem.app.options.Dataset;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.terminal.Progress;
import io.paffmem.app.terminal.Tables;
import io.paffmem.evaluation.guard.GuardFigures;
import io.paffmem.evaluation.guard.GuardTrial;
import io.paffmem.evaluation.guard.LookedPerson;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.tensorflow.BundledIdentity;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.start.Problems;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How well memories are guarded. */
@Command(
    name = "swaps",
    description = {
      "Measures the guard of the memory: people step in front of one another, and come under"
          + " another's name another day. How many of their frames would be learnt, and how many of"
          + " the person's own are refused; docs/evaluation.md defines the figures."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class SwapsCommand implements Callable<Integer> {
  /** Photographs that a description is made of: few have more. */
  private static final int FIRST_PHOTOGRAPHS = 5;

  /** What can be measured on. */
  static final class Measured extends Dataset.OneOf {
    Measured() {
      super(Dataset.SYNTHETIC, Dataset.FACES);
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder of the photographs, in the layout of muxspace/facial_expressions.")
  private @Nullable Path folder;

  @Option(
      names = "--dataset",
      paramLabel = "synthetic|faces",
      converter = Measured.class,
      description =
          "synthetic: rendered people whom training never draws. faces: photographs in DIR, each of"
              + " another day.")
  private @Nullable Dataset dataset;

  @Option(
      names = "--videos",
      split = ",",
      paramLabel = "FILE",
      description = "Recordings of real people, each of another person, separated by commas.")
  private List<Path> videos = new ArrayList<>();

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "Synthetic people; default ${DEFAULT-VALUE}.")
  private int people = 40;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of each of their videos; default ${DEFAULT-VALUE}.")
  private double seconds = 20;

  @Option(
      names = "--strangers",
      paramLabel = "N",
      description =
          "How many others come under each person's name, at most; default ${DEFAULT-VALUE}.")
  private int strangers = 10;

  @Option(
      names = "--validation-of",
      paramLabel = "SEED",
      description =
          "Of the photographs, those of people whom 'train identity --seed SEED' kept from"
              + " training; default ${DEFAULT-VALUE}.")
  private long validationOf = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Other seeds bring other synthetic people, and draw the intervals anew. Default"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--identity-model",
      paramLabel = "DIR",
      description = "A network of 'train identity'. Default: the one in the box.")
  private @Nullable Path identityModel;

  @Mixin private SummaryOption summary;

  @Override
  public Integer call() {
    check();
    PrintStream out = System.out;
    try (SavedModelIdentity model =
        identityModel == null
            ? BundledIdentity.load(Device.AUTO)
            : SavedModelIdentity.load(identityModel, Device.AUTO)) {
      List<GuardFigures> figures = measure(new LookedFaces(model), new Progress(out));
      out.print(text(figures));
      summary.write(figures);
    }
    return ExitCode.OK;
  }

  private List<GuardFigures> measure(LookedFaces faces, Progress progress) {
    GuardConfig standard = GuardConfig.standard();
    if (dataset == Dataset.SYNTHETIC) {
      List<LookedPerson> looked =
          progress.during("look", people, at -> faces.synthetic(people, seconds, seed, at));
      GuardTrial trial = new GuardTrial(standard, looked, strangers, seed);
      return List.of(trial.swaps(), trial.anotherDay());
    }
    Path photographs = folder;
    if (photographs == null) {
      List<LookedPerson> looked =
          progress.during("look", videos.size(), at -> faces.recorded(videos, at));
      return List.of(new GuardTrial(standard, looked, strangers, seed).swaps());
    }
    try (TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(NetworkConfig.IMAGE_SIZE)) {
      List<LookedPerson> looked =
          faces.photographs(
              FacialExpressions.read(photographs), validationOf, FIRST_PHOTOGRAPHS + 1, decoder);
      GuardConfig few = standard.withFirstFrames(FIRST_PHOTOGRAPHS);
      return List.of(new GuardTrial(few, looked, strangers, seed).photographs());
    }
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(
        (dataset == null) == videos.isEmpty(), "name one of --dataset and --videos, not both");
    problems.addIf(
        (dataset == Dataset.FACES) != (folder != null),
        "a folder of photographs goes with --dataset faces, and that with a folder");
    problems.addIf(videos.size() == 1, "--videos names one person, two are needed");
    problems.addIf(people < 2 || people > 10_000, "--people is %s, must be 2 to 10000", people);
    problems.addIf(
        !(seconds >= 2 && seconds <= 3600), "--seconds is %s, must be 2 to 3600", seconds);
    problems.addIf(strangers < 1, "--strangers is %s, must be at least 1", strangers);
    summary.check(problems);
    problems.throwIfAny();
  }

  private static String text(List<GuardFigures> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "people", "strangers' frames learnt", "one's own refused"));
    for (GuardFigures each : figures) {
      rows.add(
          List.of(
              each.scenario(),
              Integer.toString(each.people()),
              part(each.learnt(), each.learntInterval(), each.strangerFrames()),
              part(each.refused(), each.refusedInterval(), each.ownFrames())));
    }
    return Tables.render(rows);
  }

  private static String part(double part, @Nullable Interval interval, long of) {
    String text = String.format(Locale.ROOT, "%.2f %%", 100 * part);
    if (interval != null) {
      text +=
          String.format(
              Locale.ROOT, " (%.2f to %.2f)", 100 * interval.low(), 100 * interval.high());
    }
    return text + String.format(Locale.ROOT, " of %,d", of);
  }
}
