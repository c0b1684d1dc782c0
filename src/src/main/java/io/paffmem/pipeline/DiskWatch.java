package io.paffmem.pipeline;

import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a run before its disk is full: the broker and the store of memories cannot go on without
 * space, and need some to close what they have. A small part of the disk is kept for that.
 */
final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final long MIB = 1 << 20;

  /** What closing a broker and a store takes; of a small disk, a tenth. */
  private static final long MOST_RESERVE = 32 * MIB;

  private static final int RESERVED_PART = 10;

  /** Tells how much there is. */
  interface Space {
    /** Bytes that may still be written, and bytes of the whole disk. */
    long[] usableAndTotal() throws IOException;
  }

  private final Path folder;
  private final Space space;
  private final CompletableFuture<Throwable> full = new CompletableFuture<>();
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "disk-watch");
            thread.setDaemon(true);
            return thread;
          });

  private DiskWatch(Path folder, Space space) {
    this.folder = folder;
    this.space = space;
  }

  /**
   * Watches the disk of a folder that is there.
   *
   * @throws StartException if there is too little space already
   */
  static DiskWatch of(Path folder) {
    DiskWatch watch = new DiskWatch(folder, spaceOf(folder));
    watch.look();
    Throwable already = watch.full.getNow(null);
    if (already != null) {
      watch.close();
      throw StartException.ofStage(already);
    }
    var unused =
        watch.watcher.scheduleWithFixedDelay(
            watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  private static Space spaceOf(Path folder) {
    return () -> {
      FileStore store = Files.getFileStore(folder);
      return new long[] {store.getUsableSpace(), store.getTotalSpace()};
    };
  }

  /** What is wrong with so much space; empty if it is enough. */
  static Optional<String> problem(Path folder, long usableBytes, long totalBytes) {
    long reserve = Math.min(MOST_RESERVE, totalBytes / RESERVED_PART);
    return usableBytes >= reserve
        ? Optional.empty()
        : Optional.of(
            "the disk of %s is full (%d MiB left of %d, and closing needs %d); what was committed stays: make room, or choose another folder with --data, and run it again"
                .formatted(folder, usableBytes / MIB, totalBytes / MIB, (reserve + MIB - 1) / MIB));
  }

  private void look() {
    try {
      long[] bytes = space.usableAndTotal();
      problem(folder, bytes[0], bytes[1])
          .ifPresent(problem -> full.complete(new StartException(problem)));
    } catch (IOException e) {
      // The folder may be gone; those who write to it will say so.
      LOG.debug("The space of {} is not known", folder, e);
    }
  }

  /** Why the run cannot go on; empty while there is space. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(full.getNow(null));
  }

  /** Completes with {@link #failure} when there is one; never, if there is none. */
  CompletableFuture<Throwable> whenFull() {
    return full;
  }

  @Override
  public void close() {
    watcher.shutdownNow();
  }
}
