package io.paffmem.bench.command;

import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.options.StageOptions;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.ledger.RunSummary;
import io.paffmem.ledger.RunSummary.LatencyMillis;
import io.paffmem.pipeline.OneProcess;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a frame takes, from being published to its event being read, at the pace of feeds. */
@Command(
    name = "latency",
    description = {
      "Milliseconds from frames to read_committed emotions, median and p99, of feeds at their own"
          + " pace. Of video: people at 25 frames a second, one person at 2, and what a newcomer whose"
          + " memory is being seeded costs the others. Of meetings: 16 participants at 2 frames a"
          + " second, the same while they turn cameras off, leave and come back, and 5 at 25. After"
          + " a warm-up, of people who are known.",
      "Broker and all stages run in this process."
    })
final class LatencyBench implements Callable<Integer> {
  private static final double MEETING = 2;
  private static final int PARTICIPANTS = 16;
  private static final int SPEAKERS = 5;

  /** People who are known, while a newcomer is seeded. */
  private static final int OTHERS = 4;

  /** What is fed. */
  enum Feeds {
    VIDEO,
    MEETING
  }

  @Option(
      names = "--feeds",
      paramLabel = "video|meeting",
      description = "What is fed; default ${DEFAULT-VALUE}.")
  private Feeds fed = Feeds.VIDEO;

