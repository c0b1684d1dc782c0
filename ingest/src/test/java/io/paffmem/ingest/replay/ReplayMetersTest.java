package io.paffmem.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ReplayMetersTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void register_countsOfTheMoment_eachPictureOnce() {
    AtomicReference<ReplayCounts> seen = new AtomicReference<>(ReplayCounts.NONE);

    ReplayMeters.register(meters, seen, AtomicReference::get);
    seen.set(new ReplayCounts(10, 5, 2, 4, 1, 0));

    assertThat(value("paffmem.replay.faces", "found", "detected")).isEqualTo(3);
    assertThat(value("paffmem.replay.faces", "found", "carried")).isEqualTo(2);
    assertThat(value("paffmem.replay.faceless.pictures")).isEqualTo(4);
    assertThat(value("paffmem.replay.skipped.pictures")).isEqualTo(1);
  }

  private double value(String name, String... tags) {
    return meters.get(name).tags(tags).functionCounter().count();
  }
}
