package io.paffmem.bench.command;

import io.paffmem.app.options.SummaryOption;
import io.paffmem.app.terminal.Tables;
import io.paffmem.bench.store.StoreRates;
import io.paffmem.bench.store.StoreRates.Changelog;
import io.paffmem.bench.store.StoreRates.Commits;
import io.paffmem.bench.store.StoreRates.People;
import io.paffmem.bench.store.StoreRates.Rates;
import io.paffmem.bench.store.StoreRates.Takeover;
import io.paffmem.start.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stream's store. */
@Command(
    name = "store",
    description = {
      "What a frame writes to the changelog, what a commit interval costs, and what many people"
          + " cost: restoring them, a frame, reading one from the store, memory, and the time until"
          + " another instance has taken over.",
      "Broker in this process, the stream in others; all of it takes a quarter of an hour, and"
          + " 20,000 people some gigabytes in the folder for temporary files."
    })
final class StoreBench implements Callable<Integer> {
  @Option(
      names = "--neurons",
      paramLabel = "N",
      split = ",",
      description = "Sizes of memories for the changelog; default ${DEFAULT-VALUE}.")
  private List<Integer> neurons = List.of(100, 200, 512);

  @Option(
      names = "--commit-interval",
      paramLabel = "MS",
      split = ",",
      description = "Default ${DEFAULT-VALUE}.")
  private List<Integer> intervals = List.of(5, 10, 25, 50, 100, 200);

  @Option(
      names = "--people",
      paramLabel = "N",
      split = ",",
      description =
          "How many have a memory of 200 neurons, at least 100; default ${DEFAULT-VALUE}.")
  private List<Integer> people = List.of(1_000, 5_000, 20_000);

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "Some parts alone: changelog, commits, people.")
  private List<String> only = List.of("changelog", "commits", "people");

  @Mixin private SummaryOption summary = new SummaryOption();

  @Override
  public Integer call() throws Exception {
    check();
    Rates rates =
        new StoreRates(text -> System.err.println(text + " …"))
            .measure(
                only.contains("changelog") ? neurons : List.of(),
                only.contains("commits") ? intervals : List.of(),
                only.contains("people") ? people : List.of());
    System.out.print(text(rates));
    summary.write(rates);
    return 0;
  }

  private void check() {
    Problems problems = new Problems();
    for (int size : neurons) {
      problems.addIf(size < 10 || size > 512, "--neurons %s must be 10 to 512", size);
    }
    for (int interval : intervals) {
      problems.addIf(
          interval < 1 || interval > 1_000, "--commit-interval %s must be 1 to 1000", interval);
    }
    for (int many : people) {
      problems.addIf(many < 100 || many > 1_000_000, "--people %s must be 100 to 1000000", many);
    }
    for (String part : only) {
      problems.addIf(
          !List.of("changelog", "commits", "people").contains(part),
          "--only %s must be changelog, commits or people",
          part);
    }
    summary.check(problems);
    problems.throwIfAny();
  }

  private static String text(Rates rates) {
    StringBuilder text = new StringBuilder();
    if (!rates.changelog().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of("neurons", "degree: mean", "p90", "most", "rows a frame", "bytes", "of topic"));
      for (Changelog each : rates.changelog()) {
        rows.add(
            List.of(
                Integer.toString(each.neurons()),
                number("%.1f", each.meanDegree()),
                Integer.toString(each.p90Degree()),
                Integer.toString(each.maxDegree()),
                number("%.1f", each.rows()),
                number("%,.0f", each.rowBytes()),
                number("%,.0f", each.topicBytes())));
      }
      text.append(Tables.render(rows));
    }
    if (!rates.commits().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("commit, ms", "median, ms", "p99, ms", "frames/s"));
      for (Commits each : rates.commits()) {
        rows.add(
            List.of(
                Integer.toString(each.commitMillis()),
                number("%.0f", each.medianMillis()),
                number("%.0f", each.p99Millis()),
                number("%,.0f", each.framesPerSecond())));
      }
      text.append(Tables.render(rows));
    }
    if (!rates.people().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "people",
              "rows, MB",
              "restore, s",
              "hot frame, us",
              "cold frame, us",
              "load: mean, us",
              "p99",
              "its thread's p99",
              "resident, MB",
              "heap, MB"));
      for (People each : rates.people()) {
        rows.add(
            List.of(
                number("%,.0f", each.people()),
                number("%,.0f", each.storeBytes() / 1e6),
                number("%.1f", each.restoreSeconds()),
                number("%.0f", each.hotCpuMicros()),
                number("%.0f", each.coldCpuMicros()),
                number("%.0f", each.loadMeanMicros()),
                number("%.0f", each.loadP99Micros()),
                number("%.0f", each.loadProcessorP99Micros()),
                number("%.0f", each.residentBytes() / 1e6),
                number("%.0f", each.liveHeapBytes() / 1e6)));
      }
      text.append(Tables.render(rows));
      rows = new ArrayList<>();
      rows.add(List.of("people", "an instance", "copy elsewhere", "answers again after, s"));
      for (Takeover each : rates.takeovers()) {
        rows.add(
            List.of(
                number("%,.0f", each.people()),
                each.killed() ? "killed" : "stopped",
                each.standby() ? "yes" : "no",
                number("%.1f", each.seconds())));
      }
      text.append(Tables.render(rows));
    }
    return text.toString();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
