package io.paffmem.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A topic from its beginning on. Used by one thread. */
final class TopicHistory implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /** Takes a record. */
  interface Reader {
    void read(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Begins at the beginning.
   *
   * @param consumer without a group; closed with this, and where this throws
   */
  TopicHistory(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    try {
      partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Reads up to what is the end of the topic now. */
  void readToEnd(Reader reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      read(reader);
    }
  }

  /** Waits a moment for records, and reads them. */
  void read(Reader reader) {
    consumer.poll(POLL).forEach(reader::read);
  }

  @Override
  public void close() {
    // The broker need not hear of it, and may be away.
    consumer.close(CloseOptions.timeout(CLOSE));
  }
}
