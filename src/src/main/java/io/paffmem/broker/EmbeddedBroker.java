package io.paffmem.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, one node) in this process, reachable from this machine alone. It
 * takes about three seconds to start. What it kept in its folder is there again at the next start,
 * after a kill too.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int START_ATTEMPTS = 3;

  private final BrokerFolder folder;
  private final OneNodeServer server;
  private final LoopbackPorts ports;
  private boolean closed;

  private EmbeddedBroker(BrokerFolder folder, OneNodeServer server, LoopbackPorts ports) {
    this.folder = folder;
    this.server = server;
    this.ports = ports;
  }

  /**
   * Starts a broker and returns when it answers.
   *
   * @throws EmbeddedBrokerException where it cannot: the port is in use, the folder is in use or
   *     cannot be written
   */
  public static EmbeddedBroker start(EmbeddedBrokerConfig config) {
    KafkaExits.disarm();
    BrokerFolder folder = BrokerFolder.open(config.folder());
    try {
      return start(folder, config.port());
    } catch (RuntimeException e) {
      closeAfter(e, folder);
      throw e;
    }
  }

  private static EmbeddedBroker start(BrokerFolder folder, int wantedPort) {
    for (int attempt = 1; ; attempt++) {
      LoopbackPorts ports = LoopbackPorts.find(wantedPort);
      try {
        folder.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
        return new EmbeddedBroker(folder, serve(folder, ports), ports);
      } catch (Exception e) {
        // Somebody took a port between its being found free and its being used.
        if (!isBindFailure(e)) {
          throw new EmbeddedBrokerException(
              "The broker cannot start in the folder %s (%s)".formatted(folder.path(), e), e);
        }
        if (attempt == START_ATTEMPTS) {
          throw new EmbeddedBrokerException(LoopbackPorts.inUse(wantedPort), e);
        }
      }
    }
  }

  static OneNodeServer serve(BrokerFolder folder, LoopbackPorts ports) {
    OneNodeServer server = new OneNodeServer(BrokerProperties.of(folder.logs(), ports));
    try {
      server.startup();
      log.info("broker at {}:{} in {}", LoopbackPorts.HOST, ports.client(), folder.path());
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
  }

  /** Where clients connect: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + ports.client();
  }

  /** Where it keeps its records. */
  public Path folder() {
    return folder.path();
  }

  /** Stops the broker, which writes what it holds; deletes its folder if that is temporary. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    server.shutdown();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the broker's folder " + folder.path(), e);
    }
  }

  private static void closeAfter(RuntimeException failure, BrokerFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static boolean isBindFailure(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
