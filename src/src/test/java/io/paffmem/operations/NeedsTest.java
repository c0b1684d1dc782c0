package io.paffmem.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.start.StartException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsTest {
  private final Health health = new Health();
  private final List<String> said = new ArrayList<>();
  private long nanos = 1;
  private final Needs needs =
      new Needs(
          health,
          () -> nanos,
          millis -> {
            said.add(health.unready().orElse("ready"));
            nanos += Duration.ofMillis(millis).toNanos();
          });

  @Test
  void await_brokerThenTopicsAway_waitsAndSaysWhatForEachTime() {
    Deque<Optional<String>> lacking =
        new ArrayDeque<>(
            List.of(Optional.of("no broker"), Optional.of("no topics"), Optional.empty()));

    needs.await(lacking::remove, null);

    assertThat(said)
        .containsExactly(
            "the process is starting and waits: no broker",
            "the process is starting and waits: no topics");
    assertThat(health.unready()).contains("the process is starting");
    assertThat(lacking).isEmpty();
  }

  @Test
  void await_longerThanTheLimit_endsAndSaysWhatWasMissing() {
    assertThatThrownBy(() -> needs.await(() -> Optional.of("no broker"), Duration.ofSeconds(3)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no broker")
        .hasMessageContaining("--start-timeout 3.0 is over");
    assertThat(said).hasSize(3);
  }

  @Test
  void await_interrupted_endsAndStaysInterrupted() {
    Needs interrupted =
        new Needs(
            health,
            () -> nanos,
            millis -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> interrupted.await(() -> Optional.of("no broker"), null))
        .isInstanceOf(StartException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
