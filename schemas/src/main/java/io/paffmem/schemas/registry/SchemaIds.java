package io.paffmem.schemas.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema ids that this process has read or written, and whether the registry still means the
 * same by them. A registry that was lost and filled again gives other ids, while every process
 * keeps those that it knows. Thread-safe.
 */
public final class SchemaIds {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaIds.class);

  /** An id that a publisher has just registered may take so long to reach every registry. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * For so long after that, further unknown ids are believed at once: whoever sends them cannot
   * hold a stage up for good.
   */
  public static final Duration BELIEF = Duration.ofMinutes(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final SchemaRegistryClient fresh;
  private final LongSupplier nanoTime;
  private final Map<Integer, Meaning> used = new ConcurrentHashMap<>();
  private @Nullable Long looked;
  private Optional<String> mismatch = Optional.empty();
  private @Nullable Long doubted;

  /** What an id stands for here. */
  private record Meaning(String subject, String schema) {}

  /**
   * Knows no id yet.
   *
   * @param fresh a client of its own, whose caches are cleared before each look
   * @param nanoTime as {@link System#nanoTime}
   */
  public SchemaIds(SchemaRegistryClient fresh, LongSupplier nanoTime) {
    this.fresh = fresh;
    this.nanoTime = nanoTime;
  }

  /** This process reads or writes records of that schema under that id. */
  public void uses(String subject, int id, Schema schema) {
    if (!used.containsKey(id)) {
      used.put(id, new Meaning(subject, SchemaNormalization.toParsingForm(schema)));
    }
  }

  /**
   * Which id the registry does not know any more, or takes for another schema, in plain words;
   * empty if there is none. Where the registry does not answer, what it said last counts. Asks at
   * most every two seconds.
   */
  public synchronized Optional<String> mismatch() {
    long now = nanoTime.getAsLong();
    if (looked == null || now - looked >= BETWEEN_LOOKS.toNanos()) {
      looked = now;
      try {
        fresh.reset();
        mismatch = look();
      } catch (IOException e) {
        LOG.debug("The schema registry cannot be asked about ids", e);
      } catch (RestClientException e) {
        LOG.debug("The schema registry does not say what ids mean", e);
      }
    }
    return mismatch;
  }

  /**
   * Why an id that the registry does not know may be known later, in plain words; empty if it is to
   * be believed: the registry is as it was, and was asked for ten seconds.
   */
  public synchronized Optional<String> doubt(String subject, int id) {
    Optional<String> lost = mismatch();
    if (lost.isEmpty()) {
      lost = lostSubject(subject);
    }
    if (lost.isPresent()) {
      return lost;
    }
    long now = nanoTime.getAsLong();
    if (doubted == null || now - doubted > BELIEF.toNanos()) {
      doubted = now;
    }
    return now - doubted < PATIENCE.toNanos()
        ? Optional.of("the schema registry does not know id %d of %s yet".formatted(id, subject))
        : Optional.empty();
  }

  private Optional<String> look() throws IOException, RestClientException {
    for (Map.Entry<Integer, Meaning> one : new TreeMap<>(used).entrySet()) {
      int id = one.getKey();
      Meaning meaning = one.getValue();
      ParsedSchema found;
      try {
        found = fresh.getSchemaBySubjectAndId(meaning.subject(), id);
      } catch (RestClientException e) {
        if (e.getStatus() != 404) {
          throw e;
        }
        return Optional.of(
            "the schema registry has lost schema id %d of %s; %s"
                .formatted(id, meaning.subject(), remedy()));
      }
      if (!(found instanceof AvroSchema avro)
          || !SchemaNormalization.toParsingForm(avro.rawSchema()).equals(meaning.schema())) {
        return Optional.of(
            "schema id %d of %s means another schema in the registry now (%s); %s"
                .formatted(id, meaning.subject(), found.name(), remedy()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> lostSubject(String subject) {
    try {
      return fresh.getAllVersions(subject).isEmpty() ? lost(subject) : Optional.empty();
    } catch (RestClientException e) {
      return e.getStatus() == 404
          ? lost(subject)
          : Optional.of("the schema registry cannot answer now: " + e.getMessage());
    } catch (IOException e) {
      return Optional.of("the schema registry does not answer (" + e + ")");
    }
  }

  private static Optional<String> lost(String subject) {
    return Optional.of("the schema registry has no subject %s; %s".formatted(subject, remedy()));
  }

  private static String remedy() {
    return "restore its schemas with their ids, then restart this process";
  }
}
