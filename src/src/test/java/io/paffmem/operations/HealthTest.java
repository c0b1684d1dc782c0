package io.paffmem.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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
    Object left = new Object();
    Object right = new Object();
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    Thread.State blocked = Thread.State.BLOCKED;
    Thread first = locking(left, right, bothHoldOne);
    Thread second = locking(right, left, bothHoldOne);
    bothHoldOne.await();
    while (first.getState() != blocked || second.getState() != blocked) {
      Thread.onSpinWait();
    }

    assertThat(health.dead()).contains("2 threads wait for each other for ever");
  }

  private static Thread locking(Object first, Object second, CountDownLatch holding) {
    Thread thread =
        new Thread(
            () -> {
              synchronized (first) {
                holding.countDown();
                while (holding.getCount() > 0) {
                  Thread.onSpinWait();
                }
                synchronized (second) {
                  throw new IllegalStateException("no deadlock");
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
