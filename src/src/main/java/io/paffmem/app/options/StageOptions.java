package io.paffmem.app.options;

import io.paffmem.memory.SeedingPolicy;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.stage.SeedLayout;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import io.paffmem.topology.config.TopologyConfig;
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
      description = "Frames of a newcomer that are looked at for imagining faces; default 25.")
  private int seedingFrames = 25;

  @Option(
      names = "--seeding",
      paramLabel = "by-need|every-frame",
      converter = SeedingOption.class,
      description =
          "Faces are imagined for those of them that differ from the ones before, seven at most, or"
              + " for every one. Default: by-need.")
  private SeedingPolicy seeding = SeedingPolicy.byNeed();

  @Option(
      names = "--seeding-seconds",
      paramLabel = "S",
      description =
          "Seeding also ends with the first frame seen so long after the first that was seeded, for"
              + " feeds of few frames a second; without it, frames alone count.")
  private @Nullable Double seedingSeconds;

  @Option(
      names = "--seed-layout",
      paramLabel = "LAYOUT",
      converter = SeedLayoutOption.class,
      completionCandidates = SeedLayoutOption.Names.class,
      description =
          "Which faces are imagined for each of them: ${COMPLETION-CANDIDATES}. Default:"
              + " chebyshev-36, 200 of which 40 are computed and the others interpolated.")
  private @Nullable SeedLayout layout;

  @Option(
      names = "--waiting-limit",
      paramLabel = "SECONDS|none",
      converter = WaitingLimit.Converter.class,
      description =
          "How long a newcomer's frame waits for imagined faces before it is answered without: 0 is"
              + " not at all, none is no limit. Default: 0 for what is live (topology, gateway, demo"
              + " at real speed, cameras and streams), none for recordings that are replayed in this"
              + " process.")
  private @Nullable WaitingLimit waitingLimit;

  @Option(
      names = "--idle-limit",
      paramLabel = "DAYS",
      description =
          "A memory is removed when no frame of its person came for that long; without it, never.")
  private @Nullable Double idleLimitDays;

  @Mixin private MemoryOptions memory;
  @Mixin private GuardOption guard;

  /** Adds what is out of range. */
  public void check(Problems problems) {
    problems.addRefusalOf(() -> topology("any", 1, WaitingLimit.NONE));
  }

  /**
   * The stream's settings for a PK.
   *
   * @param usual the limit where none is named
   */
  public TopologyConfig topology(String modelVersion, int partitions, WaitingLimit usual) {
    Double seedingTime = seedingSeconds;
    WaitingLimit limit = waitingLimit == null ? usual : waitingLimit;
    Double days = idleLimitDays;
    try {
      return TopologyConfig.standard(modelVersion, partitions).toBuilder()
          .seedingFrames(seedingFrames)
          .seeding(seeding)
          .layout(layout == null ? TopologyConfig.STANDARD_LAYOUT : layout.name())
          .memory(memory.memory())
          .guard(guard.isOn() ? GuardConfig.standard() : null)
          .seedingTime(
              seedingTime == null ? null : Duration.ofMillis(Math.round(seedingTime * 1000)))
          .waitingLimit(limit.time())
          .idleLimit(days == null ? null : Duration.ofMillis(Math.round(days * MILLIS_PER_DAY)))
          .build();
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }
}
