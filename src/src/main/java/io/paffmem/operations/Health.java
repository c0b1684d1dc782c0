package io.paffmem.operations;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a process lives and does its work, as its parts tell. Thread-safe. */
final class Health {
  private final List<Supplier<Optional<String>>> parts = new CopyOnWriteArrayList<>();
  private volatile boolean started;
  private volatile boolean stopping;
  private volatile @Nullable String awaited;

  /**
   * Adds a part.
   *
   * @param problem why it does not do its work now, in plain words; empty if it does
   */
  void add(Supplier<Optional<String>> problem) {
    parts.add(problem);
  }

  /**
   * What the process waits for before it starts.
   *
   * @param lacking in plain words; null for nothing any longer
   */
  void awaits(@Nullable String lacking) {
    awaited = lacking;
  }

  /** All parts are there. */
  void started() {
    started = true;
  }

  void stopping() {
    stopping = true;
  }

  /** Why the process does not do all of its work; empty if it does. */
  Optional<String> unready() {
    if (stopping) {
      return Optional.of("the process is being stopped");
    }
    if (!started) {
      String lacking = awaited;
      return Optional.of(
          lacking == null
              ? "the process is starting"
              : "the process is starting and waits: " + lacking);
    }
    String problems =
        parts.stream().flatMap(part -> part.get().stream()).collect(Collectors.joining("; "));
    return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
  }

  /**
   * Why the process can never do its work again; empty if it may. A part that fails for good ends
   * the process by itself, so what is left is what nobody notices.
   */
  Optional<String> dead() {
    long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    return deadlocked == null
        ? Optional.empty()
        : Optional.of(deadlocked.length + " threads wait for each other for ever");
  }
}
