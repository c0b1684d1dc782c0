package io.paffmem.training.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BatchQueueTest {

  @Test
  void next_severalThreads_inTheOrderOfTheStepsAndBoundedAhead() throws InterruptedException {
    Set<Long> drawn = new ConcurrentSkipListSet<>();
    LongFunction<Batch> draw =
        step -> {
          drawn.add(step);
          return marked(step);
        };
    try (BatchQueue<Batch> queue = new BatchQueue<>(draw, 41, 3)) {
      for (int step = 41; step < 141; step++) {
        assertThat(queue.next().faces()).isEqualTo(step);
        assertThat(drawn).allMatch(ahead(step));
      }
    }
  }

  @Test
  void next_drawingFails_failsWithTheCause() {
    LongFunction<Batch> draw =
        step -> {
          throw new IllegalArgumentException("no face");
        };
    try (BatchQueue<Batch> queue = new BatchQueue<>(draw, 1, 1)) {
      assertThatThrownBy(queue::next)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("no face");
    }
  }

  @Test
  void random_anotherForEachStepAndSeed_sameForTheSame() {
    Set<Long> first = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      for (long step = 1; step <= 500; step++) {
        first.add(BatchQueue.random(seed, step).nextLong());
      }
    }
    assertThat(first).hasSize(20 * 500);

    RandomGenerator one = BatchQueue.random(7, 3);
    RandomGenerator same = BatchQueue.random(7, 3);
    assertThat(one.longs(100).toArray()).isEqualTo(same.longs(100).toArray());
  }

  @Test
  void threadsFor_cores_leavesHalfToTheDevice() {
    assertThat(BatchQueue.threadsFor(1)).isEqualTo(1);
    assertThat(BatchQueue.threadsFor(2)).isEqualTo(1);
    assertThat(BatchQueue.threadsFor(8)).isEqualTo(4);
    assertThat(BatchQueue.threadsFor(64)).isEqualTo(8);
  }

  private static Predicate<Long> ahead(int step) {
    return drawn -> drawn <= step + 6;
  }

  private static Batch marked(long step) {
    return new Batch(
        (int) step,
        new byte[0],
        new float[0],
        new float[0],
        new int[0],
        new float[0],
        new int[0],
        new int[0],
        new int[0],
        new float[0]);
  }
}
