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
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.start.Problems;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The whole chain against the bare encoder, in one run of one process: what Kafka, decoding and the
 * memory leave of the encoder's rate.
 */
@Command(
    name = "chain",
    description = {
      "Faces a second from frames to read_committed emotions, after seeding and a warm-up of 2,000"
          + " frames a person, beside what the bare encoder does in the same run.",
      "Broker and all stages run in this process."
    })
final class ChainBench implements Callable<Integer> {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int DISTINCT_FACES = 250;
  private static final int WARM_UP_FACES = 2_000;
  private static final int ENCODER_BATCH = 64;
  private static final Duration ENCODER_TIME = Duration.ofSeconds(10);

  @Option(names = "--people", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
  private int people = 4;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Frames of each person after seeding; default ${DEFAULT-VALUE}.")
  private int frames = 5_000;

  @Mixin private SummaryOption summary = new SummaryOption();
  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private StageOptions stages = new StageOptions();

  @Override
  public Integer call() throws Exception {
    Problems problems = new Problems();
    problems.addIf(people < 1 || frames < 1, "--people and --frames must be at least 1");
    summary.check(problems);
    problems.throwIfAny();
    PrintStream out = System.out;
    List<List<byte[]>> faces = faces();
    Map<String, Object> figures = new LinkedHashMap<>();
    try (SavedModelPrior prior = model.load()) {
      double before = encoderRate(prior);
      RunSummary run;
      try (OneProcess process = BenchProcess.start(prior, stages, WaitingLimit.NONE);
          EmotionLedger ledger = EmotionLedger.of(process.cluster(), "bench");
          FramePublisher publisher = BenchProcess.publisher(process)) {
        run = chain(faces, ledger, publisher, process);
      }
      double after = encoderRate(prior);
      double encoder = (before + after) / 2;
      figures.put("people", people);
      figures.put("frames", frames);
      figures.put("encoderFacesPerSecond", encoder);
      double rate = people * frames / run.seconds();
      figures.put("chainFacesPerSecond", rate);
      figures.put("ratio", rate / encoder);
      figures.put("lost", run.lost());
      figures.put("duplicated", run.duplicated());
      figures.put("memoryEvents", run.memoryEvents());
      figures.put("peakResidentBytes", peakResidentBytes());
    }
    figures.forEach((name, value) -> out.println(name + " " + value));
    summary.write(figures);
    return 0;
  }

  private List<List<byte[]>> faces() {
    BenchFaces rendered = new BenchFaces(DISTINCT_FACES, PacedFeeds.PER_SECOND);
    List<List<byte[]>> faces = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      faces.add(rendered.of(i));
    }
    return faces;
  }

  private RunSummary chain(
      List<List<byte[]>> faces, EmotionLedger ledger, FramePublisher publisher, OneProcess process)
      throws InterruptedException {
    List<FrameStream> streams = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      streams.add(publisher.stream("bench-" + i, "bench"));
    }
    publish(faces, ledger, streams, 0, WARM_UP_FACES);
    ledger.awaitSettled(SILENCE, process::failure);
    long begin = System.nanoTime();
    publish(faces, ledger, streams, WARM_UP_FACES, WARM_UP_FACES + frames);
    publisher.flush();
    ledger.awaitSettled(SILENCE, process::failure);
    double seconds = (System.nanoTime() - begin) / 1e9;
    process.throwFailure();
    return ledger.summary((long) people * (WARM_UP_FACES + frames), 0, seconds);
  }

  private static void publish(
      List<List<byte[]>> faces, EmotionLedger ledger, List<FrameStream> streams, int from, int to) {
    for (int index = from; index < to; index++) {
      for (int i = 0; i < streams.size(); i++) {
        byte[] face = faces.get(i).get(index % DISTINCT_FACES);
        ledger.published(streams.get(i).personId(), index);
        streams.get(i).publish(index, index * 40L, face, null);
      }
    }
  }

  /** Faces a second of the PK alone, on all cores, batch 64. */
  private static double encoderRate(SavedModelPrior prior) {
    byte[] pixels = new byte[ENCODER_BATCH * prior.imageSize() * prior.imageSize() * 3];
    new Random(1).nextBytes(pixels);
    prior.encode(pixels, ENCODER_BATCH);
    long begin = System.nanoTime();
    long batches = 0;
    while (System.nanoTime() - begin < ENCODER_TIME.toNanos()) {
      prior.encode(pixels, ENCODER_BATCH);
      batches++;
    }
    return batches * ENCODER_BATCH / ((System.nanoTime() - begin) / 1e9);
  }

  /** The process's highest resident memory, where Linux tells; 0 elsewhere. */
  private static long peakResidentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        String kilobytes = line.replaceAll("[^0-9]", "");
        return Long.parseLong(kilobytes) * 1024;
      }
    }
    throw new IllegalStateException(String.format(Locale.ROOT, "%s has no VmHWM", status));
  }
}
