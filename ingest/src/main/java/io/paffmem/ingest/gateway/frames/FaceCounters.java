package io.paffmem.ingest.gateway.frames;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts faces by how the gateway came by them, and how long that took. */
final class FaceCounters {
  private static final String PREFIX = "paffmem.gateway.";
  private static final Duration[] LOOKING_TIMES = {
    Duration.ofMillis(1), Duration.ofNanos(2_500_000), Duration.ofMillis(5),
    Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1)
  };

  final Counter detected;
  final Counter carried;
  final Counter given;

  /** Decoding a picture, finding its face and encoding that. */
  final Timer looking;

  FaceCounters(MeterRegistry registry) {
    detected = faces(registry, "detected");
    carried = faces(registry, "carried");
    given = faces(registry, "given");
    looking =
        Timer.builder(PREFIX + "looking")
            .description("decoding a picture, finding its face and encoding that")
            .serviceLevelObjectives(LOOKING_TIMES)
            .register(registry);
  }

  private static Counter faces(MeterRegistry registry, String found) {
    return Counter.builder(PREFIX + "faces")
        .description("faces, by how the gateway came by where they are")
        .tags("found", found)
        .register(registry);
  }
}
