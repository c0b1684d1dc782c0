package io.paffmem.app.run;

import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.Dataset;
import io.paffmem.app.options.FaceOptions;
import io.paffmem.app.options.OneProcessOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.LiveView;
import io.paffmem.app.terminal.OutputFile;
import io.paffmem.app.terminal.StreamedTable;
import io.paffmem.cluster.HeldFrames;
import io.paffmem.evaluation.memory.StreamedEvaluation;
import io.paffmem.ingest.dataset.RecordedName;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.replay.Pace;
import io.paffmem.ingest.replay.ReplayCounts;
import io.paffmem.ingest.replay.ReplayListener;
import io.paffmem.ingest.replay.ReplayMeters;
import io.paffmem.ingest.replay.Sight;
import io.paffmem.ingest.replay.Watch;
import io.paffmem.ingest.video.Late;
import io.paffmem.ingest.video.LiveConfig;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.SourceAddress;
import io.paffmem.ingest.video.VideoSource;
import io.paffmem.ingest.video.VideoSources;
import io.paffmem.ledger.AnswerListener;
import io.paffmem.ledger.RunSummary;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.PersonName;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Videos, cameras and streams through everything. */
@Command(
    name = "replay",
    description = {
      "Sends videos, cameras or streams, each of one person, through everything and shows what"
          + " comes"
          + " out.",
      "Without --bootstrap-servers the broker and all stages run in this process. Cameras and"
          + " streams"
          + " go on until Ctrl-C."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class ReplayCommand implements Callable<Integer> {
  /** As a shell has it for a program that Ctrl-C ended. */
  private static final int STOPPED = 130;

  /** Leaves room for a slash and a number. */
  private static final int LONGEST_OF_MANY = PersonKey.MAX_CHARACTERS - 8;

  @Parameters(
      arity = "0..1",
      paramLabel = "VIDEO",
      description =
          "A file that FFmpeg can read, a camera (/dev/video0), or an rtsp:// or http:// address,"
              + " of"
              + " the --person.")
  private @Nullable String video;

  @Option(
      names = "--person",
      paramLabel = "NAME",
      description = "Who is seen in VIDEO; their memory goes on from video to video with --data.")
  private @Nullable String person;

  @Option(
      names = "--source",
      paramLabel = "PERSON=ADDRESS",
      converter = NamedSource.Converter.class,
      description = "Another person and where they are seen, as VIDEO; repeatable.")
  private List<NamedSource> named = new ArrayList<>();

  @Option(
      names = "--video-stream",
      paramLabel = "N",
      description =
          "Which of the streams of pictures in a source, from 1, covers left out. Default: the one"
              + " that is marked as the default, as players show it.")
  private @Nullable Integer videoStream;

  @Option(
      names = "--hls",
      description = "An http:// address may be a playlist (HLS), which opens all that it names.")
  private boolean playlists;

  @Option(
      names = "--follow-redirects",
      description = "An address may lead to another host; without it, only to the same one.")
  private boolean redirects;

  @Option(
      names = "--late",
      paramLabel = "every|newest",
      description =
          "Whether every picture is looked at, or only the newest when it is late. Default: every"
              + " one of a recording, the newest of a camera or stream.")
  private @Nullable Late late;

  @Option(
      names = "--stall-timeout",
      paramLabel = "SECONDS",
      description =
          "A camera or stream that gives no picture for that long is connected anew. Default: 10.")
  private @Nullable Double stallSeconds;

  @Option(
      names = "--give-up",
      paramLabel = "SECONDS",
      description =
          "A camera or stream that is away for longer is an error; without it, it is waited for.")
  private @Nullable Double giveUpSeconds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Stop after that long; without it, at the end of all sources or with Ctrl-C.")
  private @Nullable Double seconds;

  @Option(
      names = "--people",
      description =
          "Everybody who is seen in VIDEO is a person of their own: NAME/1, NAME/2 and so on, in"
              + " the order in which they appear. Default: one face is followed.")
  private boolean everybody;

  @Option(
      names = "--save-video",
      paramLabel = "FILE",
      description =
          "Write the recording with what came out of it laid over its pictures: boxes, names, the"
              + " square and the curves. FILE ends with .mp4, .mov or .mkv.")
  private @Nullable Path saved;

  @Spec private CommandSpec spec;
  @Mixin private RecordedOptions dataset;
  @Mixin private RunOptions run;
  @Mixin private DeclarationOptions declaration;
  @Mixin private FaceOptions faces;
  @Mixin private OneProcessOptions process;
  @Mixin private SecretOptions secret;

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    Dataset kind = dataset.kind();
    if (kind != null) {
      return replay(kind, out);
    }
    LiveConfig live = check();
    List<NamedSource> sources = sources();
    List<VideoSource> opened = new ArrayList<>();
    VideoSources all =
        VideoSources.with(live, late == null ? Late.NEWEST : late)
            .videoStream(videoStream)
            .playlists(playlists)
            .redirects(redirects);
    try {
      // Before anything is started, as most mistakes are made here.
      for (NamedSource source : sources) {
        opened.add(all.open(source.address()));
      }
      WaitingLimit usual =
          opened.stream().anyMatch(VideoSource::isLive) ? WaitingLimit.AT_ONCE : WaitingLimit.NONE;
      Path file = saved;
      Pseudonyms pseudonyms = secret.ofRun(process);
      SavedVideo video = file == null ? null : new SavedVideo(file, pseudonyms::name);
      if (video != null && opened.stream().anyMatch(VideoSource::isLive)) {
        throw new StartException("--save-video is for a recording, not for a camera or stream");
      }
      AnswerListener listener =
          video == null ? (event, publishedAtNanos, readAtNanos) -> {} : video;
      int status;
      try (SourceRun everything =
          new SourceRun("replay", process, usual, declaration, pseudonyms, listener, out)) {
        status = replay(sources, opened, everything, video, all, out);
      }
      return status;
    } finally {
      opened.forEach(VideoSource::close);
    }
  }

  private int replay(
      List<NamedSource> sources,
      List<VideoSource> opened,
      SourceRun everything,
      @Nullable SavedVideo video,
      VideoSources again,
      PrintStream out)
      throws InterruptedException {
    String task = sources.stream().map(source -> shown(source)).collect(Collectors.joining(", "));
    LiveView view = everything.show(sources.size() == 1 ? task : "replay", estimate(opened));
    List<SourceFeed> feeds = new ArrayList<>();
    ReplayListener listener =
        new ReplayListener() {
          @Override
          public void seen(Picture picture, List<Sight> sights) {
            if (video != null) {
              video.seen(picture, sights);
            }
          }

          @Override
          public void publishing(String person, long sequence) {
            everything.publishing(person, sequence);
          }

          @Override
          public void advanced(ReplayCounts soFar) {
            view.advance(total(feeds).frames());
          }
        };
    for (int i = 0; i < sources.size(); i++) {
      String name = sources.get(i).person();
      Pace pace = run.speed() == RunOptions.Speed.REAL ? Pace.real() : Pace.max();
      feeds.add(
          new SourceFeed(
              sources.get(i).address(),
              opened.get(i),
              pace,
              late == null ? Late.EVERY : late,
              everything.publisher(),
              () -> watch(name, everything),
              listener));
    }
    ReplayMeters.register(everything.meters(), feeds, ReplayCommand::total);
    boolean interrupted = await(feeds) && feeds.stream().noneMatch(SourceFeed::isLive);
    if (interrupted) {
      everything.exitWith(STOPPED);
    }
    ReplayCounts counts = total(feeds);
    List<String> incomplete =
        feeds.stream().map(SourceFeed::shortfall).flatMap(Optional::stream).toList();
    if (interrupted || !incomplete.isEmpty()) {
      view.endsEarly();
    }
    RunSummary summary =
        everything
            .finish(counts.frames(), counts.carriedBoxes())
            .ended(incomplete, interrupted)
            .withOthers(counts.otherFaces());
    if (counts.skippedFrames() > 0) {
      out.printf("%d frames were left out, since a newer one was there%n", counts.skippedFrames());
    }
    if (video != null) {
      video.write(() -> again.open(sources.get(0).address()));
    }
    run.report(summary, out);
    List<String> failures = new ArrayList<>();
    feeds.forEach(
        feed ->
            feed.failure()
                .map(e -> Objects.requireNonNullElse(e.getMessage(), e.toString()))
                .ifPresent(failures::add));
    failures.addAll(incomplete);
    if (!failures.isEmpty()) {
      throw new StartException(String.join("; ", failures));
    }
    if (interrupted) {
      return STOPPED;
    }
    if (summary.faces() == 0) {
      throw new StartException(
          "no face was found in "
              + task
              + "; it must show one person who looks at the camera, in light, not too far away");
    }
    if (run.stays()) {
      everything.stay();
    }
    return 0;
  }

  /** Who is watched in the source of that name; made on its feed's thread. */
  private Watch watch(String name, SourceRun everything) {
    return everybody
        ? Watch.everybody(
            FaceConfig.defaults(), faces.model(), number -> everything.stream(name + "/" + number))
        : Watch.one(new FaceFinder(FaceConfig.defaults(), faces.model()), everything.stream(name));
  }

  /** Publishes a data set, waits for its events, and prints its table. */
  private int replay(Dataset kind, PrintStream out) throws Exception {
    String folder = video;
    if (folder == null || person != null || !named.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--dataset needs the folder of the data set, and no --person or --source");
    }
    Problems problems = new Problems();
    dataset.check(problems);
    problems.addIf(run.isRealNamed(), "--dataset goes as fast as it goes; leave --speed real out");
    problems.addIf(
        late != null
            || seconds != null
            || stallSeconds != null
            || giveUpSeconds != null
            || videoStream != null
            || playlists
            || redirects
            || everybody
            || saved != null
            || faces.model() != null,
        "--late, --seconds, --stall-timeout, --give-up, --video-stream, --hls,"
            + " --follow-redirects, --people, --save-video and --face-model are for videos, cameras and streams, not"
            + " for a --dataset");
    problems.addIf(
        secret.isPseudonymous(),
        "--pseudonyms is not for a --dataset: the streams of a data set have its people's names");
    run.check(problems);
    process.check(problems);
    problems.throwIfAny();
    Path predictions = dataset.predictions();
    RecordedDataset recorded = RecordedDataset.read(kind, dataset, Path.of(folder));
    String prefix = RecordedName.prefix(kind.spelled(), dataset.run());
    try (SourceRun everything =
            new SourceRun(
                "dataset",
                process,
                WaitingLimit.NONE,
                declaration,
                secret.ofRun(process),
                (event, from, to) -> {},
                out);
        DatasetReplay replay =
            new DatasetReplay(
                kind.spelled(), dataset.run(), everything, recorded.leftOut(), dataset.teach())) {
      HeldFrames held = HeldFrames.of(everything.cluster(), prefix);
      LiveView view = everything.show(kind.spelled(), recorded.pieces().size());
      boolean interrupted = false;
      try {
        replay.publish(recorded.pieces(), held, view::advance);
      } catch (InterruptedException e) {
        if (!everything.isAskedToEnd()) {
          throw e;
        }
        interrupted = true;
        view.endsEarly();
        everything.exitWith(STOPPED);
        // Asked once; what was published is waited for, as long as there is time.
        boolean unused = Thread.interrupted();
      }
      RunSummary summary =
          everything
              .finish(replay.frames(), replay.carried())
              .ended(replay.incomplete(), interrupted);
      out.print(replay.report());
      if (interrupted) {
        run.report(summary, out);
        return STOPPED;
      }
      StreamedEvaluation evaluation = everything.evaluate(prefix, held);
      run.report(summary, out);
      out.println();
      out.print(StreamedTable.text(evaluation.figures()));
      if (predictions != null) {
        StreamedTable.writePredictions(
            evaluation.predictions(), dataset.arousalScale(), predictions);
      }
      if (run.stays()) {
        everything.stay();
      }
    }
    return 0;
  }

  /**
   * Lets the feeds run until all have ended, the time is over, or the process is asked to end.
   *
   * @return whether it was asked to end
   */
  private boolean await(List<SourceFeed> feeds) throws InterruptedException {
    feeds.forEach(SourceFeed::start);
    long begin = System.nanoTime();
    long time = seconds == null ? Long.MAX_VALUE : (long) (seconds * 1e9);
    try {
      for (SourceFeed feed : feeds) {
        while (!feed.join(time - (System.nanoTime() - begin))) {
          if (System.nanoTime() - begin >= time) {
            return false;
          }
        }
      }
      return false;
    } catch (InterruptedException e) {
      // How a camera is meant to end; of a recording, what was done so far is told.
      return true;
    } finally {
      stop(feeds);
    }
  }

  private static void stop(List<SourceFeed> feeds) {
    feeds.forEach(SourceFeed::stop);
    boolean interrupted = false;
    for (SourceFeed feed : feeds) {
      boolean ended = false;
      while (!ended) {
        try {
          ended = feed.join(Long.MAX_VALUE);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static ReplayCounts total(List<SourceFeed> feeds) {
    ReplayCounts total = ReplayCounts.NONE;
    for (SourceFeed feed : feeds) {
      total = total.plus(feed.counts());
    }
    return total;
  }

  /** Pictures that there will be; -1 if nobody knows. */
  private static long estimate(List<VideoSource> sources) {
    long total = 0;
    for (VideoSource source : sources) {
      long one = source.estimatedPictures().orElse(-1);
      if (one < 0) {
        return -1;
      }
      total += one;
    }
    return total;
  }

  private static String shown(NamedSource source) {
    String text = source.address().toString();
    return source.address().kind() == SourceAddress.Kind.FILE
        ? text.substring(text.lastIndexOf('/') + 1)
        : text;
  }

  private List<NamedSource> sources() {
    List<NamedSource> all = new ArrayList<>();
    if (video != null && person != null) {
      all.add(new NamedSource(PersonName.canonical(person), SourceAddress.of(video)));
    }
    all.addAll(named);
    return all;
  }

  private LiveConfig check() {
    if ((video == null) != (person == null) || (video == null && named.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "name a VIDEO and its --person, or a --source PERSON=ADDRESS");
    }
    Problems problems = new Problems();
    dataset.check(problems);
    Set<String> people = new HashSet<>();
    if (person != null) {
      String name = PersonName.canonical(person);
      PersonName.problem(name).ifPresent(problem -> problems.add("--person " + problem));
      people.add(name);
    }
    for (NamedSource source : named) {
      problems.addIf(
          !people.add(source.person()),
          "'%s' is named twice: a person is in one source at a time",
          source.person());
    }
    problems.addIf(
        videoStream != null && videoStream < 1,
        "--video-stream is %s, must be 1 or more",
        videoStream);
    problems.addIf(
        seconds != null && !(seconds > 0 && seconds <= 1e9),
        "--seconds is %s, must be above 0",
        seconds);
    LiveConfig live = LiveConfig.standard();
    try {
      live =
          new LiveConfig(
              stallSeconds == null ? live.stall() : duration(stallSeconds),
              live.firstPause(),
              live.longestPause(),
              giveUpSeconds == null ? null : duration(giveUpSeconds));
    } catch (IllegalArgumentException e) {
      problems.add("--stall-timeout or --give-up: " + e.getMessage());
    }
    problems.addIf(
        everybody && people.stream().anyMatch(name -> name.length() > LONGEST_OF_MANY),
        "with --people a name has %d characters at most, which leaves room for the numbers",
        LONGEST_OF_MANY);
    problems.addIf(
        saved != null && people.size() != 1, "--save-video is for one VIDEO and no other source");
    OutputFile.check("--save-video", saved, problems);
    faces.check(problems);
    run.check(problems);
    process.check(problems);
    problems.throwIfAny();
    return live;
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
