package io.paffmem.topology.metrics;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.paffmem.schemas.Decoded;
import io.paffmem.topology.config.Names;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all tasks of this process count together, whichever come and go: a counter never falls. What
 * is handled counts; a transaction that is aborted is handled, and counts, again. Thread-safe.
 */
public final class Counters {
  private static final String PREFIX = "paffmem.topology.";
  private static final String DEAD_LETTERS = "paffmem.dead.letters";

  /** What dead letters can say, besides {@link Decoded.Reason}. */
  private static final List<String> REASONS =
      List.of(
          "corrupt_row",
          "invalid_command",
          "invalid_embedding",
          "invalid_label",
          "invalid_prior",
          "invalid_seeds",
          "key_mismatch",
          "misrouted",
          "missing_key",
          "too_late");

  private static final Duration[] LOAD_TIMES = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1)
  };
  private static final Duration[] LATENCIES = {
    Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(75), Duration.ofMillis(100), Duration.ofMillis(150),
    Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
    Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10),
    Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5)
  };
  private static final double[] NEURONS = {2, 25, 50, 100, 150, 200, 300, 400, 512, 1_024};
  private static final double[] ACTIVITIES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};

  private final MeterRegistry registry;
  private final Map<Count, Counter> meters = new EnumMap<>(Count.class);
  private final Timer loads;
  private final Timer loadProcessor;
  private final Timer latency;
  private final DistributionSummary neurons;
  private final DistributionSummary activity;

  private final AtomicLong waitingFrames;
  private final AtomicLong cachedPersons;
  private final AtomicLong cachedBytes;

  /** Counts that are told to that registry, all of them from the beginning. */
  public Counters(MeterRegistry registry) {
    this.registry = registry;
    for (Count count : Count.values()) {
      if (count != Count.DEAD_LETTERS) {
        meters.put(
            count,
            Counter.builder(count.meter())
                .description(count.metric())
                .tags(count.tags())
                .register(registry));
      }
    }
    Decoded.Reason.ALL.forEach(this::deadLetters);
    REASONS.forEach(this::deadLetters);
    loads =
        Timer.builder(PREFIX + "load")
            .description("reading and decoding a person's rows")
            .serviceLevelObjectives(LOAD_TIMES)
            .register(registry);
    loadProcessor =
        Timer.builder(PREFIX + "load.processor")
            .description("what the thread itself worked for that; the rest it waited")
            .serviceLevelObjectives(LOAD_TIMES)
            .register(registry);
    latency =
        Timer.builder("paffmem.event.latency")
            .description("from a frame's ingest to its committed event")
            .serviceLevelObjectives(LATENCIES)
            .register(registry);
    neurons =
        DistributionSummary.builder(PREFIX + "neurons")
            .description("neurons of the memory that answered, at each of its events")
            .serviceLevelObjectives(NEURONS)
            .register(registry);
    activity =
        DistributionSummary.builder(PREFIX + "activity")
            .description("activity of the best-matching unit, at each event of a memory")
            .serviceLevelObjectives(ACTIVITIES)
            .register(registry);
    waitingFrames = gauge("waiting.frames", "frames that wait for seeds");
    cachedPersons = gauge("cached.persons", "decoded memories");
    cachedBytes = gauge("cached.bytes", "heap that decoded memories take");
  }

  private AtomicLong gauge(String name, String description) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(PREFIX + name, value, AtomicLong::get)
        .description(description)
        .register(registry);
    return value;
  }

  public void count(Count count) {
    count(count, 1);
  }

  public void count(Count count, long many) {
    var meter = meters.get(count);
    if (meter != null) {
      meter.increment((double) many);
    }
  }

  public void deadLetter(String reason) {
    deadLetters(reason).increment();
  }

  private Counter deadLetters(String reason) {
    return Counter.builder(DEAD_LETTERS)
        .description("records that a stage could not use")
        .tags("stage", Names.STAGE, "reason", reason)
        .register(registry);
  }

  /**
   * Takes note of a person whose rows were read.
   *
   * @param processorNanos of the thread that read them
   */
  public void loaded(long nanos, long processorNanos) {
    loads.record(nanos, NANOSECONDS);
    loadProcessor.record(processorNanos, NANOSECONDS);
  }

  /** Takes note of a memory's answer. */
  public void answered(int memoryNeurons, float bestActivity) {
    neurons.record(memoryNeurons);
    activity.record(bestActivity);
  }

  /** So many frames more wait for seeds. */
  public void addWaitingFrames(long frames) {
    waitingFrames.addAndGet(frames);
  }

  /** Frames that wait for seeds. */
  public long waitingFrames() {
    return waitingFrames.get();
  }

  /** So many memories more are decoded, and take so much heap more. */
  public void addCached(long persons, long bytes) {
    cachedPersons.addAndGet(persons);
    cachedBytes.addAndGet(bytes);
  }

  /** Takes note of an event that readers can see. */
  public void committed(long latencyMillis) {
    latency.record(Math.max(0, latencyMillis), MILLISECONDS);
  }

  /** What a counter has come to. */
  public long total(Count count) {
    if (count == Count.DEAD_LETTERS) {
      return (long)
          registry.find(DEAD_LETTERS).tag("stage", Names.STAGE).counters().stream()
              .mapToDouble(Counter::count)
              .sum();
    }
    var meter = meters.get(count);
    return meter == null ? 0 : (long) meter.count();
  }

  /** All of them, by name. */
  public Map<String, Long> totals() {
    Map<String, Long> totals = new TreeMap<>();
    for (Count count : Count.values()) {
      totals.put(count.metric(), total(count));
    }
    return totals;
  }
}
