package io.paffmem.bench.command;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.bench.DashboardRates;
import io.paffmem.cluster.Cluster;
import io.paffmem.start.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a dashboard takes in and passes on. */
@Command(
    name = "dashboard",
    description = {
      "Events a second that one dashboard process takes in and passes on as Server-Sent Events to"
          + " readers, each of whom gets every event.",
      "The dashboard is a process of its own; broker and readers are in this one and share the"
          + " cores."
    })
final class DashboardBench implements Callable<Integer> {
  @Option(
      names = "--readers",
      paramLabel = "N",
      split = ",",
      description = "How many; several are measured one after another. Default: 1,10,100.")
  private List<Integer> readers = List.of(1, 10, 100);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long each figure is measured; default ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Mixin private SummaryOption summary = new SummaryOption();

  @Override
  public Integer call() throws Exception {
    Problems problems = new Problems();
    problems.addIf(
        seconds < 1 || readers.stream().anyMatch(count -> count < 1 || count > 1_000),
        "--seconds must be at least 1, --readers 1 to 1000");
    summary.check(problems);
    problems.throwIfAny();
    Map<String, Object> figures;
    try (Cluster cluster = new ClusterOptions().open()) {
      figures = new DashboardRates(cluster, Duration.ofSeconds(seconds)).measure(readers);
    }
    figures.forEach((name, value) -> System.out.println(name + " " + value));
    summary.write(figures);
    return 0;
  }
}
