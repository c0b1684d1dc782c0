package io.paffmem.cluster;

import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The events of some streams, from the beginning of the topic on, as they are committed. */
public final class EmotionHistory implements AutoCloseable {
  private final TopicHistory topic;
  private final AvroSerde<Emotion> serde;
  private final String prefix;
  private final Consumer<Emotion> sink;

  /**
   * Begins at the beginning.
   *
   * @param prefix what the ids of the streams begin with; empty for all
   * @param sink is given each event
   */
  public EmotionHistory(Cluster cluster, String prefix, Consumer<Emotion> sink) {
    this.topic = new TopicHistory(cluster.observer(), Topics.EMOTIONS);
    this.serde = cluster.serdes().of(Emotion.class);
    this.prefix = prefix;
    this.sink = sink;
  }

  /** Reads all that the topic holds now. */
  public void readToEnd() {
    topic.readToEnd(this::read);
  }

  /** Waits a moment for more, and reads it. */
  public void readMore() {
    topic.read(this::read);
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    if (serde.decode(record.topic(), record.value()) instanceof Decoded.Value<Emotion> event
        && event.value().getIdentity().getStreamId().startsWith(prefix)) {
      sink.accept(event.value());
    }
  }

  @Override
  public void close() {
    topic.close();
  }
}
