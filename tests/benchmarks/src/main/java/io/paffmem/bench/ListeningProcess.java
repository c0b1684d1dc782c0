package io.paffmem.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another Java process with the same class path, which prints its port when it listens and ends
 * with its standard input.
 */
final class ListeningProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ListeningProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and returns when it listens.
   *
   * @param maxHeapMegabytes of the Java heap
   */
  static ListeningProcess start(Class<?> main, int maxHeapMegabytes, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + maxHeapMegabytes + "m");
    command.add("-XX:+UseParallelGC");
    command.add("-Dorg.bytedeco.javacpp.logger=none");
    String natives = System.getProperty("org.bytedeco.javacpp.cachedir");
    if (natives != null) {
      command.add("-Dorg.bytedeco.javacpp.cachedir=" + natives);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null) {
      throw new IOException(main.getSimpleName() + " ended before it listened");
    }
    return new ListeningProcess(process, Integer.parseInt(line));
  }

  /** For the other process: says that it listens, and waits for the end. */
  static void serve(int port) throws IOException {
    System.out.println(port);
    while (System.in.read() >= 0) {
      // Nothing is expected but the end.
    }
  }

  int port() {
    return port;
  }

  /** Its resident memory in bytes, where Linux tells; 0 elsewhere. */
  long residentBytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    List<String> lines = Files.isReadable(status) ? Files.readAllLines(status) : List.of();
    for (String line : lines) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  /** Ends it as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Lets it stop by itself; kills it if that takes long. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
