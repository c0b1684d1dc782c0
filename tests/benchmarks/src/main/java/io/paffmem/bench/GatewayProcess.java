package io.paffmem.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.access.AccessTokens;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.gateway.Gateway;
import io.paffmem.ingest.gateway.GatewayConfig;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A gateway in a process of its own, beside a broker that uses no schema registry: to see how much
 * memory it takes, and to kill it. It ends with its standard input.
 */
public final class GatewayProcess implements AutoCloseable {
  /** The token that is good there. */
  public static final String TOKEN = "a token for one process";

  private static final double MAX_RATE = 1_000;

  private final ListeningProcess process;

  private GatewayProcess(ListeningProcess process) {
    this.process = process;
  }

  /**
   * Starts it and returns when it listens.
   *
   * @param port 0 for any free one
   * @param maxHeapMegabytes of the Java heap
   */
  public static GatewayProcess start(Path client, int port, int maxHeapMegabytes)
      throws IOException {
    return new GatewayProcess(
        ListeningProcess.start(
            GatewayProcess.class,
            maxHeapMegabytes,
            List.of(client.toString(), Integer.toString(port))));
  }

  /**
   * Runs the gateway until standard input ends.
   *
   * @param args file of client settings, port
   */
  public static void main(String[] args) throws IOException {
    try (Cluster cluster = Cluster.withoutRegistry(Path.of(args[0]));
        Gateway gateway =
            Gateway.start(
                config(Integer.parseInt(args[1])),
                AccessTokens.single(TOKEN),
                cluster.client(),
                cluster.serdes(),
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
      ListeningProcess.serve(gateway.port());
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
    return URI.create("ws://127.0.0.1:" + port());
  }

  public int port() {
    return process.port();
  }

  /** Its resident memory in bytes, where Linux tells; 0 elsewhere. */
  public long residentBytes() throws IOException {
    return process.residentBytes();
  }

  /** Ends it as kill -9 does. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Lets it stop by itself; kills it if that takes long. */
  @Override
  public void close() throws IOException {
    process.close();
  }
}
