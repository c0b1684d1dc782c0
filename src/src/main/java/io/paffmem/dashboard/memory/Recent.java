package io.paffmem.dashboard.memory;

import io.paffmem.query.MemoryAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that all who ask within a short time share; who asks while one is being made waits for
 * it. What could not be had is asked for again. Thread-safe.
 */
final class Recent<K, T> {
  /** One thread at a time makes its answer; null until it is made. */
  private static final class Slot<T> {
    private volatile @Nullable Made<T> made;
  }

  private record Made<T>(MemoryAnswer<T> answer, long atNanos) {}

  private final long freshNanos;
  private final LongSupplier nanoTime;
  private final Map<K, Slot<T>> slots;

  /**
   * Knows nothing yet.
   *
   * @param fresh how old an answer may be
   * @param most how many are kept
   */
  Recent(Duration fresh, int most, LongSupplier nanoTime) {
    this.freshNanos = fresh.toNanos();
    this.nanoTime = nanoTime;
    this.slots =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Slot<T>> eldest) {
            return size() > most;
          }
        };
  }

  MemoryAnswer<T> get(K key, Supplier<MemoryAnswer<T>> make) {
    Slot<T> slot;
    synchronized (slots) {
      // Memories and faces are not kept for longer than they are of use.
      slots.values().removeIf(this::isStale);
      slot = slots.computeIfAbsent(key, any -> new Slot<>());
    }
    synchronized (slot) {
      Made<T> known = slot.made;
      if (known != null && isFresh(known)) {
        return known.answer();
      }
      Made<T> made = new Made<>(make.get(), nanoTime.getAsLong());
      slot.made = made;
      return made.answer();
    }
  }

  /** Keeps no answer to such a question; one that is being made is not kept either. */
  void forgetIf(Predicate<K> question) {
    synchronized (slots) {
      slots.keySet().removeIf(question);
    }
  }

  private boolean isStale(Slot<T> slot) {
    Made<T> made = slot.made;
    return made != null && !isFresh(made);
  }

  private boolean isFresh(Made<T> made) {
    return made.answer() instanceof MemoryAnswer.Found
        && nanoTime.getAsLong() - made.atNanos() < freshNanos;
  }
}
