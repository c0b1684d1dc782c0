package io.paffmem.chain;

import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.broker.EmbeddedBrokerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker that goes away and comes back, on its port and with what it kept. */
public final class RestartableBroker implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final EmbeddedBrokerConfig config;
  private EmbeddedBroker broker;

  private RestartableBroker(EmbeddedBrokerConfig config) {
    this.config = config;
    this.broker = EmbeddedBroker.start(config);
  }

  /** Starts one that keeps its records in a folder. */
  public static RestartableBroker start(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return new RestartableBroker(EmbeddedBrokerConfig.in(folder).withPort(QuietPorts.next()));
      } catch (EmbeddedBrokerException e) {
        // Somebody may have taken the port between its being found free and its being used.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** What a client needs beside the address; the same after a restart. */
  public Map<String, String> clientProperties() {
    return broker.clientProperties();
  }

  /** The same with the address, in a file. */
  public Path clientSettings() {
    return broker.clientSettings();
  }

  /** Stops it, or leaves it stopped. */
  public void stop() {
    broker.close();
  }

  /** Starts it again after {@link #stop}. */
  public void startAgain() {
    broker = EmbeddedBroker.start(config);
  }

  @Override
  public void close() {
    broker.close();
  }
}
