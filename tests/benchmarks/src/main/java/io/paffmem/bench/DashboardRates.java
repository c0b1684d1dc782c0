package io.paffmem.bench;

import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.Source;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events a second that one dashboard takes in and passes on to readers, each of whom gets all. */
public final class DashboardRates {
  private static final int PEOPLE = 100;
  private static final int MAX_HEAP_MEGABYTES = 512;

  /** Events that are under way at most: half of what waits for one reader before it is dropped. */
  private static final int AHEAD = 5_000;

  private static final Duration WARM_UP = Duration.ofSeconds(8);

  private final Cluster cluster;
  private final Duration duration;
  private long sent;

  /**
   * @param duration of each measurement
   */
  public DashboardRates(Cluster cluster, Duration duration) {
    this.cluster = cluster;
    this.duration = duration;
  }

  /** Measures with each number of readers. */
  public Map<String, Object> measure(List<Integer> readers)
      throws IOException, InterruptedException {
    Map<String, Object> figures = new LinkedHashMap<>();
    for (int count : readers) {
      try (DashboardProcess dashboard =
          DashboardProcess.start(cluster.clientSettings().orElseThrow(), MAX_HEAP_MEGABYTES)) {
        measure(dashboard, count, figures);
      }
    }
    return figures;
  }

  private void measure(DashboardProcess dashboard, int count, Map<String, Object> figures)
      throws IOException, InterruptedException {
    try (CountingReaders readers =
            new CountingReaders(dashboard.port(), DashboardProcess.TOKEN, count);
        KafkaProducer<byte[], byte[]> producer = producer()) {
      while (readers.least() < 0) {
        pause();
      }
      // A reader is one a moment after its stream has begun.
      TimeUnit.MILLISECONDS.sleep(200);
      long base = sent;
      feedUntil(producer, readers, System.nanoTime() + WARM_UP.toNanos(), base);
      long before = readers.least();
      long begin = System.nanoTime();
      feedUntil(producer, readers, begin + duration.toNanos(), base);
      double seconds = (System.nanoTime() - begin) / 1e9;
      long events = readers.least() - before;
      figures.put("events/s, " + count + " readers", Math.round(events / seconds));
      figures.put("written/s, " + count + " readers", Math.round(events / seconds * count));
      figures.put(
          "dashboard's memory in MB, " + count + " readers", dashboard.residentBytes() >> 20);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = cluster.client();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends, never too far ahead of the last reader.
   *
   * @param base what had been sent when the readers had none
   */
  private void feedUntil(
      KafkaProducer<byte[], byte[]> producer, CountingReaders readers, long untilNanos, long base)
      throws InterruptedException {
    AvroSerde<Emotion> serde = cluster.serdes().of(Emotion.class);
    while (System.nanoTime() < untilNanos) {
      if (readers.gone() > 0) {
        throw new StartException(readers.gone() + " readers were dropped; there is no figure");
      }
      if (sent - base - readers.least() < AHEAD) {
        for (int i = 0; i < 100; i++) {
          Emotion emotion = emotion(sent++);
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      Topics.EMOTIONS,
                      PersonKey.bytes(emotion.getIdentity().getPersonId()),
                      serde.encode(Topics.EMOTIONS, emotion)));
        }
      } else {
        pause();
      }
    }
  }

  private static void pause() throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(200);
  }

  private static Emotion emotion(long number) {
    float wave = (float) Math.sin(number / 1000.0);
    return new Emotion(
        new FrameIdentity("person-" + number % PEOPLE, "bench", number),
        System.currentTimeMillis(),
        new Affect(wave, -wave),
        Source.MEMORY,
        new Affect(wave / 2, -wave / 2),
        0.73f,
        17,
        300,
        number,
        "pk-1",
        null,
        0,
        null,
        null,
        0,
        null,
        null);
  }
}
