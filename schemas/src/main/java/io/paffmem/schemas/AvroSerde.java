package io.paffmem.schemas;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.paffmem.schemas.Decoded.Malformed;
import io.paffmem.schemas.Decoded.Reason;
import io.paffmem.schemas.Decoded.Value;
import io.paffmem.schemas.registry.SchemaIds;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one record type in Confluent's wire format, with Confluent's own serializer and
 * deserializer. Thread-safe: Confluent's two classes keep their caches in concurrent maps, and
 * Avro's datum readers keep their resolvers by thread.
 *
 * <p>{@link #decode} is for the stages: bad bytes are a value there. As a {@link Serde} it throws
 * {@link SerializationException} for them, as Kafka expects.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private static final int HEADER_BYTES = 5;

  /** Error codes with which a registry says: no such subject, version or schema. */
  private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

  private static final Map<String, ?> CONFIG =
      Map.of(
          // Required by Confluent's configuration, and unused: the client is handed over.
          AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, "http://unused",
          AbstractKafkaSchemaSerDeConfig.AUTO_REGISTER_SCHEMAS, true,
          KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);

  private static final ThreadLocal<@Nullable BinaryDecoder> SKIMMER = new ThreadLocal<>();

  private final SchemaRegistryClient registry;
  private final Class<T> type;
  private final Schema readerSchema;
  private final KafkaAvroSerializer serializer;
  private final KafkaAvroDeserializer deserializer;

  /** Writers' schemas that were seen to fit or not to fit; as many as the registry has ids. */
  private final Map<Schema, Boolean> readable = new ConcurrentHashMap<>();

  private final @Nullable SchemaIds ids;

  /**
   * @param ids is told what is used; null where the registry cannot lose anything
   */
  AvroSerde(SchemaRegistryClient registry, Class<T> type, @Nullable SchemaIds ids) {
    this.registry = registry;
    this.ids = ids;
    this.type = type;
    this.readerSchema = SpecificData.get().getSchema(type);
    this.serializer = new KafkaAvroSerializer(registry, CONFIG);
    this.deserializer = new KafkaAvroDeserializer(registry, CONFIG);
  }

  /**
   * Reads one message's value.
   *
   * @throws RetriableException where the registry cannot be reached: the same bytes may be well
   */
  public Decoded<T> decode(String topic, byte @Nullable [] bytes) {
    if (bytes == null || bytes.length < HEADER_BYTES || bytes[0] != 0) {
      return new Malformed<>(Reason.NOT_AVRO);
    }
    Schema writerSchema = writerSchema(topic, id(bytes));
    if (writerSchema == null) {
      return new Malformed<>(Reason.UNKNOWN_SCHEMA);
    }
    if (!readable.computeIfAbsent(writerSchema, this::isReadable)) {
      return new Malformed<>(Reason.OTHER_SCHEMA);
    }
    if (!fills(writerSchema, bytes)) {
      return new Malformed<>(Reason.GARBLED);
    }
    try {
      return new Value<>(type.cast(deserializer.deserialize(topic, bytes, readerSchema)));
    } catch (RetriableException e) {
      throw e;
    } catch (RuntimeException e) {
      if (isConnectionFailure(e)) {
        throw new RegistryUnavailableException("The schema registry does not answer", e);
      }
      return new Malformed<>(Reason.GARBLED);
    }
  }

  /**
   * As {@link #decode}, for a stage that gives a record up for good. An id that the registry does
   * not know is given up only if the registry is as it was and was asked for ten seconds. What does
   * not fit is given up only if the ids still mean what they mean here.
   *
   * @throws RetriableException also where the registry does not know the id yet, or has lost what
   *     it knew
   */
  public Decoded<T> decodeOrWait(String topic, byte @Nullable [] bytes) {
    Decoded<T> decoded = decode(topic, bytes);
    SchemaIds known = ids;
    if (known == null || bytes == null || !(decoded instanceof Malformed<T> malformed)) {
      return decoded;
    }
    Optional<String> doubt =
        switch (malformed.reason()) {
          case Reason.UNKNOWN_SCHEMA -> known.doubt(subject(topic), id(bytes));
          case Reason.OTHER_SCHEMA, Reason.GARBLED -> known.mismatch();
          default -> Optional.empty();
        };
    if (doubt.isPresent()) {
      throw new RegistryUnavailableException(doubt.get());
    }
    return decoded;
  }

  private static String subject(String topic) {
    return topic + "-value";
  }

  private static int id(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
  }

  /**
   * Writes one message's value; the first of a topic registers the schema under {@code
   * <topic>-value}.
   *
   * @throws RetriableException where the registry cannot be reached
   * @throws SerializationException where the registry refuses the schema, or the record is not
   *     complete
   */
  public byte[] encode(String topic, T record) {
    try {
      byte[] bytes = serializer.serialize(topic, record);
      if (ids != null) {
        ids.uses(subject(topic), id(bytes), readerSchema);
      }
      return bytes;
    } catch (RetriableException e) {
      throw e;
    } catch (RuntimeException e) {
      if (isConnectionFailure(e)) {
        throw new RegistryUnavailableException("The schema registry does not answer", e);
      }
      throw e;
    }
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, record) -> record == null ? null : encode(topic, record);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      if (bytes == null) {
        return null;
      }
      if (decode(topic, bytes) instanceof Value<T> decoded) {
        return decoded.value();
      }
      throw new SerializationException(
          "No " + type.getSimpleName() + " in a record of topic " + topic);
    };
  }

  /** Null where the registry knows no Avro schema of that id; cached by the registry's client. */
  private @Nullable Schema writerSchema(String topic, int id) {
    try {
      // The deserializer asks for the same subject and id, so it finds the answer in the cache.
      ParsedSchema parsed = registry.getSchemaBySubjectAndId(subject(topic), id);
      if (!(parsed instanceof AvroSchema avro)) {
        return null;
      }
      if (ids != null) {
        ids.uses(subject(topic), id, avro.rawSchema());
      }
      return avro.rawSchema();
    } catch (RestClientException e) {
      if (e.getStatus() == 404 && NOT_FOUND.contains(e.getErrorCode())) {
        return null;
      }
      throw new RegistryUnavailableException(
          "The schema registry cannot answer now: " + e.getMessage(), e);
    } catch (IOException e) {
      if (e.getClass() == IOException.class
          && String.valueOf(e.getMessage()).startsWith("Invalid schema")) {
        return null; // Registered, but as no Avro schema: asking again would not help.
      }
      throw new RegistryUnavailableException("The schema registry does not answer", e);
    }
  }

  private boolean isReadable(Schema writerSchema) {
    return SchemaCompatibility.checkReaderWriterCompatibility(readerSchema, writerSchema).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  /**
   * Whether the payload is as long as its own lengths say. Avro allocates what a length field asks
   * for before it looks at how much is there, up to 2 GB; skipping allocates nothing.
   */
  private static boolean fills(Schema writerSchema, byte[] bytes) {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, SKIMMER.get());
    SKIMMER.set(decoder);
    try {
      GenericDatumReader.skip(writerSchema, decoder);
      return decoder.isEnd();
    } catch (IOException | RuntimeException e) {
      return false;
    } finally {
      // Lets go of the message, which may be 4 MB.
      DecoderFactory.get().binaryDecoder(NOTHING, decoder);
    }
  }

  private static final byte[] NOTHING = {};

  private static boolean isConnectionFailure(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return cause instanceof IOException && !(cause instanceof EOFException);
  }
}
