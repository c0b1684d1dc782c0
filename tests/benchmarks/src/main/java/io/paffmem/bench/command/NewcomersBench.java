package io.paffmem.bench.command;

import io.paffmem.app.options.ModelOptions;
import io.paffmem.app.options.StageOptions;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.ledger.RunSummary;
import io.paffmem.pipeline.OneProcess;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon newcomers who come at once are known, and what they cost the others. */
@Command(
    name = "newcomers",
    description = {
      "Newcomers who come at once, at 5 frames a second each, beside known people at 25: how soon"
          + " the PK answers them, how soon their memories do, how many faces are imagined for each,"
          + " and the latency of the known people before and beside them, until all newcomers'"
          + " memories are seeded. Live: a frame does not wait for imagined faces.",
      "Broker and all stages run in this process."
    })
final class NewcomersBench implements Callable<Integer> {
  private static final String STREAM = "bench";

  /** Of a newcomer's feed there is a frame with every fifth frame of the others. */
  private static final int STEPS = 5;

  private static final double NEWCOMERS_PER_SECOND = PacedFeeds.PER_SECOND / STEPS;
  private static final int DISTINCT_FACES = 125;

  /** Seconds after which memories that are not seeded are given up. */
  private static final int PATIENCE = 120;

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "Known people at 25 frames a second; default ${DEFAULT-VALUE}.")
  private int people = 4;

  @Option(
      names = "--newcomers",
      paramLabel = "N",
      description =
          "Newcomers at 5 frames a second, who all begin within 200 ms; default ${DEFAULT-VALUE}.")
  private int newcomers = 10;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "How long the known people are alone, before the newcomers come; default"
              + " ${DEFAULT-VALUE}.")
  private double seconds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Frames of each known person, as fast as it goes, before anything is measured, and then"
              + " for --seconds at 25 frames a second; default ${DEFAULT-VALUE}.")
  private int warmUp = 4_000;

  @Mixin private SummaryOption summary = new SummaryOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private StageOptions stages = new StageOptions();

  /** A person's frames, one after the other. */
  private static final class Feed {
    private final FrameStream stream;
    private final List<byte[]> faces;
    private int next;

    /**
     * Begins with that frame.
     *
     * @param next index of the first
     */
    Feed(FrameStream stream, List<byte[]> faces, int next) {
      this.stream = stream;
      this.faces = faces;
      this.next = next;
    }

    void publish(EmotionLedger ledger) {
      PacedFeeds.publish(ledger, stream, faces, next++);
    }
  }

  @Override
  public Integer call() throws Exception {
    check();
    PrintStream out = System.out;
    List<List<byte[]>> faces = PacedFeeds.faces(people);
    BenchFaces rendered = new BenchFaces(DISTINCT_FACES, NEWCOMERS_PER_SECOND);
    Set<String> names = new LinkedHashSet<>();
    List<List<byte[]>> facesOfNewcomers = new ArrayList<>();
    for (int newcomer = 0; newcomer < newcomers; newcomer++) {
      names.add("newcomer-" + newcomer);
      facesOfNewcomers.add(rendered.of(people + newcomer));
    }
    int alone = (int) Math.ceil(seconds * PacedFeeds.PER_SECOND);
    NewcomerAnswers answers = new NewcomerAnswers(names, alone);
    Map<String, Object> figures = new LinkedHashMap<>();
    try (CountedPrior prior = new CountedPrior(model.load());
        OneProcess process = BenchProcess.start(prior, stages, WaitingLimit.AT_ONCE);
        FramePublisher publisher = BenchProcess.publisher(process)) {
      PacedFeeds feeds = new PacedFeeds(process, publisher);
      feeds.warmUp(faces, warmUp, people, seconds, out);
      try (EmotionLedger ledger = EmotionLedger.of(process.cluster(), STREAM, answers)) {
        List<FrameStream> streams = feeds.streams(STREAM, people);
        feeds.begin(ledger, streams, faces);
        requireKnown(ledger);
        List<Feed> known = new ArrayList<>();
        for (int person = 0; person < people; person++) {
          known.add(new Feed(streams.get(person), faces.get(person), 1));
        }
        List<Feed> arriving = new ArrayList<>();
        for (String name : names) {
          FrameStream stream = publisher.stream(name, STREAM);
          arriving.add(new Feed(stream, facesOfNewcomers.get(arriving.size()), 0));
        }
        publish(known, arriving, alone, ledger, answers, process);
        feeds.settle(ledger);
        figures.put("people", people);
        figures.put("newcomers", newcomers);
        figures.putAll(answers.figures());
        figures.putAll(imagined(AskedFaces.of(process.cluster()), names, prior));
        RunSummary run = ledger.summary(0, 0, seconds);
        figures.put("lost", run.lost());
        figures.put("duplicated", run.duplicated());
        figures.put("deadLetters", run.deadLetters());
      }
    }
    figures.forEach((name, value) -> print(out, name, value));
    summary.write(figures);
    return 0;
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(people < 1 || people > 100, "--people is %s, must be from 1 to 100", people);
    problems.addIf(
        newcomers < 1 || newcomers > 100, "--newcomers is %s, must be from 1 to 100", newcomers);
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

  private static void requireKnown(EmotionLedger ledger) {
    if (ledger.latest().values().stream().mapToInt(Emotion::getFramesToSeed).anyMatch(n -> n > 0)) {
      throw new StartException(
          "people are not known after the warm-up; make it longer with --warm-up or --seconds");
    }
  }

  /**
   * First the known people alone, then all, until every memory is seeded. What is due in one step
   * is published evenly apart, as by feeds that know nothing of one another.
   *
   * @param alone steps before the newcomers come, each 1/25 s
   */
  private static void publish(
      List<Feed> known,
      List<Feed> arriving,
      int alone,
      EmotionLedger ledger,
      NewcomerAnswers answers,
      OneProcess process) {
    long begin = System.nanoTime();
    double end = alone + PATIENCE * PacedFeeds.PER_SECOND;
    for (int step = 0; step < end && answers.seeded() < arriving.size(); step++) {
      List<Feed> due = new ArrayList<>(known);
      if (step >= alone) {
        for (int i = (step - alone) % STEPS; i < arriving.size(); i += STEPS) {
          due.add(arriving.get(i));
        }
      }
      for (int i = 0; i < due.size(); i++) {
        PacedFeeds.awaitTurn(begin, step + i / (double) due.size(), PacedFeeds.PER_SECOND);
        due.get(i).publish(ledger);
      }
      process.throwFailure();
    }
  }

  /** How many faces the PK imagined for each newcomer. */
  private static Map<String, Object> imagined(
      Map<String, Set<ByteBuffer>> asked, Set<String> newcomers, CountedPrior prior) {
    List<Double> faces = new ArrayList<>();
    int requests = 0;
    for (String newcomer : newcomers) {
      Set<ByteBuffer> of = asked.getOrDefault(newcomer, Set.of());
      faces.add((double) of.stream().mapToInt(prior::imagined).sum());
      requests += of.size();
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("framesSeeded", requests);
    figures.put("facesImaginedP50", NewcomerAnswers.percentile(faces, 50));
    figures.put("facesImaginedMost", NewcomerAnswers.percentile(faces, 100));
    return figures;
  }

  private static void print(PrintStream out, String name, Object value) {
    String text =
        value instanceof Double number
            ? String.format(Locale.ROOT, "%.2f", number)
            : String.valueOf(value);
    out.printf("%-26s %s%n", name, text);
  }
}
