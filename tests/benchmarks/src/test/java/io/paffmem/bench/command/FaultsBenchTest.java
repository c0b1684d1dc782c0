package io.paffmem.bench.command;

import io.paffmem.app.Ran;
import org.junit.jupiter.api.Test;

/** The run itself takes minutes and is for a machine with nothing else to do; see the docs. */
final class FaultsBenchTest {
  @Test
  void bench_outOfRange_isRefused() {
    Ran.of(Benchmarks::execute, "bench", "faults", "--minutes", "0", "--people", "1", "--rate", "0")
        .assertRefused("--minutes is 0", "--people is 1", "--rate is 0");
  }
}
