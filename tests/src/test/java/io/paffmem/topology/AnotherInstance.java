package io.paffmem.topology;

import io.paffmem.cluster.Cluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An instance of the stream in a process of its own, which can be killed. */
final class AnotherInstance implements AutoCloseable {
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final Path log;

  private AnotherInstance(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts one; the log of the process goes beside the folder of its stores. */
  static AnotherInstance start(Path client, Path state) throws IOException {
    Path log = Path.of(state + ".log");
    return new AnotherInstance(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AnotherInstance.class.getName(),
                client.toString(),
                state.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  /** Runs until standard input ends. */
  public static void main(String[] args) throws IOException {
    try (Cluster cluster = Cluster.withoutRegistry(Path.of(args[0]));
        AffectiveStream stream =
            new AffectiveStream(
                Load.CONFIG, Load.settings(cluster, Path.of(args[1])), cluster.serdes())) {
      // A stage that stops for good ends its process.
      var unused = stream.whenFailed().thenRun(() -> Runtime.getRuntime().halt(1));
      stream.start();
      while (System.in.read() >= 0) {
        // until the other end is closed
      }
    }
  }

  /** Whether it runs, and what it logged, for a test that waits for it in vain. */
  String account() {
    try {
      return "the other instance %s, its log:%n%s"
          .formatted(
              process.isAlive() ? "runs" : "ended with " + process.exitValue(),
              Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as a crash would, without any clean-up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets it leave the group; true if it ended well and in time. */
  boolean stop() throws IOException, InterruptedException {
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
