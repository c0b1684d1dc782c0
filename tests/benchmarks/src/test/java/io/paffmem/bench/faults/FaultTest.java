package io.paffmem.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FaultTest {
  @Test
  void draw_often_everyKindComes_killsOfTopologiesMost() {
    SplittableRandom random = new SplittableRandom(1);
    Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

    for (int i = 0; i < 1_800; i++) {
      counts.merge(Fault.draw(random), 1, Integer::sum);
    }

    assertThat(counts).containsOnlyKeys(Fault.values());
    assertThat(counts.get(Fault.KILL_TOPOLOGY)).isBetween(400, 600);
    assertThat(counts.get(Fault.ROLLING_RESTART)).isBetween(60, 140);
  }

  @Test
  void drawAbsence_often_isFrom2To30Seconds() {
    SplittableRandom random = new SplittableRandom(1);

    for (int i = 0; i < 1_000; i++) {
      assertThat(Fault.drawAbsence(random))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }
  }
}
