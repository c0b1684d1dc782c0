package io.paffmem.stage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Decoded;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What the workers of one stage have done. Records count once their transaction is committed. */
final class StageCounters {
  private static final String PREFIX = "paffmem.model.server.";
  private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1_024, 4_096};
  private static final Duration[] TIMES = {
    Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2_500),
    Duration.ofSeconds(5), Duration.ofSeconds(10)
  };

  final Counter records;
  final Counter answers;
  final Counter misrouted;
  final Counter aborts;

  /** Records of each batch that was committed. */
  final DistributionSummary batches;

  /** What the stage took for a batch, decoding and the PK, whether or not it was committed then. */
  final Timer handling;

  /** What sending and committing a batch took. */
  final Timer committing;

  private final MeterRegistry registry;
  private final String stage;

  /**
   * Counts into a registry.
   *
   * @param stage its name, as dead letters have it
   * @param deadLetterReasons those that it can have besides {@link Decoded.Reason}. All are there
   *     from the beginning: a counter that appears has not grown, and nobody would be alerted
   * @param refusalReasons the same of refusals
   */
  StageCounters(
      MeterRegistry registry,
      String stage,
      Collection<String> deadLetterReasons,
      Collection<String> refusalReasons) {
    this.registry = registry;
    this.stage = stage;
    Tags tags = Tags.of("stage", stage);
    records = counter("records", "records read", tags);
    answers = counter("answers", "records answered", tags);
    misrouted = counter("misrouted", "records found in another partition than their key's", tags);
    aborts =
        counter("aborts", "transactions that were aborted; their records were handled again", tags);
    batches =
        DistributionSummary.builder(PREFIX + "batch.records")
            .description("records of a committed batch")
            .tags(tags)
            .serviceLevelObjectives(BATCH_SIZES)
            .register(registry);
    handling = timer("handling", "decoding a batch and running the PK on it", tags);
    committing = timer("committing", "sending and committing a batch", tags);
    Decoded.Reason.ALL.forEach(this::deadLetters);
    deadLetterReasons.forEach(this::deadLetters);
    refusalReasons.forEach(this::refusals);
  }

  /** Without any reason beforehand. */
  StageCounters(MeterRegistry registry, String stage) {
    this(registry, stage, List.of(), List.of());
  }

  void committed(int polled, StageOutput output) {
    records.increment(polled);
    answers.increment(output.answers());
    output.refusalReasons().forEach((reason, many) -> refusals(reason).increment(many));
    output.deadLetterReasons().forEach((reason, many) -> deadLetters(reason).increment(many));
    batches.record(polled);
  }

  /** Records answered with a refusal. */
  long refusals() {
    return sum("paffmem.model.server.refusals");
  }

  /** Records that could not be used. */
  long deadLetters() {
    return sum("paffmem.dead.letters");
  }

  /** Those among them that named no consent. */
  long withoutConsent() {
    return (long) deadLetters(DeadLetters.CONSENT_MISSING).count();
  }

  private Counter refusals(String reason) {
    return counter(
        "refusals", "records answered with a refusal", Tags.of("stage", stage, "reason", reason));
  }

  private Counter deadLetters(String reason) {
    return Counter.builder("paffmem.dead.letters")
        .description("records that a stage could not use")
        .tags("stage", stage, "reason", reason)
        .register(registry);
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder(PREFIX + name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  private long sum(String name) {
    return (long)
        registry.find(name).tag("stage", stage).counters().stream()
            .mapToDouble(Counter::count)
            .sum();
  }
}
