package io.paffmem.bench.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.bench.store.Instance.Report;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An {@link Instance} that this process started, with 512 MB of heap. */
final class InstanceProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;
  private static final int POLL_MILLIS = 100;
  private static final int STOP_SECONDS = 60;

  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  /**
   * Starts one.
   *
   * @param state folder of its stores
   */
  InstanceProcess(
      Path client, Path state, int partitions, long cacheBytes, int standbys, int commitMillis)
      throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseParallelGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Instance.class.getName(),
                    client.toString(),
                    state.toString(),
                    Integer.toString(partitions),
                    Long.toString(cacheBytes),
                    Integer.toString(standbys),
                    Integer.toString(commitMillis)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What it says of itself now. */
  Report report() throws IOException {
    return report(Instance.REPORT);
  }

  /** What it says of itself after a collection of garbage. */
  Report collected() throws IOException {
    return report(Instance.COLLECTED_REPORT);
  }

  private Report report(String request) throws IOException {
    to.write(request);
    to.newLine();
    to.flush();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.startsWith("{")) { // whatever else a library prints
        return json.readValue(line, Report.class);
      }
    }
    throw new IllegalStateException("the instance has ended; what it said stands above");
  }

  /** Waits until it reports that. */
  Report await(Predicate<Report> wanted) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      Report report = report();
      if (wanted.test(report)) {
        return report;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "after " + PATIENCE_SECONDS + " s the instance still reports " + report);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Ends it at once, as a crash would. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Lets it leave the group and end. */
  @Override
  public void close() {
    try {
      to.close();
    } catch (IOException e) {
      // It has ended already.
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
