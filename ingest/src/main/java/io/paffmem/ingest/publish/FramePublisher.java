package io.paffmem.ingest.publish;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.kafka.ClientFaults;
import io.paffmem.kafka.MeteredClients;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to {@link Topics#FRAMES}: keyed by person, stamped with the time of ingest, each
 * once and in order. Thread-safe; each {@link FrameStream} is for one thread.
 *
 * <p>Sending is asynchronous, with at most {@value #BUFFER_BYTES} bytes on their way: beyond that,
 * publishing waits for the broker. What fails is thrown by the next call, and after a failure
 * nothing more is taken, so that a stream has no gap but at its end.
 */
public final class FramePublisher implements AutoCloseable {
  static final int BUFFER_BYTES = 32 * 1024 * 1024;

  private static final int BATCH_BYTES = 128 * 1024;

  /** Less than a process has to stop. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final FrameRecords records;
  private final @Nullable String purpose;
  private final @Nullable String consent;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean failureThrown;

  /**
   * @param producer idempotent; taken over: {@link #close()} closes it
   * @param serdes stay the caller's to close
   * @param clock gives the time of ingest
   */
  public FramePublisher(Producer<byte[], byte[]> producer, AvroSerdes serdes, Clock clock) {
    this(producer, serdes, clock, null, null);
  }

  /**
   * @param purpose what the frames are processed for, as their header is to say; null for none
   * @param consent reference to the consent, as their header is to say; null for none
   */
  FramePublisher(
      Producer<byte[], byte[]> producer,
      AvroSerdes serdes,
      Clock clock,
      @Nullable String purpose,
      @Nullable String consent) {
    this.producer = producer;
    this.records = new FrameRecords(serdes, clock);
    this.purpose = purpose;
    this.consent = consent;
  }

  /**
   * A publisher with a producer of its own.
   *
   * @param client settings of Kafka's producer, at least {@code bootstrap.servers}; they go before
   *     this class's own choices, but not before what exactly-once delivery and the key need
   */
  public static FramePublisher connect(Map<String, ?> client, AvroSerdes serdes, Clock clock) {
    return connect(client, serdes, clock, null, null, new SimpleMeterRegistry());
  }

  /**
   * The same, and every frame declares what it is for.
   *
   * @param purpose as the frames' header is to say; null for none
   * @param consent reference to the people's consent, as the frames' header is to say; null for
   *     none
   * @param meters where it and its client count; for one publisher alone
   */
  public static FramePublisher connect(
      Map<String, ?> client,
      AvroSerdes serdes,
      Clock clock,
      @Nullable String purpose,
      @Nullable String consent,
      MeterRegistry meters) {
    FramePublisher publisher =
        new FramePublisher(producer(settings(client), meters), serdes, clock, purpose, consent);
    FunctionCounter.builder(
            "paffmem.publisher.published.frames", publisher.published, Number::doubleValue)
        .description("frames handed to the producer")
        .register(meters);
    FunctionCounter.builder(
            "paffmem.publisher.acknowledged.frames", publisher.acknowledged, Number::doubleValue)
        .description("frames that the broker has confirmed")
        .register(meters);
    return publisher;
  }

  /** A producer whose metrics are in that registry until it is closed. */
  static Producer<byte[], byte[]> producer(Map<String, Object> settings, MeterRegistry meters) {
    try {
      return MeteredClients.producer(settings, meters);
    } catch (KafkaException e) {
      throw new FramePublishException(
          "Kafka refuses the producer's settings: " + ClientFaults.reason(e).getMessage(), e);
    }
  }

  static Map<String, Object> settings(Map<String, ?> client) {
    Map<String, Object> settings = new HashMap<>();
    // Live frames should not wait for company; a replay at full speed fills batches anyway.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    // A JPEG does not get smaller.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000L);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
    settings.putAll(client);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
    settings.remove(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
    return settings;
  }

  /**
   * A new stream of a person.
   *
   * @param personId 1 to {@value PersonKey#MAX_CHARACTERS} characters
   * @param streamId 1 to {@value PersonKey#MAX_CHARACTERS} characters; two streams of one person
   *     must not share it
   * @throws IllegalArgumentException if a name is empty or too long
   */
  public FrameStream stream(String personId, String streamId) {
    return new FrameStream(this, personId, streamId);
  }

  /** Frames handed to the producer. */
  public long published() {
    return published.get();
  }

  /** Frames that the broker has confirmed. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /**
   * Waits until the broker has confirmed what was published.
   *
   * @throws FramePublishException if something published before could not be written
   * @throws InterruptException if the thread is interrupted; its interrupt status stays set
   */
  public void flush() {
    throwFailure();
    producer.flush();
    throwFailure();
  }

  /**
   * Gives what was published up to five seconds to be confirmed, even if the thread is interrupted.
   *
   * @throws FramePublishException if something could not be written, unless it was thrown before
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(CLOSE_TIMEOUT);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (!failureThrown) {
      throwFailure();
    }
  }

  void publish(Frame frame) {
    publish(frame, false);
  }

  void publish(Frame frame, boolean teaches) {
    throwFailure();
    try {
      ProducerRecord<byte[], byte[]> record = records.of(frame);
      FrameHeaders.declare(record.headers(), FrameHeaders.PURPOSE, purpose);
      FrameHeaders.declare(record.headers(), FrameHeaders.CONSENT, consent);
      FrameHeaders.declare(record.headers(), FrameHeaders.TEACHES, teaches ? "label" : null);
      // The callback hears everything that the future would tell.
      var unused = producer.send(record, (metadata, exception) -> completed(exception));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    // What the client refuses at once, such as a record that is too large, is known by now.
    throwFailure();
    published.incrementAndGet();
  }

  private void completed(@Nullable Exception exception) {
    if (exception == null) {
      acknowledged.incrementAndGet();
    } else {
      failure.compareAndSet(null, exception);
    }
  }

  private void throwFailure() {
    Exception cause = failure.get();
    if (cause != null) {
      failureThrown = true;
      throw new FramePublishException(explain(cause), cause);
    }
  }

  private static String explain(Exception cause) {
    if (cause instanceof RecordTooLargeException) {
      return "A frame is too large for topic "
          + Topics.FRAMES
          + " (at most "
          + Topics.MAX_MESSAGE_BYTES
          + " bytes); publish a smaller picture.";
    }
    return "Frames cannot be written to topic "
        + Topics.FRAMES
        + ": "
        + cause.getMessage()
        + "; check that the broker and the schema registry can be reached and the topic exists.";
  }
}
