package io.paffmem.bench.command;

import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.terminal.Tables;
import io.paffmem.bench.MemoryRates;
import io.paffmem.bench.MemoryRates.Cost;
import io.paffmem.bench.MemoryRates.Report;
import io.paffmem.start.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arithmetic of the memory alone. */
@Command(
    name = "memory",
    description = {
      "Microseconds and bytes allocated to recognise a face, to learn a face, and to seed a frame"
          + " (200 pairs, 10 epochs), by the number of neurons; one thread, nothing but the memory."
    })
final class MemoryBench implements Callable<Integer> {
  private static final int LEAST_NEURONS = 10;
  private static final int MOST_NEURONS = 10_000;

  @Option(
      names = "--neurons",
      paramLabel = "N",
      split = ",",
      description = "Sizes of memories, 10 to 10000; default ${DEFAULT-VALUE}.")
  private List<Integer> neurons = List.of(100, 201, 512, 1000, 5000);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to measure; default ${DEFAULT-VALUE}. Growing the memories is extra.")
  private double seconds = 30;

  @Mixin private SummaryOption summary = new SummaryOption();

  @Override
  public Integer call() throws Exception {
    Problems problems = new Problems();
    problems.addIf(!(seconds > 0 && seconds <= 3600), "--seconds must be above 0 and at most 3600");
    for (int size : neurons) {
      problems.addIf(
          size < LEAST_NEURONS || size > MOST_NEURONS,
          "--neurons %d must be %d to %d",
          size,
          LEAST_NEURONS,
          MOST_NEURONS);
    }
    summary.check(problems);
    problems.throwIfAny();
    Report report = new MemoryRates(neurons, seconds).measure();
    System.out.print(text(report));
    summary.write(report);
    return 0;
  }

  private static String text(Report report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("neurons", "edges each", "recognise, us", "learn, us", "seed, us", "bytes a step"));
    for (int i = 0; i < report.memories().size(); i++) {
      Cost recognise = report.recognise().get(i);
      Cost learn = report.learn().get(i);
      Cost seed = report.seed().get(i);
      rows.add(
          List.of(
              Integer.toString(learn.neurons()),
              number("%.1f", report.memories().get(i).meanDegree()),
              number("%.2f", recognise.microseconds()),
              number("%.2f", learn.microseconds()),
              number("%.0f", seed.microseconds()),
              number("%.0f", recognise.bytesPerStep())
                  + number(" / %.0f", learn.bytesPerStep())
                  + number(" / %.0f", seed.bytesPerStep())));
    }
    return Tables.render(rows);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
