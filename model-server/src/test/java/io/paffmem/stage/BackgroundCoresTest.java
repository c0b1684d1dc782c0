package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackgroundCoresTest {
  @Test
  void compute_parallelWork_staysOnItsOwnThreadsOfLowestPriority() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (BackgroundCores cores = new BackgroundCores("background", 1)) {
      int sum =
          cores.compute(
              () ->
                  IntStream.range(0, 1000)
                      .parallel()
                      .peek(i -> threads.add(Thread.currentThread()))
                      .sum());

      assertThat(sum).isEqualTo(499_500);
    }
    assertThat(threads).hasSize(1);
    Thread thread = threads.iterator().next();
    assertThat(thread.getName()).startsWith("background-");
    assertThat(thread.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
  }

  @Test
  void compute_workFails_throwsWhatItThrew() {
    try (BackgroundCores cores = new BackgroundCores("background", 1)) {
      assertThatThrownBy(
              () ->
                  cores.compute(
                      () -> {
                        throw new IllegalStateException("no");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no");
    }
  }
}
