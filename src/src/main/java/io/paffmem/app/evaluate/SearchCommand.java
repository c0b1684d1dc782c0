package io.paffmem.app.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.app.options.MemoryOptions;
import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.app.terminal.OutputFolder;
import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.memory.LabelledStream;
import io.paffmem.evaluation.memory.MemorySearch;
import io.paffmem.evaluation.memory.MemorySearch.Trial;
import io.paffmem.evaluation.memory.Streams.Seeding;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.stage.SeedLayout;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches the parameters of the memory. */
@Command(
    name = "search",
    description = {
      "Searches the parameters of the memory by a Tree-structured Parzen Estimator: those that"
          + " close"
          + " most of the PK's gap on synthetic videos and lose nothing on photographs.",
      "Search on people who are in no report: by default the synthetic ones of seed 2, and of the"
          + " photographs people kept from training who have 6 to 19."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class SearchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      description = "Folder of the photographs: data/legend.csv and images/.")
  private Path folder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder for trials.csv, one row a trial, and best.properties, for --memory-settings of"
              + " the other"
              + " commands.")
  private Path out;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "How many, the memory as it is among them; default ${DEFAULT-VALUE}. The first 20 are"
              + " random.")
  private int trials = 150;

  @Option(
      names = "--min-images",
      paramLabel = "M",
      description = "Leave out people with fewer photographs; default ${DEFAULT-VALUE}.")
  private int leastImages = 6;

  @Option(
      names = "--max-images",
      paramLabel = "M",
      description = "Leave out people with more photographs; default ${DEFAULT-VALUE}.")
  private int mostImages = 19;

  @Option(
      names = "--shuffles",
      paramLabel = "K",
      description = "Orders of everybody's photographs; default ${DEFAULT-VALUE}.")
  private int shuffles = 4;

  @Option(
      names = "--validation-of",
      paramLabel = "SEED",
      description =
          "Only photographs of people whom 'train --seed SEED' keeps for validation; default"
              + " ${DEFAULT-VALUE}.")
  private long validationOf = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the synthetic people and of the search; default ${DEFAULT-VALUE}.")
  private long seed = 2;

  @Mixin private VideoOptions videos;
  @Mixin private MemoryOptions memory;
  @Mixin private ModelOptions model;

  @Override
  public Integer call() throws Exception {
    check();
    ChosenPhotographs chosen =
        new ChosenPhotographs(
            FacialExpressions.read(folder), validationOf, leastImages, mostImages);
    PrintStream print = System.out;
    MemorySearch search = search(chosen, new Progress(print));
    @Nullable Trial best = null;
    try (PrintWriter table =
        new PrintWriter(Files.newBufferedWriter(out.resolve("trials.csv"), UTF_8))) {
      table.println(TrialText.header());
      for (int i = 0; i < trials; i++) {
        Trial trial = search.next();
        table.println(TrialText.row(trial));
        table.flush();
        if (table.checkError()) {
          throw new StartException("trials.csv cannot be written in " + out + "; is it full?");
        }
        if (best == null || trial.score() > best.score()) {
          best = trial;
          OutputFile.write(out.resolve("best.properties"), TrialText.properties(best));
          print.println(TrialText.line(i == 0 ? "as it is" : "best so far", best));
        }
      }
    }
    print.printf(
        Locale.ROOT,
        "%d trials in %s; apply the best with --memory-settings %s%n",
        trials,
        out.resolve("trials.csv"),
        out.resolve("best.properties"));
    return 0;
  }

  /** With every face embedded and imagined once, so that a trial is arithmetic of the memory. */
  private MemorySearch search(ChosenPhotographs chosen, Progress progress) {
    try (PriorKnowledge prior = model.load();
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize())) {
      SyntheticVideos rendered =
          new SyntheticVideos(videos.people(), seed, Shooting.roam(videos.seconds()));
      EmbeddedFaces frames =
          progress.during("embed", rendered.size(), at -> EmbeddedFaces.of(prior, rendered, at));
      List<LabelledStream> moving =
          MemoryTrial.imagine(
              prior,
              frames,
              rendered.orders(),
              SeedLayout.CHEBYSHEV_36,
              new Seeding(EvaluateCommand.SECOND_OF_VIDEO, SeedingPolicy.byNeed()),
              progress);
      EvaluatedPhotographs photographs = new EvaluatedPhotographs(chosen.faces(), decoder);
      EmbeddedFaces pictures =
          progress.during(
              "embed", photographs.size(), at -> EmbeddedFaces.of(prior, photographs, at));
      if (pictures.rows().isEmpty()) {
        throw new StartException(
            "none of the %d pictures of the data set can be read".formatted(photographs.size()));
      }
      List<LabelledStream> still =
          MemoryTrial.imagine(
              prior,
              pictures,
              ChosenPhotographs.orders(pictures, shuffles, validationOf),
              SeedLayout.CHEBYSHEV_36,
              new Seeding(EvaluateCommand.FIRST_PHOTOGRAPHS, SeedingPolicy.byNeed()),
              progress);
      return new MemorySearch(moving, still, memory.memory(), seed);
    }
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(trials < 1 || trials > 100_000, "--trials is %s, must be 1 to 100000", trials);
    videos.check(problems);
    problems.addIf(
        leastImages < 1 || mostImages < leastImages,
        "--min-images is %d and --max-images %d, must be 1 or more, and not in the wrong order",
        leastImages,
        mostImages);
    problems.addIf(
        shuffles < 1 || shuffles > 1000, "--shuffles is %s, must be 1 to 1000", shuffles);
    OutputFolder.check("--out", out, problems);
    problems.addRefusalOf(memory::memory);
    problems.throwIfAny();
    OutputFolder.create("--out", out);
  }
}
