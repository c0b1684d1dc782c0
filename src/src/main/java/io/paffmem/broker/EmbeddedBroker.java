package io.paffmem.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, one node) in this process, on loopback. Every account of this machine
 * reaches loopback, so the broker serves only clients that know its secret. It takes about three
 * seconds to start. What it kept in its folder is there again at the next start, after a kill too.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int START_ATTEMPTS = 3;

  private final BrokerFolder folder;
  private final OneNodeServer server;
  private final LoopbackPorts ports;
  private final BrokerSecret secret;
  private boolean closed;

  private EmbeddedBroker(
      BrokerFolder folder, OneNodeServer server, LoopbackPorts ports, BrokerSecret secret) {
    this.folder = folder;
    this.server = server;
    this.ports = ports;
    this.secret = secret;
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
      return start(folder, config.port(), config.secret());
    } catch (RuntimeException e) {
      closeAfter(e, folder);
      throw e;
    }
  }

  private static EmbeddedBroker start(BrokerFolder folder, int wantedPort, BrokerSecret secret) {
    for (int attempt = 1; ; attempt++) {
      LoopbackPorts ports = LoopbackPorts.find(wantedPort);
      try {
        folder.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
        OneNodeServer server = serve(folder, ports, secret);
        try {
          secret.write(folder.clientSettings(), LoopbackPorts.HOST + ":" + ports.client());
        } catch (IOException e) {
          server.shutdown();
          throw e;
        }
        return new EmbeddedBroker(folder, server, ports, secret);
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

  static OneNodeServer serve(BrokerFolder folder, LoopbackPorts ports, BrokerSecret secret) {
    OneNodeServer server = new OneNodeServer(BrokerProperties.of(folder.logs(), ports, secret));
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

  /** What a client needs beside the address, with the secret of this run. */
  public Map<String, String> clientProperties() {
    return secret.clientProperties();
  }

  /** The same with the address, in a file of Kafka's form that its owner alone may read. */
  public Path clientSettings() {
    return folder.clientSettings();
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
