package io.paffmem.app.run;

import io.paffmem.app.options.MoodOption;
import io.paffmem.app.options.OneProcessOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.app.terminal.LiveView;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.replay.Pace;
import io.paffmem.ingest.synthetic.Camera;
import io.paffmem.ingest.synthetic.Mood;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.start.Problems;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Synthetic people through everything. */
@Command(
    name = "demo",
    description = {
      "Sends videos of people who do not exist through everything and shows what comes out.",
      "Their true arousal and valence are known, so the CCC of the PK and of the memory are shown:"
          + " of people who go round the whole square, unless --mood says otherwise."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class DemoCommand implements Callable<Integer> {
  private static final double FRAMES_PER_SECOND = 25;

  @Option(names = "--people", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
  private int people = 3;

  @Option(names = "--seconds", paramLabel = "S", description = "Default ${DEFAULT-VALUE}.")
  private double seconds = 30;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Other seeds bring other people. Default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--mood",
      paramLabel = "roam|call|one|drift",
      converter = MoodOption.class,
      description =
          "What they feel along time: round the whole square, near neutral with bursts as in a call,"
              + " one mood, or one that changes over minutes. Default: roam.")
  private Mood mood = Mood.ROAM;

  @Mixin private RunOptions run;
  @Mixin private OneProcessOptions process;
  @Mixin private SecretOptions secret;

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    check();
    List<SyntheticVideo> videos = new ArrayList<>();
    SyntheticPeople all = new SyntheticPeople(seed);
    var format = new SyntheticVideo.Format(96, 96, FRAMES_PER_SECOND, seconds);
    for (int i = 0; i < people; i++) {
      videos.add(new SyntheticVideo(all.heldOut(i), seed, format, mood, Camera.STEADY));
    }
    int frames = videos.get(0).frameCount();
    boolean real = run.speed() == RunOptions.Speed.REAL;
    WaitingLimit usual = real ? WaitingLimit.AT_ONCE : WaitingLimit.NONE; // as a live feed
    try (SourceRun everything =
        new SourceRun(
            "demo",
            process,
            usual,
            new DeclarationOptions(),
            secret.ofRun(process),
            (event, from, to) -> {},
            out)) {
      List<FrameStream> streams = new ArrayList<>();
      for (int i = 0; i < people; i++) {
        streams.add(everything.stream("synthetic-" + (i + 1)));
      }
      LiveView view = everything.show("demo", (long) people * frames);
      Pace pace = real ? Pace.real() : Pace.max();
      long now = System.currentTimeMillis();
      long begin = real ? now : now - Math.round(1000 * seconds); // never ahead of the clock
      JpegFaces jpegs = new JpegFaces();
      for (int index = 0; index < frames; index++) {
        long offsetMillis = videos.get(0).offsetMillis(index);
        pace.await(offsetMillis * 1000);
        for (int i = 0; i < people; i++) {
          SyntheticVideo video = videos.get(i);
          byte[] jpeg = jpegs.encode(video.faceCrop(index));
          var truth = video.affect(index);
          everything.publishing(streams.get(i).personId(), index);
          streams
              .get(i)
              .publish(
                  index, begin + offsetMillis, jpeg, new Affect(truth.arousal(), truth.valence()));
        }
        view.advance((long) people * (index + 1));
      }
      run.report(everything.finish((long) people * frames, 0), out);
      if (run.stays()) {
        everything.stay();
      }
    }
    return 0;
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(people < 1 || people > 10_000, "--people is %s, must be 1 to 10000", people);
    problems.addIf(
        !(seconds > 0 && seconds <= 86_400),
        "--seconds is %s, must be above 0 and a day at most",
        seconds);
    run.check(problems);
    process.check(problems);
    problems.throwIfAny();
  }
}
