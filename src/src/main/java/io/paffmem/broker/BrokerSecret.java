package io.paffmem.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.access.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients of an embedded broker must know. It is drawn for each configuration and kept in
 * memory; the broker's folder has it while the broker runs, for its owner alone.
 */
public final class BrokerSecret {
  static final String USER = "paffmem";
  static final String MECHANISM = "SCRAM-SHA-256";
  static final String PROTOCOL = "SASL_PLAINTEXT";

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  private BrokerSecret(String text) {
    this.text = text;
  }

  static BrokerSecret draw() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return new BrokerSecret(HexFormat.of().formatHex(random));
  }

  /** What names the one user and proves to be it, in Java's JAAS form. */
  String jaas() {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(USER, text);
  }

  Map<String, String> clientProperties() {
    return Map.of(
        "security.protocol", PROTOCOL, "sasl.mechanism", MECHANISM, "sasl.jaas.config", jaas());
  }

  /** Writes the settings of a client to a file of mode 0600. */
  void write(Path file, String bootstrapServers) throws IOException {
    Map<String, String> settings = new TreeMap<>(clientProperties());
    settings.put("bootstrap.servers", bootstrapServers);
    StringBuilder lines = new StringBuilder();
    settings.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
    OwnerOnly.replace(file, lines.toString().getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "BrokerSecret[not shown]";
  }
}
