package io.paffmem.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all events, committed ones alone, and counts: what is lost, doubled or out of order, by
 * person and number of the frame. A consumer as others write it.
 */
final class Judge implements AutoCloseable {
  private static final String EVENTS = "emotions";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final int FRAMING = 5;
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * What was answered about a frame, as far as it is the memory's.
   *
   * @param arousal as it stands in the event, to the bit; so the others
   */
  record Answer(float arousal, float valence, int bestMatchingUnit, int neurons) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final GenericDatumReader<GenericRecord> reader;
  private final Map<String, List<Answer>> answers = new HashMap<>();
  private final Thread thread;
  private long deadLetters;
  private long outOfPlace;
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;

  /**
   * Begins to read.
   *
   * @param client settings of the consumer
   * @param schema of an event
   */
  Judge(Map<String, Object> client, Schema schema, int partitions) {
    client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, partitions)
            .boxed()
            .flatMap(
                it ->
                    List.of(new TopicPartition(EVENTS, it), new TopicPartition(DEAD_LETTERS, it))
                        .stream())
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    reader = new GenericDatumReader<>(schema);
    thread = new Thread(this::read, "judge");
    thread.start();
  }

  private void read() {
    try {
      while (!closing) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      consumer.close();
    }
  }

  private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(DEAD_LETTERS)) {
      deadLetters++;
      return;
    }
    GenericRecord event = event(record.value());
    GenericRecord identity = (GenericRecord) event.get("identity");
    GenericRecord affect = (GenericRecord) event.get("affect");
    List<Answer> own =
        answers.computeIfAbsent(identity.get("personId").toString(), any -> new ArrayList<>());
    if ((Long) identity.get("sequence") == own.size()) {
      own.add(
          new Answer(
              (Float) affect.get("arousal"),
              (Float) affect.get("valence"),
              (Integer) event.get("bestMatchingUnit"),
              (Integer) event.get("neurons")));
      notifyAll();
    } else {
      // Doubled, out of order, or after a gap: the numbers begin at 0 and have none.
      outOfPlace++;
    }
  }

  private GenericRecord event(byte[] value) {
    try {
      return reader.read(
          null, DecoderFactory.get().binaryDecoder(value, FRAMING, value.length - FRAMING, null));
    } catch (IOException e) {
      throw new UncheckedIOException("an event that is no Avro", e);
    }
  }

  /**
   * Waits until so many frames of each person are answered.
   *
   * @return whether they were in time
   */
  synchronized boolean await(Map<Integer, Long> frames, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!areAnswered(frames)) {
      RuntimeException failed = failure;
      if (failed != null) {
        throw new IllegalStateException("the judge cannot read", failed);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, Math.min(1000, TimeUnit.NANOSECONDS.toMillis(left))));
    }
    return true;
  }

  private boolean areAnswered(Map<Integer, Long> frames) {
    return frames.entrySet().stream()
        .allMatch(it -> answered(FrameFeed.name(it.getKey())) >= it.getValue());
  }

  private int answered(String person) {
    List<Answer> own = answers.get(person);
    return own == null ? 0 : own.size();
  }

  /** Frames without an event, of those that were published. */
  synchronized long missing(Map<Integer, Long> frames) {
    return frames.entrySet().stream()
        .mapToLong(it -> Math.max(0, it.getValue() - answered(FrameFeed.name(it.getKey()))))
        .sum();
  }

  /** Events that do not follow on the one before of their person: doubled, or out of order. */
  synchronized long outOfPlace() {
    return outOfPlace;
  }

  synchronized long deadLetters() {
    return deadLetters;
  }

  /** The answers about each person, in the order of their frames. */
  synchronized Map<String, List<Answer>> answers() {
    Map<String, List<Answer>> copy = new HashMap<>();
    answers.forEach((person, own) -> copy.put(person, List.copyOf(own)));
    return copy;
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
