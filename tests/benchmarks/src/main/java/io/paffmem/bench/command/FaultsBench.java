package io.paffmem.bench.command;

import io.paffmem.app.options.SummaryOption;
import io.paffmem.bench.faults.Fault;
import io.paffmem.bench.faults.FaultRun;
import io.paffmem.start.Problems;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether every frame comes through bad days, exactly once and with the same answer. */
@Command(
    name = "faults",
    description = {
      "Kills and pauses stages, stops the broker, and restarts everything, one thing after the"
          + " other, while people publish; then sends the same frames through a flow that nothing"
          + " happens to. Tells how long each kind of fault is felt, and whether an event was lost,"
          + " doubled, out of order or another one. Ends with status 1 if so.",
      "One broker in this process, two model servers and two topologies with a standby each in"
          + " processes of their own."
    })
final class FaultsBench implements Callable<Integer> {
  private static final int DISTINCT_FACES = 200;
  private static final int DISTINCT_PEOPLE = 8;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "For how long faults happen; default ${DEFAULT-VALUE}.")
  private double minutes = 5;

  @Option(
      names = "--people",
      paramLabel = "N",
      description =
          "People who are there at a time; every 20 s one leaves and another one comes. Default:"
              + " ${DEFAULT-VALUE}.")
  private int people = 6;

  @Option(
      names = "--rate",
      paramLabel = "FPS",
      description = "Frames a second of each; default ${DEFAULT-VALUE}.")
  private double rate = 5;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the faults and pauses; default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--model",
      paramLabel = "standard|open|DIR",
      description = "The PK; default ${DEFAULT-VALUE}.")
  private String model = "standard";

  @Mixin private SummaryOption summary = new SummaryOption();

  @Override
  public Integer call() throws Exception {
    check();
    PrintStream out = System.out;
    BenchFaces rendered = new BenchFaces(DISTINCT_FACES, rate);
    List<List<byte[]>> faces = IntStream.range(0, DISTINCT_PEOPLE).mapToObj(rendered::of).toList();
    Duration time = Duration.ofMillis((long) (60_000 * minutes));
    FaultRun.Result result =
        new FaultRun(new FaultRun.Settings(model, people, rate, time, seed), faces, out).run();
    report(result, out);
    summary.write(figures(result));
    boolean isWhole =
        result.missing() == 0
            && result.outOfPlace() == 0
            && result.deadLetters() == 0
            && result.otherAnswers() == 0;
    return isWhole ? 0 : 1;
  }

  private void check() {
    Problems problems = new Problems();
    problems.addIf(
        !(minutes > 0 && minutes <= 1440),
        "--minutes is %s, must be above 0 and at most 1440",
        minutes);
    problems.addIf(people < 2 || people > 100, "--people is %s, must be 2 to 100", people);
    problems.addIf(!(rate > 0 && rate <= 60), "--rate is %s, must be above 0 and at most 60", rate);
    summary.check(problems);
    problems.throwIfAny();
  }

  private static void report(FaultRun.Result result, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%n%-45s %6s %8s %8s%n",
        "seconds until everybody is answered again",
        "times",
        "median",
        "worst");
    result
        .secondsBack()
        .forEach(
            (fault, seconds) ->
                out.printf(
                    Locale.ROOT,
                    "%-45s %6d %8.1f %8.1f%n",
                    fault.words(),
                    seconds.size(),
                    median(seconds),
                    worst(seconds)));
    out.printf(
        Locale.ROOT,
        "%n%d frames of %d people: %d without an event, %d events out of place, %d dead letters%n",
        result.frames(),
        result.people(),
        result.missing(),
        result.outOfPlace(),
        result.deadLetters());
    out.printf(
        Locale.ROOT,
        "%d events other than those of the flow that nothing happened to (%.2g at most)%n",
        result.otherAnswers(),
        result.farthest());
    out.printf("%d stages ended by themselves%n", result.endedByThemselves());
  }

  private static Map<String, Object> figures(FaultRun.Result result) {
    Map<String, Object> back = new LinkedHashMap<>();
    for (Map.Entry<Fault, List<Double>> kind : result.secondsBack().entrySet()) {
      back.put(
          kind.getKey().words(),
          Map.of(
              "times", kind.getValue().size(),
              "medianSeconds", median(kind.getValue()),
              "worstSeconds", worst(kind.getValue())));
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("frames", result.frames());
    figures.put("people", result.people());
    figures.put("missing", result.missing());
    figures.put("outOfPlace", result.outOfPlace());
    figures.put("deadLetters", result.deadLetters());
    figures.put("otherAnswers", result.otherAnswers());
    figures.put("farthest", result.farthest());
    figures.put("endedByThemselves", result.endedByThemselves());
    figures.put("back", back);
    return figures;
  }

  private static double median(List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private static double worst(List<Double> seconds) {
    return seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
