package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RepliesTest {
  private final AtomicLong now = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();

  @Test
  void fill_inAnyOrder_isSaidInTheOrderOfThePlaces() {
    Line line = new Line(true);
    Replies replies = replies(line);
    Replies.Place first = replies.keepPlace();
    Replies.Place second = replies.keepPlace();
    replies.say(() -> "third");

    replies.fill(second, () -> "second");
    assertThat(line.said).isEmpty();
    replies.fill(first, () -> "first");

    assertThat(line.said).containsExactly("first", "second", "third");
    assertThat(replies.owed()).isZero();
    assertThat(sent).hasValue(3);
  }

  @Test
  void say_otherSideDoesNotRead_nextWaitsAndTheTimeIsTold() {
    Line line = new Line(false);
    Replies replies = replies(line);
    replies.say(() -> "first");
    replies.say(() -> "second");
    now.set(5);

    assertThat(line.said).containsExactly("first");
    assertThat(replies.owed()).isEqualTo(2);
    assertThat(replies.stuckNanos()).isEqualTo(5);

    line.read();

    assertThat(line.said).containsExactly("first", "second");
    assertThat(replies.owed()).isEqualTo(1);
    assertThat(replies.stuckNanos()).isZero();
  }

  @Test
  void say_thousandsThatAreReadAtOnce_needNoDeepStack() {
    Line line = new Line(true);
    Replies replies = replies(line);
    Replies.Place first = replies.keepPlace();
    for (int i = 0; i < 100_000; i++) {
      replies.say(() -> "later");
    }

    replies.fill(first, () -> "first");

    assertThat(line.said).hasSize(100_001);
  }

  @Test
  void closeWhenSaid_repliesOwed_closesAfterThemAndOnce() {
    Line line = new Line(true);
    Replies replies = replies(line);
    Replies.Place owed = replies.keepPlace();

    replies.closeWhenSaid(1001, "going");
    replies.closeWhenSaid(1000, "later");
    assertThat(line.closed).isEmpty();
    replies.fill(owed, () -> "owed");
    replies.say(() -> "too late");

    assertThat(line.said).containsExactly("owed");
    assertThat(line.closed).containsExactly(1001);
  }

  @Test
  void failed_nothingIsSaidOrKeptAnyMore() {
    Line line = new Line(true);
    Replies replies = replies(line);
    Replies.Place owed = replies.keepPlace();

    replies.failed();
    replies.fill(owed, () -> "owed");
    replies.say(() -> "more");

    assertThat(line.said).isEmpty();
    assertThat(replies.owed()).isZero();
  }

  private Replies replies(Line line) {
    return new Replies(line, now::get, sent::incrementAndGet);
  }

  private static final class Line implements Replies.Line {
    final List<String> said = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();
    private final boolean reads;
    private Runnable whenRead = () -> {};

    Line(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void send(String text, Runnable sent, Runnable failed) {
      said.add(text);
      if (reads) {
        sent.run();
      } else {
        whenRead = sent;
      }
    }

    void read() {
      whenRead.run();
    }

    @Override
    public void close(int status, String reason) {
      closed.add(status);
    }
  }
}
