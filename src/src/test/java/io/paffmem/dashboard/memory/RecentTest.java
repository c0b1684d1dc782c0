package io.paffmem.dashboard.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RecentTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final Recent<String, Integer> recent = new Recent<>(Duration.ofNanos(100), 2, nanos::get);

  @Test
  void get_withinTheTime_isTheSameAnswer_laterAnother() {
    assertThat(next("ann")).isEqualTo(new Found<>(1));
    nanos.addAndGet(99);
    assertThat(next("ann")).isEqualTo(new Found<>(1));
    assertThat(next("bob")).isEqualTo(new Found<>(2));
    nanos.addAndGet(1);
    assertThat(next("ann")).isEqualTo(new Found<>(3));
    assertThat(next("bob")).isEqualTo(new Found<>(2));
  }

  @Test
  void get_whatCouldNotBeHad_isAskedForAgain() {
    Missing<Integer> missing = new Missing<>(Reason.RESTORING, "later");

    assertThat(recent.get("ann", () -> missing)).isEqualTo(missing);
    assertThat(next("ann")).isEqualTo(new Found<>(1));
  }

  @Test
  void get_moreThanAreKept_leastRecentlyAskedGoesFirst() {
    next("ann");
    next("bob");
    next("ann");
    next("cid");

    assertThat(next("ann")).isEqualTo(new Found<>(1));
    assertThat(next("bob")).isEqualTo(new Found<>(4));
  }

  @Test
  @Timeout(120)
  void get_manyAtOnce_oneMakesItForAll() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<CompletableFuture<MemoryAnswer<Integer>>> all = new ArrayList<>();
    all.add(
        CompletableFuture.supplyAsync(
            () ->
                recent.get(
                    "ann",
                    () -> {
                      making.countDown();
                      await(go);
                      return new Found<>(made.incrementAndGet());
                    })));
    await(making);
    all.add(CompletableFuture.supplyAsync(() -> next("ann")));
    go.countDown();

    for (CompletableFuture<MemoryAnswer<Integer>> each : all) {
      assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(new Found<>(1));
    }
  }

  private MemoryAnswer<Integer> next(String key) {
    return recent.get(key, () -> new Found<>(made.incrementAndGet()));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
