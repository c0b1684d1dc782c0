package io.paffmem.operations;

import io.paffmem.schemas.AvroSerdes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the schema registry every ten seconds whether the ids that this process uses still mean what
 * they mean here, and remembers the answer.
 */
final class RegistryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final AvroSerdes serdes;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "registry-watch");
            thread.setDaemon(true); // A request that is under way cannot be interrupted.
            return thread;
          });
  private volatile @Nullable String problem;

  /** Begins to ask. */
  RegistryWatch(AvroSerdes serdes) {
    this.serdes = serdes;
    var unused =
        looker.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What was wrong with the ids at the last look, in plain words; empty if nothing was. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void look() {
    String found = serdes.mismatch().orElse(null);
    if (found != null && problem == null) {
      LOG.error("Not ready: {}", found);
    } else if (found == null && problem != null) {
      LOG.warn("The schema registry means by all ids what this process means");
    }
    problem = found;
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
