package io.paffmem.topology.config;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.PersonHasher;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the stream is to do.
 *
 * @param modelVersion the active prior knowledge; frames of another one get its own answer and
 *     leave the memory alone
 * @param seedingFrames how many frames of a newcomer are looked at for seeding
 * @param seeding which of these are seeded
 * @param layout where in the square the imagined expressions lie, as seed requests name it
 * @param memory the parameters of the memory; its latent size is the length of z
 * @param waitingLimit how long a frame waits for seeds by the clock on the wall before it is
 *     answered without; zero for not at all, as for what is live; null for no limit but the bound
 *     of the queue, as for a replay
 * @param queueBound waiting frames of one person above which the oldest are answered without seeds
 * @param cacheBytes heap for decoded persons, of all tasks of a process together
 * @param partitions partitions of every topic of the flow
 * @param idleLimit a memory goes when no frame of its person came for longer, by the frames' times
 *     of ingest; null for never
 * @param seedingTime seeding also ends with the first frame that was seen so long after the first
 *     that was seeded, by the camera's clock where frames have it; null for frames alone
 * @param guard when a face is kept out of a memory because it does not look like the person; null
 *     for never: then it is not kept how people look
 * @param hasher what people, streams and consents stand by in the store and in logs
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record TopologyConfig(
    String modelVersion,
    int seedingFrames,
    SeedingPolicy seeding,
    String layout,
    MemoryConfig memory,
    @Nullable Duration waitingLimit,
    int queueBound,
    long cacheBytes,
    int partitions,
    @Nullable Duration idleLimit,
    @Nullable Duration seedingTime,
    @Nullable GuardConfig guard,
    PersonHasher hasher) {

  /** 200 pairs, evenly over the square, interpolated from 36 that the PK computes. */
  public static final String STANDARD_LAYOUT = "chebyshev-36";

  /**
   * Checks every setting and fails once.
   *
   * @throws IllegalArgumentException naming each setting that is out of range
   */
  public TopologyConfig {
    List<String> problems = new ArrayList<>();
    if (modelVersion.isBlank()) {
      problems.add("modelVersion is blank (the version of the active model)");
    }
    if (layout.isBlank()) {
      problems.add("layout is blank (for example " + STANDARD_LAYOUT + ")");
    }
    atLeast(problems, "seedingFrames", seedingFrames, 1);
    if (waitingLimit != null && waitingLimit.isNegative()) {
      problems.add("waitingLimit = " + waitingLimit + " (zero, more than zero, or absent)");
    }
    atLeast(problems, "queueBound", queueBound, 1);
    atLeast(problems, "cacheBytes", cacheBytes, 0);
    atLeast(problems, "partitions", partitions, 1);
    if (idleLimit != null && (idleLimit.isNegative() || idleLimit.isZero())) {
      problems.add("idleLimit = " + idleLimit + " (more than zero, or absent)");
    }
    if (seedingTime != null && (seedingTime.isNegative() || seedingTime.isZero())) {
      problems.add("seedingTime = " + seedingTime + " (more than zero, or absent)");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("topology: " + String.join("; ", problems));
    }
  }

  /**
   * The settled defaults: 25 frames, seeded by need, no limit to waiting but 10,000 frames of a
   * person, 192 MiB of cache, no limit to idleness, a guard, hashes without a key.
   */
  public static TopologyConfig standard(String modelVersion, int partitions) {
    return new TopologyConfig(
        modelVersion,
        25,
        SeedingPolicy.byNeed(),
        STANDARD_LAYOUT,
        MemoryConfig.standard(),
        null,
        10_000,
        192L * 1024 * 1024,
        partitions,
        null,
        null,
        GuardConfig.standard(),
        PersonHasher.plain());
  }

  /** Whether a frame that would have to wait for seeds is answered without them at once. */
  public boolean answersAtOnce() {
    return waitingLimit != null && waitingLimit.isZero();
  }

  /** Numbers in z. */
  public int latentSize() {
    return memory.latentSize();
  }

  /** A builder that starts from these settings. */
  public TopologyConfigBuilder toBuilder() {
    return TopologyConfigBuilder.builder(this);
  }

  private static void atLeast(List<String> problems, String name, long value, long least) {
    if (value < least) {
      problems.add(name + " = " + value + " (at least " + least + " allowed)");
    }
  }
}
