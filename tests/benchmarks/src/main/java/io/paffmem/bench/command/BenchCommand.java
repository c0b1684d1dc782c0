package io.paffmem.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Benchmarks, for people who have no build at hand. */
@Command(
    name = "bench",
    description = "Measures this machine; docs/benchmarks.md has figures to compare with.",
    subcommands = {
      ChainBench.class,
      DashboardBench.class,
      EncodeBench.class,
      FacesBench.class,
      FaultsBench.class,
      GatewayBench.class,
      LatencyBench.class,
      MemoryBench.class,
      NewcomersBench.class,
      StoreBench.class
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name a benchmark: bench chain, bench dashboard, bench encode, bench faces, bench faults,"
            + " bench gateway, bench latency, bench memory, bench newcomers, bench store");
  }
}
