package io.paffmem.app.evaluate;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.Dataset;
import io.paffmem.app.options.MemoryOptions;
import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.options.SeedLayoutOption;
import io.paffmem.app.options.SeedingOption;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.PriorEvaluation;
import io.paffmem.evaluation.VideoEvaluation;
import io.paffmem.evaluation.memory.Streams.Seeding;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.evaluation.prior.NextFrame;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.dataset.FerPlus;
import io.paffmem.ingest.dataset.OmgEmotion;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoFile;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.prior.tensorflow.SavedModelIdentity;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.stage.SeedLayout;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Figures of a PK and of the memory on top of it. */
@Command(
    name = "evaluate",
    description = {
      "Measures a PK, and the memory on top of it, on faces whose expression is known: agreement"
          + " with the labels, where faces lie in z, and how true imagined faces are. docs/evaluation.md defines every figure."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class EvaluateCommand implements Callable<Integer> {
  private static final int MOST_VIDEO_PICTURES = 1500;
  static final int SECOND_OF_VIDEO = 25;
  static final int FIRST_PHOTOGRAPHS = 5;

  /** What can be evaluated. */
  static final class Evaluated extends Dataset.OneOf {
    Evaluated() {
      super(Dataset.SYNTHETIC, Dataset.FACES, Dataset.FERPLUS, Dataset.OMG);
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder of the photographs, in the layout of the data set.")
  private @Nullable Path folder;

  @Option(
      names = "--dataset",
      paramLabel = "synthetic|faces|ferplus|omg",
      converter = Evaluated.class,
      description =
          "synthetic: rendered people whom training never draws. faces: photographs in DIR, in the"
              + " layout of muxspace/facial_expressions. ferplus: those of FER+, with --prior-only:"
              + " it names nobody whom a memory could be of. omg: videos in the layout of OMG-Emotion;"
              + " the memory and its rivals, by face and by utterance.")
  private @Nullable Dataset dataset;

  @Option(
      names = "--prior-only",
      description =
          "Measure the PK alone, without a memory and imagined faces: agreement, what it says of"
              + " each expression, and whether it knows how sure it is.")
  private boolean priorOnly;

  @Option(
      names = "--split",
      paramLabel = "training|validation|test",
      description = "Part of FER+. Default: validation.")
  private FerPlus.@Nullable Part split;

  @Option(
      names = "--min-images",
      paramLabel = "M",
      description =
          "Leave out people with fewer photographs; default ${DEFAULT-VALUE}: everybody counts.")
  private int leastImages = 1;

  @Option(
      names = "--max-images",
      paramLabel = "M",
      description = "Leave out people with more photographs. Default: nobody.")
  private int mostImages = Integer.MAX_VALUE;

  @Option(
      names = "--seeding-frames",
      paramLabel = "F",
      description =
          "Of each person's first F, some seed the memory. Default: 25 frames of a video, 5"
              + " photographs.")
  private @Nullable Integer seedingFrames;

  @Option(
      names = "--seeding",
      paramLabel = "by-need|every-frame",
      converter = SeedingOption.class,
      description = "Which of them; default: by-need, as the topology does it.")
  private SeedingPolicy seedingPolicy = SeedingPolicy.byNeed();

  @Option(
      names = "--seed-layout",
      paramLabel = "LAYOUT",
      converter = SeedLayoutOption.class,
      description = "Which faces are imagined: ${COMPLETION-CANDIDATES}. Default: chebyshev-36.",
      completionCandidates = SeedLayoutOption.Names.class)
  private SeedLayout layout = SeedLayout.CHEBYSHEV_36;

  @Option(
      names = "--decisions",
      description = "Also run the memory with one of its parameters changed at a time.")
  private boolean decisions;

  @Option(
      names = "--figure",
      paramLabel = "FILE",
      description =
          "Draw Figure 3 of the paper there, of the first synthetic person: CCC of PK and memory,"
              + " and the memory's activity, along time (SVG).")
  private @Nullable Path figure;

  @Option(
      names = "--shuffles",
      paramLabel = "K",
      description =
          "How often everybody's photographs come, each time in another order; default"
              + " ${DEFAULT-VALUE}.")
  private int shuffles = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Other seeds bring other synthetic people, and draw the intervals anew. Default"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--validation-of",
      paramLabel = "SEED",
      description =
          "Of the photographs, only those of people whom 'train --seed SEED' keeps for validation."
              + " Default: everybody.")
  private @Nullable Long validationOf;

  @Option(
      names = "--video",
      paramLabel = "FILE",
      description =
          "Recording of one person: measure the step from frame to frame on it. Default: on"
              + " synthetic videos, and not at all for photographs.")
  private @Nullable Path video;

  @Option(
      names = "--identity-model",
      paramLabel = "DIR",
      description =
          "SavedModel of a face-identity network (as 'train identity' exports it): measure whether"
              + " imagined faces still show the person.")
  private @Nullable Path identityModel;

  @Mixin private SummaryOption summary;
  @Mixin private VideoOptions videos;
  @Mixin private VideoOptions.Conditions conditions;
  @Mixin private VideoOptions.Taught taught;
  @Mixin private MemoryOptions memory;
  @Spec private CommandSpec spec;
  @Mixin private TopicEvaluation topic;
  @Mixin private ClusterOptions cluster;
  @Mixin private ModelOptions model;

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    if (topic.isWished() && dataset == null) {
      Problems problems = new Problems();
      checkFiles(problems);
      topic.check(figure, problems);
      problems.throwIfAny();
      topic.run(cluster, figure, summary, out);
      return 0;
    }
    check();
    // Before the model, as most mistakes are made here.
    MemoryConfig config = memory.memory();
    ChosenPhotographs photographs = dataset == Dataset.OMG ? null : photographs();
    if (photographs != null && taught.isWished()) {
      photographsTaught(photographs, config, out);
      return 0;
    }
    if (dataset == Dataset.OMG || conditions.isWished() || taught.isWished()) {
      videosAlone(config, out);
      return 0;
    }
    if (priorOnly) {
      priorAlone(photographs, out);
      return 0;
    }
    try (PriorKnowledge prior = model.load();
        SavedModelIdentity identity =
            identityModel == null ? null : SavedModelIdentity.load(identityModel, model.device())) {
      OptionalDouble recorded = video == null ? OptionalDouble.empty() : nextFrame(prior, video);
      Evaluation evaluation =
          photographs == null
              ? synthetic(prior, identity, config, recorded, out)
              : faces(prior, identity, photographs, config, recorded, out);
      out.print(EvaluationText.of(evaluation));
      summary.write(evaluation);
    }
    return 0;
  }

  private @Nullable ChosenPhotographs photographs() {
    if (dataset == Dataset.SYNTHETIC || folder == null) {
      return null;
    }
    return dataset == Dataset.FERPLUS
        ? new ChosenPhotographs(
            FerPlus.read(folder), split == null ? FerPlus.Part.VALIDATION : split)
        : new ChosenPhotographs(
            FacialExpressions.read(folder), validationOf, leastImages, mostImages);
  }

  private void priorAlone(@Nullable ChosenPhotographs photographs, PrintStream out)
      throws IOException {
    try (PriorKnowledge prior = model.load();
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize())) {
      LabelledFaces faces =
          photographs == null
              ? new SyntheticVideos(videos.people(), seed, Shooting.roam(videos.seconds()))
              : new EvaluatedPhotographs(photographs.faces(), decoder);
      EmbeddedFaces embedded =
          new Progress(out).during("embed", faces.size(), at -> EmbeddedFaces.of(prior, faces, at));
      if (embedded.rows().isEmpty()) {
        throw new StartException(
            "none of the %d pictures of the data set can be read".formatted(faces.size()));
      }
      Map<String, Integer> leftOut = new LinkedHashMap<>();
      if (photographs != null) {
        leftOut.putAll(photographs.leftOut());
        leftOut.put("unreadable", embedded.unreadable());
      }
      PriorEvaluation evaluation =
          PriorEvaluation.of(
              Objects.requireNonNull(dataset).spelled(),
              prior.modelVersion(),
              embedded,
              leftOut,
              photographs == null ? Set.of() : PhotographEvaluation.COMMON,
              seed);
      out.print(PriorEvaluationText.of(evaluation));
      summary.write(evaluation);
    }
  }

  private void videosAlone(MemoryConfig config, PrintStream out) throws IOException {
    OmgEmotion omg = dataset == Dataset.OMG ? OmgEmotion.read(folder(), topic.scale()) : null;
    try (PriorKnowledge prior = model.load()) {
      VideoTrial trial =
          new VideoTrial(prior, trial(SECOND_OF_VIDEO, config), seed, new Progress(out));
      VideoEvaluation evaluation =
          new VideoEvaluation(
              prior.modelVersion(), omg == null ? synthetic(trial) : List.of(trial.recorded(omg)));
      out.print(VideoEvaluationText.of(evaluation));
      summary.write(evaluation);
    }
  }

  private List<VideoEvaluation.Part> synthetic(VideoTrial trial) {
    List<Shooting> shootings = conditions.shootings(videos.seconds(), taught.isWished());
    return taught.isWished()
        ? trial.taught(videos.people(), shootings, taught.lessons())
        : trial.synthetic(videos.people(), shootings);
  }

  private void photographsTaught(
      ChosenPhotographs photographs, MemoryConfig config, PrintStream out) throws IOException {
    try (PriorKnowledge prior = model.load();
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize())) {
      Progress progress = new Progress(out);
      EvaluatedPhotographs faces = new EvaluatedPhotographs(photographs.faces(), decoder);
      EmbeddedFaces embedded =
          progress.during("embed", faces.size(), at -> EmbeddedFaces.of(prior, faces, at));
      VideoTrial trial = new VideoTrial(prior, trial(FIRST_PHOTOGRAPHS, config), seed, progress);
      VideoEvaluation evaluation =
          new VideoEvaluation(
              prior.modelVersion(),
              List.of(
                  trial.taught(
                      embedded,
                      ChosenPhotographs.orders(embedded, shuffles, seed),
                      photographs.leftOut(),
                      taught.lessons(),
                      taught.mostLabels())));
      out.print(VideoEvaluationText.of(evaluation));
      summary.write(evaluation);
    }
  }

  private Path folder() {
    return Objects.requireNonNull(folder);
  }

  private Evaluation synthetic(
      PriorKnowledge prior,
      @Nullable IdentityModel identity,
      MemoryConfig config,
      OptionalDouble recorded,
      PrintStream out) {
    MemoryTrial.Settings trial = trial(SECOND_OF_VIDEO, config);
    return new SyntheticEvaluation(prior, identity, videos.people(), videos.seconds(), trial, seed)
        .run(recorded, new Progress(out));
  }

  private Evaluation faces(
      PriorKnowledge prior,
      @Nullable IdentityModel identity,
      ChosenPhotographs photographs,
      MemoryConfig config,
      OptionalDouble recorded,
      PrintStream out) {
    try (TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(prior.imageSize())) {
      return new PhotographEvaluation(
              prior,
              identity,
              photographs,
              decoder,
              trial(FIRST_PHOTOGRAPHS, config),
              shuffles,
              seed)
          .run(recorded, new Progress(out));
    }
  }

  private MemoryTrial.Settings trial(int standardSeedingFrames, MemoryConfig config) {
    return new MemoryTrial.Settings(
        new Seeding(seedingFrames == null ? standardSeedingFrames : seedingFrames, seedingPolicy),
        layout,
        config,
        decisions,
        figure);
  }

  private static OptionalDouble nextFrame(PriorKnowledge prior, Path file) {
    NextFrame nextFrame = new NextFrame(prior);
    try (VideoFile video = VideoFile.open(file);
        FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      int pictures = 0;
      for (Picture picture = video.next();
          picture != null && pictures < MOST_VIDEO_PICTURES;
          picture = video.next()) {
        pictures++;
        Sighting sighting = finder.find(picture);
        if (sighting instanceof Sighting.Detected detected) {
          nextFrame.add(finder.rgb(picture, detected.box()));
        } else if (sighting instanceof Sighting.Carried carried) {
          nextFrame.add(finder.rgb(picture, carried.box()));
        } else {
          nextFrame.interrupt();
        }
      }
    }
    OptionalDouble median = nextFrame.median();
    if (median.isEmpty()) {
      throw new StartException(
          "no face was found in two pictures in a row of " + file + "; name another --video");
    }
    return median;
  }

  private void check() {
    if (topic.isWished() || dataset == null) {
      throw new ParameterException(spec.commandLine(), "name a --dataset or --from-topic");
    }
    Problems problems = new Problems();
    topic.checkUnused(dataset == Dataset.OMG, problems);
    problems.addIf(
        dataset != Dataset.SYNTHETIC && folder == null,
        "--dataset %s needs its folder",
        dataset.spelled());
    problems.addIf(
        dataset == Dataset.FERPLUS && !priorOnly,
        "--dataset ferplus names nobody whom a memory could be of: add --prior-only");
    problems.addIf(dataset != Dataset.FERPLUS && split != null, "--split is for --dataset ferplus");
    problems.addIf(
        dataset == Dataset.FERPLUS
            && (validationOf != null || leastImages > 1 || mostImages < Integer.MAX_VALUE),
        "--validation-of, --min-images and --max-images are for --dataset faces");
    problems.addIf(
        priorOnly
            && (decisions
                || figure != null
                || video != null
                || identityModel != null
                || seedingFrames != null),
        "--prior-only measures neither a memory nor imagined faces: leave out --decisions, --figure,"
            + " --video, --identity-model and --seeding-frames");
    problems.addIf(
        dataset == Dataset.SYNTHETIC && folder != null,
        "--dataset synthetic renders its faces and takes no folder, but got %s",
        folder);
    problems.addIf(
        dataset == Dataset.SYNTHETIC && validationOf != null,
        "--validation-of is for --dataset faces: no synthetic one is trained on");
    videos.check(problems);
    conditions.check(problems);
    checkTaught(problems);
    problems.addIf(
        conditions.isWished() && dataset != Dataset.SYNTHETIC,
        "--mood, --rate, --camera and --then are for --dataset synthetic");
    problems.addIf(
        (conditions.isWished() || dataset == Dataset.OMG)
            && (decisions
                || priorOnly
                || figure != null
                || video != null
                || identityModel != null
                || validationOf != null
                || shuffles > 1),
        "videos alone are evaluated with --dataset omg, --mood, --rate, --camera and --then: leave"
            + " out --decisions, --prior-only, --figure, --video, --identity-model,"
            + " --validation-of and --shuffles");
    problems.addIf(
        dataset == Dataset.FACES && figure != null,
        "--figure is of a video: take --dataset synthetic");
    problems.addIf(leastImages < 1, "--min-images is %s, must be at least 1", leastImages);
    problems.addIf(
        mostImages < leastImages, "--max-images is %s, must be --min-images or more", mostImages);
    problems.addIf(
        seedingFrames != null && seedingFrames < 1,
        "--seeding-frames is %s, must be at least 1",
        seedingFrames);
    problems.addIf(
        shuffles < 1 || shuffles > 1000, "--shuffles is %s, must be 1 to 1000", shuffles);
    checkFiles(problems);
    problems.throwIfAny();
  }

  private void checkTaught(Problems problems) {
    taught.check(problems);
    problems.addIf(
        taught.isWished() && dataset != Dataset.SYNTHETIC && dataset != Dataset.FACES,
        "--teach is for --dataset synthetic and faces");
    problems.addIf(
        taught.lessons().contains(VideoOptions.Taught.NEUTRAL) && dataset == Dataset.FACES,
        "--teach neutral is for --dataset synthetic: photographs show nobody for three seconds");
    problems.addIf(
        taught.isWished()
            && (conditions.hasSecond()
                || decisions
                || priorOnly
                || figure != null
                || video != null),
        "--teach compares the memory with itself: leave out --then, --decisions, --prior-only,"
            + " --figure and --video");
  }

  private void checkFiles(Problems problems) {
    summary.check(problems);
    OutputFile.check("--figure", figure, problems);
  }
}
