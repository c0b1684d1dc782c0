package io.paffmem.ingest.replay;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The counts of replays, as metrics. */
public final class ReplayMeters {
  private static final String PREFIX = "paffmem.replay.";

  private ReplayMeters() {}

  /**
   * Registers them.
   *
   * @param replays what is counted; the meters do not keep it alive
   * @param counts of all that is replayed, now
   */
  public static <T> void register(
      MeterRegistry meters, T replays, Function<T, ReplayCounts> counts) {
    faces(meters, replays, "detected", each -> detected(counts.apply(each)));
    faces(meters, replays, "carried", each -> counts.apply(each).carriedBoxes());
    FunctionCounter.builder(
            PREFIX + "faceless.pictures", replays, each -> counts.apply(each).facelessFrames())
        .description("pictures without a face, which were not published")
        .register(meters);
    FunctionCounter.builder(
            PREFIX + "skipped.pictures", replays, each -> counts.apply(each).skippedFrames())
        .description("pictures that were not looked at, since a newer one was there")
        .register(meters);
  }

  private static long detected(ReplayCounts counts) {
    return counts.faces() - counts.carriedBoxes();
  }

  private static <T> void faces(
      MeterRegistry meters, T replays, String found, ToLongFunction<T> count) {
    FunctionCounter.builder(PREFIX + "faces", replays, count::applyAsLong)
        .description("faces that were published, by how it was found where they are")
        .tags("found", found)
        .register(meters);
  }
}
