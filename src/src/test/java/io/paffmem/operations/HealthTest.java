package io.paffmem.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final Health health = new Health();
  private @Nullable String one;
  private @Nullable String two;

  @Test
  void unready_fromStartToStop_saysWhatIsMissing() {
    health.add(() -> Optional.ofNullable(one));
    health.add(() -> Optional.ofNullable(two));

    assertThat(health.unready()).contains("the process is starting");
    health.started();
    assertThat(health.unready()).isEmpty();
    one = "the broker is away";
    assertThat(health.unready()).contains("the broker is away");
    two = "the model fails";
    assertThat(health.unready()).contains("the broker is away; the model fails");
    one = null;
    assertThat(health.unready()).contains("the model fails");
    two = null;
    assertThat(health.unready()).isEmpty();
    health.stopping();
    assertThat(health.unready()).contains("the process is being stopped");
  }

  @Test
  void dead_threadsThatWaitForEachOther_areFound() throws InterruptedException {
    assertThat(health.dead()).isEmpty();
    ReentrantLock left = new ReentrantLock();
    ReentrantLock right = new ReentrantLock();
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    Thread first = locking(left, right, bothHoldOne);
    Thread second = locking(right, left, bothHoldOne);
    try {
      bothHoldOne.await();
      while (!left.hasQueuedThread(second) || !right.hasQueuedThread(first)) {
        Thread.onSpinWait();
      }

      assertThat(health.dead()).contains("2 threads wait for each other for ever");
    } finally {
      // The whole process is asked, so whoever asks after this test must find none.
      first.interrupt();
      second.interrupt();
      first.join();
      second.join();
    }
    assertThat(health.dead()).isEmpty();
  }

  private static Thread locking(ReentrantLock first, ReentrantLock second, CountDownLatch holding) {
    Thread thread =
        new Thread(
            () -> {
              first.lock();
              try {
                holding.countDown();
                holding.await();
                second.lockInterruptibly();
                throw new IllegalStateException("no deadlock");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                first.unlock();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
