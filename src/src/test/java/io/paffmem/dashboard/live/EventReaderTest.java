package io.paffmem.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.dashboard.config.DashboardConfig;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventReaderTest {
  private static final int MOST_BYTES = 1 << 20;
  private static final DashboardConfig.Patience PATIENCE = DashboardConfig.Patience.defaults();

  private final DashboardCounters counters = new DashboardCounters();
  private long nanos;

  @Test
  void look_writeUnderWayOfWhichSomethingIsTaken_goesOn() {
    Line line = new Line();
    EventReader reader = reader(line, new QueueBudget(MOST_BYTES));
    reader.offer(chunk());

    for (int i = 0; i < 5; i++) {
      nanos += PATIENCE.reading().toNanos() - 1;
      line.underWay().moved();
      reader.look(PATIENCE);
    }
    assertThat(line.ended).isNull();

    nanos += PATIENCE.reading().toNanos() + 1;
    reader.look(PATIENCE);
    assertThat(line.ended).isEqualTo("aborted");
  }

  @Test
  void offer_othersHaveTakenTheRoom_whoIsBehindIsDropped_whoReadsIsNot() {
    Chunk first = chunk();
    QueueBudget budget = new QueueBudget(2L * first.bytes().length);
    Line slowLine = new Line();
    Line otherLine = new Line();
    EventReader slow = reader(slowLine, budget);
    EventReader other = reader(otherLine, budget);
    List.of(slow, other).forEach(reader -> reader.offer(first)); // are being written

    List<Chunk> shared = List.of(chunk(), chunk());
    shared.forEach(slow::offer);
    shared.forEach(other::offer); // which are there already
    assertThat(counters.slowReaders.sum()).isZero();

    otherLine.finish(); // the next is being written, but waits for the slow one, too
    slow.offer(chunk());

    assertThat(counters.slowReaders.sum()).isEqualTo(1);
    slowLine.finish();
    assertThat(slowLine.ended).isEqualTo("dropped");
    otherLine.finish();
    // All room is free again.
    other.offer(chunk());
    other.offer(chunk());
    assertThat(counters.slowReaders.sum()).isEqualTo(1);
  }

  private EventReader reader(Line line, QueueBudget budget) {
    return new EventReader(line, MOST_BYTES, budget, Runnable::run, () -> nanos, counters);
  }

  private static Chunk chunk() {
    return new Chunk(List.of(EmotionMessage.of(ReadyEvent.of("ann", 0))));
  }

  /** Takes what is written when the test says so. */
  private static final class Line implements EventReader.Line {
    @Nullable String ended;
    private @Nullable WriteProgress progress;

    WriteProgress underWay() {
      assertThat(progress).isNotNull();
      return Objects.requireNonNull(progress);
    }

    void finish() {
      WriteProgress now = underWay();
      progress = null;
      now.written();
    }

    @Override
    public void write(List<Chunk> chunks, WriteProgress how) {
      progress = how;
    }

    @Override
    public void ping(WriteProgress how) {
      how.written();
    }

    @Override
    public void drop() {
      ended = "dropped";
    }

    @Override
    public void end() {
      ended = "ended";
    }

    @Override
    public void abort() {
      ended = "aborted";
    }
  }
}
