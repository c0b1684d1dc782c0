package io.paffmem.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.access.OwnerOnly;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Settings of Kafka's clients in a file, as Kafka's own tools take it. */
public final class KafkaSettings {
  private KafkaSettings() {}

  /**
   * Reads it.
   *
   * @return by name; {@code bootstrap.servers} too, if it is there
   * @throws StartException if it cannot be read, or has a secret and others may read it
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
      Map<String, String> settings = new TreeMap<>();
      for (String name : properties.stringPropertyNames()) {
        settings.put(name, properties.getProperty(name));
      }
      if (settings.keySet().stream().anyMatch(KafkaSettings::isSecret)
          && OwnerOnly.othersMay(file)) {
        throw new StartException(
            file + " has a secret in it and others may read it; chmod 600 " + file);
      }
      return settings;
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException(file + " cannot be read as settings of Kafka: " + e, e);
    }
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("password")
        || lower.endsWith("sasl.jaas.config")
        || lower.endsWith("keystore.key");
  }
}
