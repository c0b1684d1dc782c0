package io.paffmem.ingest.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes live frames to {@link Topics#FRAMES} and tells of each what became of it. Where a {@link
 * FramePublisher} stops at the first failure, so that a recording has no gap, this goes on: of a
 * live feed the next frame matters more. Thread-safe; frames of one person keep the order in which
 * they were handed over.
 */
public final class LivePublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LivePublisher.class);

  /** How long the broker has to acknowledge a frame. */
  public static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(20);

  // The caller has other feeds to serve: what cannot be handed over at once is refused.
  private static final Duration MAX_BLOCK = Duration.ofMillis(250);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FOR_EVER = Duration.ofDays(10_000);
  private static final Duration RECONNECT_AT_MOST_EVERY = Duration.ofMillis(500);

  private final Producer<byte[], byte[]> producer;
  private final FrameRecords records;
  private volatile boolean closed;
  private volatile boolean ready;

  /**
   * @param producer idempotent; taken over: {@link #close} closes it
   * @param serdes stay the caller's to close
   * @param clock gives the time of ingest
   */
  public LivePublisher(Producer<byte[], byte[]> producer, AvroSerdes serdes, Clock clock) {
    this.producer = producer;
    this.records = new FrameRecords(serdes, clock);
  }

  /**
   * A publisher with a producer of its own.
   *
   * @param client settings of Kafka's producer, at least {@code bootstrap.servers}
   * @param meters where its client counts
   * @throws FramePublishException if Kafka refuses them
   */
  public static LivePublisher connect(
      Map<String, ?> client, AvroSerdes serdes, Clock clock, MeterRegistry meters) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
    settings.put(
        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AT_MOST_EVERY.toMillis());
    // What was learnt of the topic is not forgotten when no frame comes for a while.
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, FOR_EVER.toMillis());
    settings.putAll(client);
    LivePublisher publisher =
        new LivePublisher(
            FramePublisher.producer(FramePublisher.settings(settings), meters), serdes, clock);
    publisher.learnPartitions();
    return publisher;
  }

  /**
   * Asks for the topic's partitions until the broker tells them, so that the first frame finds them
   * known: it cannot wait.
   */
  private void learnPartitions() {
    Thread learner =
        new Thread(
            () -> {
              while (!closed && !ready) {
                try {
                  // Waits for as long as a frame may.
                  ready = !producer.partitionsFor(Topics.FRAMES).isEmpty();
                } catch (RetriableException e) {
                  LOG.debug("The broker does not tell the partitions yet", e);
                } catch (KafkaException | IllegalStateException e) {
                  // Closed meanwhile, or no right, which the watch of the broker tells, and may
                  // be
                  // given later: nothing here is to wait for.
                  ready = true;
                }
              }
            },
            "live-publisher-start");
    learner.setDaemon(true);
    learner.start();
  }

  /** Whether the broker has told of the topic, so that the first frame need not wait for that. */
  public boolean isReady() {
    return ready;
  }

  /**
   * Hands one frame over.
   *
   * @param purpose what it is processed for, as its header is to say; null for none
   * @param consent reference to the consent, as its header is to say; null for none
   * @param whenKnown called once, by this thread or the producer's, with null when the broker has
   *     acknowledged the frame, or with what went wrong. After a time-out the frame may have been
   *     written all the same
   */
  public void publish(
      Frame frame,
      @Nullable String purpose,
      @Nullable String consent,
      Consumer<@Nullable Exception> whenKnown) {
    try {
      ProducerRecord<byte[], byte[]> record = records.of(frame);
      FrameHeaders.declare(record.headers(), FrameHeaders.PURPOSE, purpose);
      FrameHeaders.declare(record.headers(), FrameHeaders.CONSENT, consent);
      // The callback hears everything that the future would tell.
      var unused = producer.send(record, (metadata, exception) -> whenKnown.accept(exception));
    } catch (InterruptException e) {
      // Not sent; the interrupt status stays set.
      whenKnown.accept(e);
    } catch (KafkaException | IllegalStateException e) {
      // Among them: closed meanwhile.
      whenKnown.accept(e);
    }
  }

  /** Gives what was handed over that long to be acknowledged; what is left then is refused. */
  public void close(Duration patience) {
    closed = true;
    producer.close(patience);
  }

  @Override
  public void close() {
    close(DELIVERY_TIMEOUT);
  }
}
