package io.paffmem.schemas;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.paffmem.schemas.registry.SchemaIds;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The serdes of one process, over one schema registry. Thread-safe.
 *
 * <p>Everything in one process must share one instance of {@link #inMemory()}: schema ids mean
 * something only to the registry that gave them.
 */
public final class AvroSerdes implements Closeable {
  private static final int SCHEMAS_PER_SUBJECT = 1000;

  /**
   * A stage should not hang for Confluent's default of a minute where a registry is gone, and a
   * flood of messages with one unknown id should not become a flood of requests.
   */
  private static final Map<String, ?> CLIENT_CONFIG =
      Map.of(
          SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, 5_000,
          SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, 10_000,
          SchemaRegistryClientConfig.MISSING_ID_CACHE_TTL_CONFIG, 2L);

  private final SchemaRegistryClient registry;

  private final @Nullable SchemaIds ids;
  private final @Nullable SchemaRegistryClient asked;

  /**
   * Takes the client over: {@link #close()} closes it. The registry is believed to keep what it
   * knows.
   */
  public AvroSerdes(SchemaRegistryClient registry) {
    this.registry = requireNonNull(registry, "registry");
    this.ids = null;
    this.asked = null;
  }

  /**
   * Takes both clients over.
   *
   * @param asked another client of the same registry, whose caches are cleared again and again
   * @param nanoTime as {@link System#nanoTime}
   */
  AvroSerdes(SchemaRegistryClient registry, SchemaRegistryClient asked, LongSupplier nanoTime) {
    this.registry = registry;
    this.ids = new SchemaIds(asked, nanoTime);
    this.asked = asked;
  }

  /**
   * Serdes over Confluent's in-memory registry, which knows this process alone. All schemas are
   * registered at once, in the order of the flow, so that each has the same id in every process:
   * what an earlier run left on a broker can be read.
   */
  public static AvroSerdes inMemory() {
    AvroSerdes serdes =
        new AvroSerdes(new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())));
    serdes.register();
    return serdes;
  }

  /**
   * Serdes over a registry that speaks Confluent's protocol.
   *
   * @param registryUrl e.g. {@code http://localhost:8081}; several, separated by commas, are tried
   *     in turn. Nothing is asked of it before the first record.
   */
  public static AvroSerdes at(String registryUrl) {
    List<String> urls = List.of(registryUrl.trim().split("\\s*,\\s*"));
    return new AvroSerdes(client(urls), client(urls), System::nanoTime);
  }

  private static SchemaRegistryClient client(List<String> urls) {
    return new CachedSchemaRegistryClient(
        urls, SCHEMAS_PER_SUBJECT, List.of(new AvroSchemaProvider()), CLIENT_CONFIG);
  }

  /** The serde of one record type. */
  public <T extends SpecificRecord> AvroSerde<T> of(Class<T> type) {
    return new AvroSerde<>(registry, type, ids);
  }

  /**
   * Registers the schema of every topic of {@link Topics}, with compatibility BACKWARD: a
   * registry's own default may be none. Stages register what they write by themselves; this tells
   * beforehand whether the registry will have it.
   *
   * @return the subjects, in the order of the flow
   * @throws RegistryUnavailableException where the registry does not answer
   * @throws SchemaRefusedException where it answers that it will not have a schema
   */
  public List<String> register() {
    List<String> subjects = new ArrayList<>();
    for (TopicDefinition topic : Topics.definitions()) {
      Class<? extends SpecificRecord> type = topic.recordType();
      if (type != null) {
        register(topic.subject(), new AvroSchema(SpecificData.get().getSchema(type)));
        subjects.add(topic.subject());
      }
    }
    return subjects;
  }

  /** Why the registry does not answer now, in plain words; empty if it does. */
  public Optional<String> away() {
    try {
      var unused = registry.getAllSubjects();
      return Optional.empty();
    } catch (RestClientException e) {
      return Optional.of("the schema registry refuses to answer (" + e.getMessage() + ")");
    } catch (IOException e) {
      return Optional.of(
          "the schema registry does not answer (" + e + "); check --schema-registry");
    }
  }

  /**
   * Which schema id that was used here the registry does not know any more, or takes for another
   * schema, in plain words; empty if there is none. Takes as long as the registry.
   */
  public Optional<String> mismatch() {
    return ids == null ? Optional.empty() : ids.mismatch();
  }

  /**
   * The subjects that the registry has.
   *
   * @throws RegistryUnavailableException where it does not say
   */
  public Set<String> subjects() {
    try {
      return Set.copyOf(registry.getAllSubjects());
    } catch (IOException | RestClientException e) {
      throw new RegistryUnavailableException("The schema registry does not answer", e);
    }
  }

  private void register(String subject, AvroSchema schema) {
    try {
      registry.updateCompatibility(subject, CompatibilityLevel.BACKWARD.name);
      registry.register(subject, schema);
    } catch (RestClientException e) {
      throw new SchemaRefusedException(
          "The schema registry refuses the schema of %s (%s)".formatted(subject, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new RegistryUnavailableException("The schema registry does not answer", e);
    }
  }

  @Override
  public void close() {
    try {
      registry.close();
      if (asked != null) {
        asked.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
