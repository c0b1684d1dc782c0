package io.paffmem.ingest.gateway.frames;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Counts faces by how the gateway came by them and whether they can be read, and how long that
 * took.
 */
final class FaceCounters {
  private static final String PREFIX = "paffmem.gateway.";
  private static final Duration[] LOOKING_TIMES = {
    Duration.ofMillis(1), Duration.ofNanos(2_500_000), Duration.ofMillis(5),
    Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
    Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1)
  };

  /** Faces of which the gateway came to know in one way, each counted once. */
  static final class Found {
    private final Counter readable;
    private final Counter unreadable;

    private Found(MeterRegistry registry, String found) {
      readable = faces(registry, found, true);
      unreadable = faces(registry, found, false);
    }

    void count(CutFace face) {
      (face.isReadable() ? readable : unreadable).increment();
    }
  }

  /** In this picture. */
  final Found detected;

  /** Where it was a moment ago. */
  final Found carried;

  /** Cut out by whoever sent it. */
  final Found given;

  /** Decoding a picture, finding its face and encoding that. */
  final Timer looking;

  FaceCounters(MeterRegistry registry) {
    detected = new Found(registry, "detected");
    carried = new Found(registry, "carried");
    given = new Found(registry, "given");
    looking =
        Timer.builder(PREFIX + "looking")
            .description("decoding a picture, finding its face and encoding that")
            .serviceLevelObjectives(LOOKING_TIMES)
            .register(registry);
  }

  private static Counter faces(MeterRegistry registry, String found, boolean isReadable) {
    return Counter.builder(PREFIX + "faces")
        .description(
            "faces, by how the gateway came by where they are, and whether they can be read")
        .tags("found", found, "readable", Boolean.toString(isReadable))
        .register(registry);
  }
}
