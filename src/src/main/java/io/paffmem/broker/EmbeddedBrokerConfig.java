package io.paffmem.broker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an embedded broker lives.
 *
 * @param folder what it keeps, and finds again at the next start; null for a temporary folder,
 *     deleted when the broker closes
 * @param port loopback port for clients; 0 for any that is free
 * @param secret what clients must know; the same for all brokers that are started with this
 */
public record EmbeddedBrokerConfig(@Nullable Path folder, int port, BrokerSecret secret) {

  public EmbeddedBrokerConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + ", allowed are 0 to 65535");
    }
  }

  /** With a secret that is drawn now. */
  public EmbeddedBrokerConfig(@Nullable Path folder, int port) {
    this(folder, port, BrokerSecret.draw());
  }

  /** A broker that leaves nothing behind, on a free port. */
  public static EmbeddedBrokerConfig temporary() {
    return new EmbeddedBrokerConfig(null, 0);
  }

  /** A broker that keeps its records in a folder, on a free port. */
  public static EmbeddedBrokerConfig in(Path folder) {
    return new EmbeddedBrokerConfig(folder, 0);
  }

  /** The same on a port of one's choice. */
  public EmbeddedBrokerConfig withPort(int port) {
    return new EmbeddedBrokerConfig(folder, port, secret);
  }
}
