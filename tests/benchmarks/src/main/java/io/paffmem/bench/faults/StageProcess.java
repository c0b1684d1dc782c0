package io.paffmem.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stage in a process of its own, which can be killed, paused, and started again. */
final class StageProcess implements AutoCloseable {
  private static final int STOP_SECONDS = 15;

  private final List<String> command;
  private final Path log;
  private Process process;

  /**
   * Starts one.
   *
   * @param log gets what it says
   * @param args of {@link StageMain}
   */
  StageProcess(Path log, List<String> args) throws IOException {
    this.log = log;
    command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.logger=none"));
    String natives = System.getProperty("org.bytedeco.javacpp.cachedir");
    if (natives != null) {
      command.add("-Dorg.bytedeco.javacpp.cachedir=" + natives);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StageMain.class.getName()));
    command.addAll(args);
    process = begin();
  }

  private Process begin() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** After its end: with which status, and the last that it said apart from traces. */
  String lastWords() throws IOException {
    String last = "nothing";
    for (String line : Files.readAllLines(log)) {
      if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
        last = line;
      }
    }
    return "%s ended with status %d; it said last: %s"
        .formatted(log.getFileName(), process.exitValue(), last);
  }

  /** Starts it again after its end. */
  void startAgain() throws IOException {
    process = begin();
  }

  /** As {@link #kill}, for a process that is being ended itself. */
  void killNow() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as a supervisor does; kills it if that takes long. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** It stands still, as in a virtual machine that is being moved. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** It goes on after {@link #pause}. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0 && process.isAlive()) {
      throw new IOException("kill -" + name + " ended with " + status);
    }
  }

  @Override
  public void close() {
    process.destroy();
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
