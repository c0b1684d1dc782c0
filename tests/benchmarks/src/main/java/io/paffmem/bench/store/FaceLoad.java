package io.paffmem.bench.store;

import io.paffmem.bench.MadeMemory;
import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes embeddings of people who do not exist, and reads what comes of them. */
final class FaceLoad implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * How a number of frames fared.
   *
   * @param seconds from the first publication to the last event
   * @param medianMillis from a frame's publication to its event, read_committed
   * @param p99Millis the same
   */
  record Times(int frames, double seconds, double medianMillis, double p99Millis) {}

  private final KafkaProducer<byte[], byte[]> producer;
  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Embedding> embeddings;
  private final AvroSerde<Emotion> emotions;
  private final List<MadeMemory> memories;
  private final String stream;
  private long sequence;

  /**
   * A feed.
   *
   * @param stream of its frames; one that no feed had before, or they would be duplicates
   * @param memories person n has the faces of the memory n modulo their number
   */
  FaceLoad(Cluster cluster, int partitions, String stream, List<MadeMemory> memories) {
    this.stream = stream;
    Map<String, Object> settings = cluster.client();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    consumer = cluster.observer();
    Collection<TopicPartition> all =
        java.util.stream.IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(Topics.EMOTIONS, partition))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position); // now, not at the first poll
    embeddings = cluster.serdes().of(Embedding.class);
    emotions = cluster.serdes().of(Emotion.class);
    this.memories = memories;
  }

  static String name(int person) {
    return "person-" + person;
  }

  /**
   * Publishes frames and waits for all their events.
   *
   * @param personOf whose the n-th frame is
   * @param perSecond frames a second, evenly; 0 as fast as it goes
   * @throws IllegalStateException if an event does not come within a minute
   */
  Times run(int frames, double perSecond, IntUnaryOperator personOf) {
    long first = sequence;
    long[] sent = new long[frames];
    double[] millis = new double[frames];
    int seen = 0;
    int published = 0;
    long begun = System.nanoTime();
    long lastNews = begun;
    while (seen < frames) {
      long now = System.nanoTime();
      int due =
          perSecond == 0 ? frames : (int) Math.min(frames, (now - begun) / 1e9 * perSecond + 1);
      while (published < due) {
        sent[published] = System.nanoTime();
        publish(personOf.applyAsInt(published));
        published++;
      }
      boolean paced = perSecond > 0 && published < frames;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(paced ? Duration.ZERO : POLL)) {
        long number = numberOf(record) - first;
        if (number >= 0) {
          millis[(int) number] = (System.nanoTime() - sent[(int) number]) / 1e6;
          seen++;
          lastNews = System.nanoTime();
        }
      }
      if (paced) {
        LockSupport.parkNanos(1_000_000);
      } else if (System.nanoTime() - lastNews > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "%d of %d events have not come for a minute".formatted(frames - seen, frames));
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(millis);
    return new Times(
        frames, seconds, millis[frames / 2], millis[Math.min(frames - 1, frames * 99 / 100)]);
  }

  private long numberOf(ConsumerRecord<byte[], byte[]> record) {
    if (emotions.decode(Topics.EMOTIONS, record.value()) instanceof Decoded.Value<Emotion> event) {
      return event.value().getIdentity().getSequence();
    }
    throw new IllegalStateException("an event that is none");
  }

  private void publish(int person) {
    MadeMemory memory = memories.get(person % memories.size());
    int frame = (int) (sequence / Math.max(1, memories.size()));
    float[] read = memory.read(frame);
    String name = name(person);
    Embedding embedding =
        new Embedding(
            new FrameIdentity(name, stream, sequence++),
            System.currentTimeMillis(),
            FloatVectors.pack(memory.face(frame)),
            new Affect(read[0], read[1]),
            Instance.MODEL,
            null,
            null,
            null,
            null);
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.EMBEDDINGS,
                PersonKey.bytes(name),
                embeddings.encode(Topics.EMBEDDINGS, embedding)));
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
