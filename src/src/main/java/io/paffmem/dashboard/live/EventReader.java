package io.paffmem.dashboard.live;

import io.paffmem.dashboard.config.DashboardConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One who reads events. What comes waits in a queue that is bounded; one write at a time is under
 * way, and takes all that waits, up to a limit. Nobody ever waits for it: when the queue is full,
 * it is thrown away and the reader dropped.
 */
public final class EventReader {
  private static final int MOST_BYTES_A_WRITE = 64 * 1024;

  /** What it is written to. A write returns at once, and tells later how it goes. */
  public interface Line {
    /** Writes whole chunks. */
    void write(List<Chunk> chunks, WriteProgress progress);

    /** A sign of life, where nothing else is written. */
    void ping(WriteProgress progress);

    /** Says why, and ends it. */
    void drop();

    /** Ends it in passing: the dashboard stops. */
    public void end();

    /** Ends it without a word: it takes none. */
    void abort();
  }

  private final Line line;
  private final int mostBytes;
  private final QueueBudget budget;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final DashboardCounters counters;

  // Guarded by this.
  private final Deque<Chunk> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean writing;
  private boolean dropped;
  private boolean ended;
  private long sinceNanos;

  /**
   * @param mostBytes that wait for it
   * @param budget of all readers together
   * @param executor writes
   */
  public EventReader(
      Line line,
      int mostBytes,
      QueueBudget budget,
      Executor executor,
      LongSupplier nanoTime,
      DashboardCounters counters) {
    this.line = line;
    this.mostBytes = mostBytes;
    this.budget = budget;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.counters = counters;
    this.sinceNanos = nanoTime.getAsLong();
  }

  /**
   * Begins with a write of somebody else's; what is offered from then on waits until it is done.
   *
   * @param first begins that write
   */
  public void begin(Consumer<WriteProgress> first) {
    synchronized (this) {
      writing = true;
      sinceNanos = nanoTime.getAsLong();
    }
    first.accept(new Under(List.of()));
  }

  /** Takes events; called by the hub, so nothing is written here. */
  void offer(Chunk chunk) {
    synchronized (this) {
      if (dropped || ended) {
        return;
      }
      // An empty queue takes anything, whatever its size.
      boolean isTooMuch =
          queuedBytes + chunk.bytes().length > mostBytes || !budget.hasRoomFor(chunk.shared());
      if (!queue.isEmpty() && isTooMuch) {
        drop();
      } else {
        budget.take(chunk.shared());
        queue.add(chunk);
        queuedBytes += chunk.bytes().length;
        counters.sent.add(chunk.messages().size());
      }
      if (writing) {
        return; // which looks again when it is done
      }
    }
    executor.execute(this::write);
  }

  private void drop() {
    clear();
    dropped = true;
    counters.slowReaders.increment();
  }

  private void clear() {
    queue.forEach(chunk -> budget.giveBack(chunk.shared()));
    queue.clear();
    queuedBytes = 0;
  }

  private void write() {
    List<Chunk> batch = new ArrayList<>();
    synchronized (this) {
      if (writing || ended || (queue.isEmpty() && !dropped)) {
        return;
      }
      writing = true;
      sinceNanos = nanoTime.getAsLong();
      int bytes = 0;
      Chunk next;
      while ((next = queue.peek()) != null
          && (bytes == 0 || bytes + next.bytes().length <= MOST_BYTES_A_WRITE)) {
        batch.add(queue.remove());
        budget.giveBack(next.shared());
        bytes += next.bytes().length;
      }
      queuedBytes -= bytes;
      ended = batch.isEmpty();
    }
    if (batch.isEmpty()) {
      line.drop();
    } else {
      line.write(batch, new Under(batch));
    }
  }

  /** A write that is under way. */
  private final class Under implements WriteProgress {
    private final List<Chunk> batch;

    Under(List<Chunk> batch) {
      this.batch = batch;
    }

    @Override
    public void moved() {
      synchronized (EventReader.this) {
        sinceNanos = nanoTime.getAsLong();
      }
    }

    @Override
    public void written() {
      for (Chunk chunk : batch) {
        counters.written.add(chunk.messages().size());
      }
      goOn();
    }
  }

  private void goOn() {
    synchronized (this) {
      writing = false;
      sinceNanos = nanoTime.getAsLong();
      if (queue.isEmpty() && !dropped) {
        return;
      }
    }
    // Not here: a write that is done at once would call itself without end.
    executor.execute(this::write);
  }

  /** Looks whether it is stuck, or has heard nothing for long; called now and then. */
  public void look(DashboardConfig.Patience patience) {
    boolean isStuck;
    synchronized (this) {
      long nanos = nanoTime.getAsLong() - sinceNanos;
      isStuck = writing && nanos > patience.reading().toNanos();
      if (isStuck) {
        if (!dropped) {
          drop();
        }
        ended = true;
      } else if (writing || ended || nanos <= patience.ping().toNanos()) {
        return;
      } else {
        writing = true;
        sinceNanos = nanoTime.getAsLong();
      }
    }
    if (isStuck) {
      line.abort();
    } else {
      line.ping(new Under(List.of()));
    }
  }

  /** Ends it: the dashboard stops. */
  public void end() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      clear();
    }
    line.end();
  }

  /** The other side is gone. */
  public synchronized void gone() {
    ended = true;
    clear();
  }
}
