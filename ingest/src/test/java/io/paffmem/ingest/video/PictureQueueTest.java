package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PictureQueueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofNanos(1);

  private final byte[] bgr = new byte[3];

  @Test
  void take_newest_losesWhatWasReplaced() throws Exception {
    PictureQueue queue = new PictureQueue(Late.NEWEST, 1);
    for (int i = 0; i < 3; i++) {
      put(queue, i);
    }

    assertTaken(queue, 2);
    assertThat(queue.take(AT_ONCE)).isNull();
  }

  @Test
  void put_everyAndFull_waitsForTheTaker() throws Exception {
    PictureQueue queue = new PictureQueue(Late.EVERY, 1);
    put(queue, 0);
    CompletableFuture<Boolean> second = putBeside(queue, 1);

    assertTaken(queue, 0);
    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
    assertTaken(queue, 1);
  }

  @Test
  void put_closedWhileFull_letsTheDecoderGo() throws Exception {
    PictureQueue queue = new PictureQueue(Late.EVERY, 1);
    put(queue, 0);
    CompletableFuture<Boolean> second = putBeside(queue, 1);

    queue.close();

    assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void take_ended_givesWhatIsLeftThenTheReason() throws Exception {
    PictureQueue queue = new PictureQueue(Late.EVERY, 2);
    put(queue, 0);
    queue.end("over");

    assertTaken(queue, 0);
    assertThat(queue.take(PATIENCE)).isNull();
    assertThat(queue.ended()).isEqualTo("over");
  }

  @Test
  void take_interruptedWhileAPictureWaits_isInterrupted() throws Exception {
    PictureQueue queue = new PictureQueue(Late.NEWEST, 1);
    put(queue, 0);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> queue.take(PATIENCE)).isInstanceOf(InterruptedException.class);
    assertTaken(queue, 0);
  }

  /** Its array may be used again only when the next picture is asked for. */
  @Test
  void take_whileOthersArePutIn_staysAsItWas() throws Exception {
    PictureQueue queue = new PictureQueue(Late.NEWEST, 1);
    put(queue, 1);
    Picture first = queue.take(PATIENCE);
    put(queue, 2);
    put(queue, 3);

    assertThat(first).isNotNull();
    assertThat(first.bgr()[0]).isEqualTo((byte) 1);
  }

  private void put(PictureQueue queue, int level) throws InterruptedException {
    bgr[0] = (byte) level;
    assertThat(queue.put(new Picture(0, 0, 1, 1, bgr), level, level)).isTrue();
  }

  private static CompletableFuture<Boolean> putBeside(PictureQueue queue, int index) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return queue.put(new Picture(0, 0, 1, 1, new byte[3]), index, index);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void assertTaken(PictureQueue queue, int index) throws InterruptedException {
    Picture picture = queue.take(PATIENCE);
    assertThat(picture).isNotNull();
    assertThat(picture.index()).isEqualTo(index);
  }
}
