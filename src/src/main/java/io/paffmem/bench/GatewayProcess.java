package io.paffmem.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.ingest.access.AccessTokens;
import io.paffmem.ingest.gateway.Gateway;
import io.paffmem.ingest.gateway.GatewayConfig;
import io.paffmem.ingest.gateway.GatewayConfig.Limits;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.web.WebConfig;
import io.paffmem.pipeline.Cluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A gateway in a process of its own, beside a broker that uses no schema registry: to see how much
 * memory it takes, and to kill it. It ends with its standard input.
 */
public final class GatewayProcess implements AutoCloseable {
  /** The token that is good there. */
  public static final String TOKEN = "a token for one process";

  private static final double MAX_RATE = 1_000;

  private final Process process;
  private final int port;

  private GatewayProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and returns when it listens.
   *
   * @param port 0 for any free one
   * @param maxHeapMegabytes of the Java heap
   */
  public static GatewayProcess start(String bootstrapServers, int port, int maxHeapMegabytes)
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
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(GatewayProcess.class.getName(), bootstrapServers, Integer.toString(port)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the gateway's process ended before it listened");
    }
    return new GatewayProcess(process, Integer.parseInt(line));
  }

  /**
   * Runs the gateway until standard input ends.
   *
   * @param args bootstrap servers, port
   */
  public static void main(String[] args) throws IOException {
    try (Cluster cluster = Cluster.withoutRegistry(args[0], Map.of());
        Gateway gateway =
            Gateway.start(
                config(Integer.parseInt(args[1])),
                AccessTokens.single(TOKEN),
                cluster.client(),
                cluster.serdes(),
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
      System.out.println(gateway.port());
      while (System.in.read() >= 0) {
        // Nothing is expected but the end.
      }
    }
  }

  /** As standard, but for the rate: how fast it can be is what is to be seen. */
  private static GatewayConfig config(int port) {
    Limits standard = Limits.defaults();
    return new GatewayConfig(
        WebConfig.local(port),
        false,
        new Limits(
            standard.maxFrameBytes(),
            standard.maxPixels(),
            MAX_RATE,
            standard.maxFeeds(),
            standard.framesPerFeed(),
            standard.heldBytes(),
            standard.workers()),
        Patience.defaults());
  }

  /** Where it listens. */
  public URI address() {
    return URI.create("ws://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  /** Its resident memory in bytes, where Linux tells; 0 elsewhere. */
  public long residentBytes() throws IOException {
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
  public void kill() throws InterruptedException {
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
