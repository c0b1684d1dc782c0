package io.paffmem.bench.command;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SummaryOption;
import io.paffmem.bench.GatewayRates;
import io.paffmem.cluster.Cluster;
import io.paffmem.start.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a gateway passes on to the topic, and what memory it takes. */
@Command(
    name = "gateway",
    description = {
      "Frames a second through the gateway to the topic, of faces cut out already and of whole"
          + " pictures of 640x480, and its memory under idle and busy feeds.",
      "The gateway is a process of its own; broker and feeds are in this one and share the cores."
    })
final class GatewayBench implements Callable<Integer> {
  @Option(
      names = "--feeds",
      paramLabel = "N",
      description = "Feeds as fast as they are answered; default ${DEFAULT-VALUE}.")
  private int feeds = 8;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description = "Feeds that say nothing, for the memory; default ${DEFAULT-VALUE}.")
  private int idle = 200;

  @Option(
      names = "--busy",
      paramLabel = "N",
      description = "Feeds beside them, 25 pictures a second each; default ${DEFAULT-VALUE}.")
  private int busy = 50;

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
        feeds < 1 || idle < 0 || busy < 1 || seconds < 1,
        "--feeds, --busy and --seconds must be at least 1, --idle 0");
    summary.check(problems);
    problems.throwIfAny();
    Map<String, Object> figures;
    try (Cluster cluster = new ClusterOptions().open()) {
      figures =
          new GatewayRates(cluster.clientSettings().orElseThrow(), Duration.ofSeconds(seconds))
              .measure(feeds, idle, busy);
    }
    figures.forEach((name, value) -> System.out.println(name + " " + value));
    summary.write(figures);
    return 0;
  }
}
