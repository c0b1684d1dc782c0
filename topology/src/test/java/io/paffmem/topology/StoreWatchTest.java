package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.topology.StoreWatch.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWatchTest {
  @TempDir Path folder;

  private long nanos = Duration.ofDays(1).toNanos();
  private List<Held> within = List.of();

  @Test
  void look_threadThatDoesNothingWithinTheStore_isAProblemAndThenTheEnd() {
    StoreWatch watch = new StoreWatch(folder, () -> within, () -> nanos);
    within = List.of(new Held(7, 1_000), new Held(8, 5));

    assertThat(watch.look()).isEmpty();
    pass(StoreWatch.DOUBT.minusSeconds(1));
    assertThat(watch.look()).isEmpty();
    assertThat(watch.problem()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(watch.look()).isEmpty();
    assertThat(watch.problem().orElseThrow())
        .contains("held a thread for 10 s", folder.toString(), "MiB left");
    pass(StoreWatch.PATIENCE);
    assertThat(watch.look()).isEqualTo(watch.problem()).isPresent();
  }

  @Test
  void look_threadThatWorksOrComesBack_isNone() {
    StoreWatch watch = new StoreWatch(folder, () -> within, () -> nanos);
    for (int i = 0; i < 100; i++) {
      within = List.of(new Held(7, i)); // it uses the processor: it restores, say
      assertThat(watch.look()).isEmpty();
      pass(Duration.ofSeconds(5));
    }
    assertThat(watch.problem()).isEmpty();

    pass(StoreWatch.DOUBT);
    watch.look();
    assertThat(watch.problem()).isPresent();
    within = List.of();
    watch.look();
    assertThat(watch.problem()).isEmpty();
  }

  @Test
  void look_threadsOfThisProcess_holdsNone() {
    StoreWatch watch = new StoreWatch(folder);

    assertThat(watch.look()).isEmpty();
    assertThat(watch.problem()).isEmpty();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
