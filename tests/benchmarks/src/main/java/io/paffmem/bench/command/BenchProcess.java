package io.paffmem.bench.command;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.StageOptions;
import io.paffmem.app.options.WaitingLimit;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.pipeline.OneProcess;
import io.paffmem.prior.PriorKnowledge;
import java.time.Clock;

/** Everything in the process that measures, with a temporary broker. */
final class BenchProcess {
  private BenchProcess() {}

  /**
   * Starts it.
   *
   * @param usual the limit where the options name none
   */
  static OneProcess start(PriorKnowledge prior, StageOptions stages, WaitingLimit usual) {
    return OneProcess.start(
        new ClusterOptions().open(),
        prior,
        (model, partitions) -> stages.topology(model, partitions, usual),
        null,
        false,
        new SimpleMeterRegistry());
  }

  static FramePublisher publisher(OneProcess process) {
    return FramePublisher.connect(
        process.cluster().client(), process.cluster().serdes(), Clock.systemUTC());
  }
}