  @Option(
      names = "--people",
      paramLabel = "N",
      split = ",",
      description = "Of video: people at 25 frames a second; default 1,4,8.")
  private List<Integer> people = List.of(1, 4, 8);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long each case is measured; default ${DEFAULT-VALUE}.")
  private double seconds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Frames of each person, as fast as it goes, before anything is measured, and then as long"
              + " at 25 frames a second as a case takes; default ${DEFAULT-VALUE}.")
  private int warmUp = 4_000;

  @Mixin private SummaryOption summary = new SummaryOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private StageOptions stages = new StageOptions();

  /** What is measured: everybody publishes at one rate, while they are there. */
  private record Case(String name, int people, double framesPerSecond, Presence presence) {
    static Case of(int people, double framesPerSecond) {
      String name = "%d at %.0f/s".formatted(people, framesPerSecond);
      return new Case(name, people, framesPerSecond, Presence.ALWAYS);
    }
  }

  @Override
  public Integer call() throws Exception {
    check();
    PrintStream out = System.out;
    int most =
        fed == Feeds.MEETING
            ? PARTICIPANTS
            : Math.max(OTHERS, people.stream().mapToInt(Integer::intValue).max().orElse(1));
    List<List<byte[]>> faces = PacedFeeds.faces(most + 1);
    List<Map<String, Object>> figures = new ArrayList<>();
    try (SavedModelPrior prior = model.load();
        OneProcess process = BenchProcess.start(prior, stages, WaitingLimit.NONE);
        FramePublisher publisher = BenchProcess.publisher(process)) {
      PacedFeeds feeds = new PacedFeeds(process, publisher);
      feeds.warmUp(faces.subList(0, most), warmUp, OTHERS, seconds, out);
      Cases cases = new Cases(process, publisher, feeds, faces, out);
      figures.addAll(fed == Feeds.MEETING ? cases.measureMeetings() : cases.measureVideo());
    }
    summary.write(figures);
    return 0;
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(
        people.isEmpty() || people.stream().anyMatch(n -> n < 1 || n > 100),
        "--people is %s, must be numbers from 1 to 100",
        people);
    problems.addIf(
        !(seconds > 0 && seconds <= 3600),
        "--seconds is %s, must be above 0 and at most 3600",
        seconds);
    problems.addIf(
        warmUp < 1 || warmUp > 1_000_000, "--warm-up is %s, must be 1 to 1000000", warmUp);
    stages.check(problems);
    summary.check(problems);
    problems.throwIfAny();
  }

  /** The cases of one run. */
  private final class Cases {
    private final OneProcess process;
    private final FramePublisher publisher;
    private final PacedFeeds feeds;
    private final List<List<byte[]>> faces;
    private final PrintStream out;

    Cases(
        OneProcess process,
        FramePublisher publisher,
        PacedFeeds feeds,
        List<List<byte[]>> faces,
        PrintStream out) {
      this.process = process;
      this.publisher = publisher;
      this.feeds = feeds;
      this.faces = faces;
      this.out = out;
    }

    List<Map<String, Object>> measureVideo() throws InterruptedException {
      List<Map<String, Object>> figures = new ArrayList<>();
      for (int number : people) {
        figures.add(measure(Case.of(number, PacedFeeds.PER_SECOND)));
      }
      figures.add(measure(Case.of(1, MEETING)));
      figures.addAll(measureWithNewcomers());
      return figures;
    }

    List<Map<String, Object>> measureMeetings() throws InterruptedException {
      return List.of(
          measure(Case.of(PARTICIPANTS, MEETING)),
          measure(
              new Case(
                  "%d at %.0f/s, who come and go".formatted(PARTICIPANTS, MEETING),
                  PARTICIPANTS,
                  MEETING,
                  Presence.ofMeetings(PARTICIPANTS, seconds))),
          measure(Case.of(SPEAKERS, PacedFeeds.PER_SECOND)));
    }

    private Map<String, Object> measure(Case one) throws InterruptedException {
      try (EmotionLedger ledger = feeds.ledger(one.name)) {
        List<FrameStream> streams = feeds.streams(one.name, one.people);
        feeds.begin(ledger, streams, faces);
        feeds.publishAtPace(ledger, streams, faces, one.framesPerSecond, seconds, one.presence);
        feeds.settle(ledger);
        return report(one.name, ledger);
      }
    }

    /**
     * Newcomers come one after the other, and after each is seeded there is none for as long as
     * that took, so that both cases are measured side by side.
     */
    List<Map<String, Object>> measureWithNewcomers() throws InterruptedException {
      String seeding = OTHERS + " at 25/s, while a newcomer is seeded";
      String quiet = OTHERS + " at 25/s, between newcomers";
      try (EmotionLedger ofSeeding = feeds.ledger(seeding);
          EmotionLedger ofQuiet = feeds.ledger(quiet);
          EmotionLedger ofNewcomers = feeds.ledger("newcomers")) {
        List<FrameStream> seedingStreams = feeds.streams(seeding, OTHERS);
        List<FrameStream> quietStreams = feeds.streams(quiet, OTHERS);
        feeds.begin(ofSeeding, seedingStreams, faces);
        feeds.begin(ofQuiet, quietStreams, faces);
        long begin = System.nanoTime();
        int index = 1;
        double measured = 0;
        int newcomers = 0;
        while (measured < seconds) {
          FrameStream newcomer = publisher.stream("newcomer-" + ++newcomers, "newcomers");
          int first = index;
          while (!isSeeded(ofNewcomers, newcomer.personId())) {
            publishOthers(ofSeeding, seedingStreams, begin, index);
            PacedFeeds.awaitTurn(begin, index + OTHERS / (OTHERS + 1.0), PacedFeeds.PER_SECOND);
            PacedFeeds.publish(ofNewcomers, newcomer, faces.get(OTHERS), index++);
            process.throwFailure();
          }
          int frames = index - first;
          measured += frames / PacedFeeds.PER_SECOND;
          for (int i = 0; i < frames; i++) {
            publishOthers(ofQuiet, quietStreams, begin, index++);
          }
        }
        feeds.settle(ofSeeding);
        feeds.settle(ofQuiet);
        feeds.settle(ofNewcomers);
        Map<String, Object> figures = report(seeding, ofSeeding);
        figures.put("newcomers", newcomers);
        figures.put("seedingSecondsOfEach", measured / newcomers);
        return List.of(figures, report(quiet, ofQuiet));
      }
    }

    private void publishOthers(
        EmotionLedger ledger, List<FrameStream> streams, long begin, int index) {
      for (int person = 0; person < OTHERS; person++) {
        PacedFeeds.awaitTurn(begin, index + person / (OTHERS + 1.0), PacedFeeds.PER_SECOND);
        PacedFeeds.publish(ledger, streams.get(person), faces.get(person), index);
      }
    }

    private boolean isSeeded(EmotionLedger ledger, String person) {
      var event = ledger.latest().get(person);
      return event != null && event.getFramesToSeed() == 0;
    }

    private Map<String, Object> report(String name, EmotionLedger ledger) {
      RunSummary run = ledger.summary(0, 0, seconds);
      LatencyMillis steady = run.latencyMillis().steady();
      if (steady == null) {
        throw new StartException("no event of '" + name + "' came in time; measure longer");
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("case", name);
      figures.put("events", run.events());
      figures.put("p50Millis", steady.p50());
      figures.put("p99Millis", steady.p99());
      figures.put("lost", run.lost());
      figures.put("duplicated", run.duplicated());
      out.printf(
          Locale.ROOT,
          "%-42s %6d events   p50 %5.0f ms   p99 %5.0f ms%n",
          name,
          run.events(),
          steady.p50(),
          steady.p99());
      return figures;
    }
  }
}
