package io.paffmem.cluster;

import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The records that no stage could use, and the way back to the topics that they came from. Each is
 * sent back once: in one transaction with a note of it on {@link Topics#DEAD_LETTERS}, which stays
 * as long as the dead letter itself.
 */
public final class DeadLetterBox {
  private static final String TRANSACTIONAL_ID = "paffmem-dead-letters";
  private static final int LETTERS_A_TRANSACTION = 100;

  private static final Set<String> WAYS_BACK =
      Topics.definitions().stream()
          .filter(topic -> topic.recordType() != null)
          .map(topic -> topic.name())
          .collect(Collectors.toUnmodifiableSet());

  private final Cluster cluster;

  /** The dead letters of this cluster, which stays the caller's. */
  public DeadLetterBox(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * One dead letter.
   *
   * @param record as it stands on its topic
   * @param isSentBack whether it was sent back before
   */
  public record Letter(
      ConsumerRecord<byte[], byte[]> record, DeadLetters.Origin origin, boolean isSentBack) {
    /** Whether its topic is one that can be sent to, and it is still what it was there. */
    public boolean hasWayBack() {
      return WAYS_BACK.contains(origin.topic())
          && !origin.reason().equals(DeadLetters.CONSENT_MISSING);
    }
  }

  /** Takes a letter. */
  @FunctionalInterface
  public interface Reader {
    void read(Letter letter);
  }

  /**
   * What came of sending back.
   *
   * @param sent letters
   * @param before letters that were sent back before
   * @param noWayBack letters that came from where nothing can be sent, a row of a store, or whose
   *     picture was not kept
   */
  public record SentBack(long sent, long before, long noWayBack) {}

  /** Reads all letters that the topic holds, each partition in its order. */
  public void read(Reader reader) {
    Set<String> sentBack = notes();
    try (TopicHistory topic = new TopicHistory(cluster.observer(), Topics.DEAD_LETTERS)) {
      topic.readToEnd(
          record ->
              DeadLetters.origin(record)
                  .ifPresent(
                      origin ->
                          reader.read(
                              new Letter(
                                  record, origin, sentBack.contains(DeadLetters.place(record))))));
    }
  }

  /**
   * Sends back what was not sent back before.
   *
   * @param which letters are meant
   * @throws StartException if another process sends letters back at the same time, or the broker
   *     does not take them; what it has taken by then is noted
   */
  public SentBack sendBack(Predicate<Letter> which) {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      // From here on another process that sends letters back is fenced off, so the notes are all.
      producer.initTransactions();
      Sender sender = new Sender(producer);
      read(
          letter -> {
            if (which.test(letter)) {
              sender.take(letter);
            }
          });
      sender.commit();
      return new SentBack(sender.sent, sender.before, sender.noWayBack);
    } catch (ProducerFencedException e) {
      throw new StartException("another process sends dead letters back at the same time", e);
    } catch (KafkaException e) {
      throw new StartException(
          "dead letters could not all be sent back (%s); what was is noted, so the same command goes on"
              .formatted(e.getMessage()),
          e);
    }
  }

  private Map<String, Object> producer() {
    Map<String, Object> settings = cluster.client();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
    return settings;
  }

  private Set<String> notes() {
    Set<String> notes = new HashSet<>();
    try (TopicHistory topic = new TopicHistory(cluster.observer(), Topics.DEAD_LETTERS)) {
      topic.readToEnd(record -> DeadLetters.noted(record).ifPresent(notes::add));
    }
    return notes;
  }

  /** Sends letters with their notes, some in each transaction. */
  private static final class Sender {
    private final Producer<byte[], byte[]> producer;
    private int open;
    private long sent;
    private long before;
    private long noWayBack;

    Sender(Producer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    void take(Letter letter) {
      if (letter.isSentBack()) {
        before++;
      } else if (!letter.hasWayBack()) {
        noWayBack++;
      } else {
        if (open == 0) {
          producer.beginTransaction();
        }
        send(DeadLetters.sentBack(letter.record()));
        send(DeadLetters.note(letter.record()));
        if (++open == LETTERS_A_TRANSACTION) {
          commit();
        }
      }
    }

    void commit() {
      if (open > 0) {
        producer.commitTransaction(); // throws what a send has met
        sent += open;
        open = 0;
      }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
      var unused = producer.send(record);
    }
  }
}
