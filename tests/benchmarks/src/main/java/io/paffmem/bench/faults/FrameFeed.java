package io.paffmem.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A publisher as others write it: Kafka's client, Avro, and the schema. Frames are numbered from 0
 * for each person; what a frame shows and when it was taken depends on person and number alone.
 */
final class FrameFeed implements AutoCloseable {
  private static final String TOPIC = "frames";
  private static final String STREAM = "faults";
  private static final int FRAMING = 5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Schema schema;
  private final byte[] framing;
  private final List<List<byte[]>> faces;
  private final double framesPerSecond;
  private final long beginMillis;
  private final Map<Integer, Long> published = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param client settings of the producer
   * @param schema of a frame
   * @param specimen a frame as the flow writes it, whose first bytes name the schema
   * @param faces of each of some people, who are repeated
   * @param beginMillis when everybody's first frame was taken
   */
  FrameFeed(
      Map<String, Object> client,
      Schema schema,
      byte[] specimen,
      List<List<byte[]>> faces,
      double framesPerSecond,
      long beginMillis) {
    client.put(ProducerConfig.ACKS_CONFIG, "all");
    client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    client.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // The broker is away for half a minute at times, and nothing may be given up for that.
    client.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 180_000);
    client.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 180_000L);
    this.producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    this.schema = schema;
    this.framing = Arrays.copyOf(specimen, FRAMING);
    this.faces = faces;
    this.framesPerSecond = framesPerSecond;
    this.beginMillis = beginMillis;
  }

  static String name(int person) {
    return "person-" + person;
  }

  /** Publishes a person's next frame. */
  void publish(int person) {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a frame was not taken by the broker", failed);
    }
    long sequence = published.getOrDefault(person, 0L);
    List<byte[]> own = faces.get(person % faces.size());
    GenericRecord identity = new GenericData.Record(schema.getField("identity").schema());
    identity.put("personId", name(person));
    identity.put("streamId", STREAM);
    identity.put("sequence", sequence);
    GenericRecord frame = new GenericData.Record(schema);
    frame.put("identity", identity);
    frame.put("capturedAtMillis", beginMillis + (long) (1000 * sequence / framesPerSecond));
    frame.put("image", ByteBuffer.wrap(own.get((int) (sequence % own.size()))));
    var unused =
        producer.send(
            new ProducerRecord<>(TOPIC, name(person).getBytes(UTF_8), bytes(frame)),
            (metadata, exception) -> failure.compareAndSet(null, exception));
    published.put(person, sequence + 1);
  }

  private byte[] bytes(GenericRecord frame) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(framing, 0, FRAMING);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      new GenericDatumWriter<GenericRecord>(schema).write(frame, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** How many frames of each person were published, by their numbers. */
  Map<Integer, Long> published() {
    return Map.copyOf(published);
  }

  /** Waits until the broker has them all. */
  void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a frame was not taken by the broker", failed);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
