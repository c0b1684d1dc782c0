package io.paffmem.app.options;

import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import io.paffmem.topology.TopologyConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How each person's memory is begun and kept. */
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class StageOptions {
  private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  @Option(
      names = "--seeding-frames",
      paramLabel = "N",
      description = "Frames of a newcomer that are seeded with imagined faces; default 25.")
  private int seedingFrames = 25;

  @Option(
      names = "--seeding-seconds",
      paramLabel = "S",
      description =
          "Seeding also ends with the first frame seen so long after the first that was seeded, for"
              + " feeds of few frames a second; without it, frames alone count.")
  private @Nullable Double seedingSeconds;

  @Option(
      names = "--waiting-limit",
      paramLabel = "SECONDS",
      description =
          "How long a frame waits for its seeds before the PK answers alone; without it, for ever.")
  private @Nullable Double waitingLimitSeconds;

  @Option(
      names = "--idle-limit",
      paramLabel = "DAYS",
      description =
          "A memory is removed when no frame of its person came for that long; without it, never.")
  private @Nullable Double idleLimitDays;

  @Mixin private MemoryOptions memory;

  /** Adds what is out of range. */
  public void check(Problems problems) {
    problems.addRefusalOf(() -> topology("any", 1));
  }

  /** The stream's settings for a PK. */
  public TopologyConfig topology(String modelVersion, int partitions) {
    Double seedingTime = seedingSeconds;
    Double seconds = waitingLimitSeconds;
    Double days = idleLimitDays;
    try {
      return TopologyConfig.standard(modelVersion, partitions).toBuilder()
          .seedingFrames(seedingFrames)
          .memory(memory.memory())
          .seedingTime(
              seedingTime == null ? null : Duration.ofMillis(Math.round(seedingTime * 1000)))
          .waitingLimit(seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000)))
          .idleLimit(days == null ? null : Duration.ofMillis(Math.round(days * MILLIS_PER_DAY)))
          .build();
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }
}
