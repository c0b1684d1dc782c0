package io.paffmem.topology;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices threads that the store holds: they are within RocksDB and do nothing. RocksDB does that
 * when its disk is full or gone, and does not always come back when there is room again. Not
 * thread-safe but for {@link #problem}.
 */
final class StoreWatch {
  /** For so long a slow disk may hold a thread. */
  static final Duration DOUBT = Duration.ofSeconds(10);

  /** After so long the thread does not come back. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int TOP_FRAME = 1;
  private static final long MIB = 1 << 20;

  private final Path folder;
  private final Supplier<List<Held>> threads;
  private final LongSupplier nanoTime;
  private final Map<Long, Since> since = new HashMap<>();
  private volatile Optional<String> problem = Optional.empty();

  /**
   * A thread that is within the store now.
   *
   * @param cpuNanos processor time that it has used since it began
   */
  record Held(long id, long cpuNanos) {}

  private record Since(long nanos, long cpuNanos) {}

  /** Watches the threads of this process. */
  StoreWatch(Path folder) {
    this(folder, StoreWatch::withinRocksDb, System::nanoTime);
  }

  /**
   * As the other.
   *
   * @param threads those that are within the store now
   * @param nanoTime as {@link System#nanoTime}
   */
  StoreWatch(Path folder, Supplier<List<Held>> threads, LongSupplier nanoTime) {
    this.folder = folder;
    this.threads = threads;
    this.nanoTime = nanoTime;
  }

  /** Why the store holds a thread, in plain words; empty while it holds none. */
  Optional<String> problem() {
    return problem;
  }

  /**
   * Looks at the threads.
   *
   * @return what holds one for so long that it will not come back; empty if there is no such thread
   */
  Optional<String> look() {
    long now = nanoTime.getAsLong();
    Map<Long, Since> before = new HashMap<>(since);
    since.clear();
    long longest = 0;
    for (Held held : threads.get()) {
      Since known = before.get(held.id);
      Since begun =
          known != null && known.cpuNanos == held.cpuNanos ? known : new Since(now, held.cpuNanos);
      since.put(held.id, begun);
      longest = Math.max(longest, now - begun.nanos);
    }
    Duration held = Duration.ofNanos(longest);
    problem =
        held.compareTo(DOUBT) < 0
            ? Optional.empty()
            : Optional.of(
                "the store has held a thread for %d s; is the disk of %s full or gone? %s"
                    .formatted(held.toSeconds(), folder, room()));
    return held.compareTo(PATIENCE) < 0 ? Optional.empty() : problem;
  }

  private String room() {
    try {
      return "It has %d MiB left".formatted(Files.getFileStore(folder).getUsableSpace() / MIB);
    } catch (IOException e) {
      return "It does not say how much is left";
    }
  }

  private static List<Held> withinRocksDb() {
    ThreadMXBean all = ManagementFactory.getThreadMXBean();
    List<Held> held = new ArrayList<>();
    for (ThreadInfo thread : all.getThreadInfo(all.getAllThreadIds(), TOP_FRAME)) {
      if (thread != null
          && thread.getStackTrace().length > 0
          && thread.getStackTrace()[0].getClassName().startsWith("org.rocksdb.")) {
        held.add(new Held(thread.getThreadId(), all.getThreadCpuTime(thread.getThreadId())));
      }
    }
    return held;
  }
}
