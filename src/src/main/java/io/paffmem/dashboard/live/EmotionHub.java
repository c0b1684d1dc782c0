package io.paffmem.dashboard.live;

import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.PersonReceipt;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events, and the receipts that say who is forgotten: first all receipts, then the events
 * of the last minutes, so that there are histories, then what comes.
 */
public final class EmotionHub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmotionHub.class);

  /** The broker need not hear of it, and may be away. */
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Emotion> emotions;
  private final AvroSerde<PersonReceipt> receipts;
  private final DashboardConfig config;
  private final People people;
  private final Forgotten forgotten;
  private final java.util.function.Consumer<String> whenForgotten;
  private final EventReaders readers;
  private final Writers writers;
  private final DashboardCounters counters;
  private final List<TopicPartition> emotionPartitions;
  private final long historyFromMillis;

  /** Where the topics ended when this began, while that is not reached. */
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  private final Thread thread = new Thread(this::run, "dashboard-hub");
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private volatile boolean knowsForgotten;
  private volatile boolean caughtUp;

  /**
   * Goes to where it begins to read.
   *
   * @throws org.apache.kafka.common.KafkaException if the topics are not there
   */
  public EmotionHub(
      Cluster cluster,
      DashboardConfig config,
      People people,
      Forgotten forgotten,
      java.util.function.Consumer<String> whenForgotten,
      EventReaders readers,
      Writers writers,
      DashboardCounters counters,
      Clock clock) {
    this.config = config;
    this.people = people;
    this.forgotten = forgotten;
    this.whenForgotten = whenForgotten;
    this.readers = readers;
    this.writers = writers;
    this.counters = counters;
    this.emotions = cluster.serdes().of(Emotion.class);
    this.receipts = cluster.serdes().of(PersonReceipt.class);
    this.consumer = cluster.observer();
    try {
      emotionPartitions = partitions(Topics.EMOTIONS);
      List<TopicPartition> receiptPartitions = partitions(Topics.PERSON_RECEIPTS);
      List<TopicPartition> all =
          Stream.concat(emotionPartitions.stream(), receiptPartitions.stream()).toList();
      consumer.assign(all);
      consumer.seekToBeginning(receiptPartitions);
      ends.putAll(consumer.endOffsets(all));
      historyFromMillis = clock.millis() - config.patience().history().toMillis();
      seekBack(historyFromMillis);
      consumer.pause(emotionPartitions);
    } catch (RuntimeException e) {
      consumer.close(CloseOptions.timeout(CLOSE));
      throw e;
    }
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** To the last minutes, or to the last events where that would be too many. */
  private void seekBack(long fromMillis) {
    Map<TopicPartition, Long> times = new HashMap<>();
    emotionPartitions.forEach(partition -> times.put(partition, fromMillis));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(emotionPartitions);
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found =
        new HashMap<>(consumer.offsetsForTimes(times));
    long each = config.limits().historyEvents() / Math.max(1, emotionPartitions.size());
    for (TopicPartition partition : emotionPartitions) {
      long end = ends.getOrDefault(partition, 0L);
      OffsetAndTimestamp first = found.get(partition);
      long from = first == null ? end : Math.max(first.offset(), end - each);
      consumer.seek(partition, Math.max(from, begins.getOrDefault(partition, 0L)));
    }
  }

  public void start() {
    thread.start();
  }

  /** Why it does not pass on what comes out now; empty if it does. */
  public Optional<String> problem() {
    if (failed.isDone()) {
      return Optional.of("the dashboard cannot read the topics any more: " + failed.join());
    }
    return caughtUp
        ? Optional.empty()
        : Optional.of("the dashboard has not read back the last minutes yet");
  }

  /** Whether all receipts are read: before, it is not known what of the topic may be shown. */
  public boolean knowsForgotten() {
    return knowsForgotten;
  }

  /** Completes if the topics cannot be read any more, with the reason. */
  public CompletableFuture<Throwable> whenFailed() {
    return failed;
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        try {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            take(record);
          }
          readers.pass();
          writers.awaitRoom();
          lookWhetherCaughtUp();
        } catch (RetriableException e) {
          LOG.warn("The topics cannot be read now, and are tried again: {}", e.toString());
          pause();
        }
      }
    } catch (RuntimeException | Error e) {
      // Closing wakes the consumer up with an exception.
      if (closing.getCount() > 0) {
        LOG.error("The topics cannot be read any more", e);
        failed.complete(e);
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }

  private void lookWhetherCaughtUp() {
    if (ends.isEmpty()) {
      return;
    }
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    if (ends.keySet().stream().noneMatch(end -> end.topic().equals(Topics.PERSON_RECEIPTS))) {
      knowsForgotten = true;
      consumer.resume(emotionPartitions);
    }
    if (ends.isEmpty()) {
      caughtUp = true;
      LOG.info("Read back {} events", counters.historyEvents.sum());
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.PERSON_RECEIPTS)) {
      if (decode(receipts, record) instanceof Decoded.Value<PersonReceipt> receipt) {
        take(receipt.value());
      }
    } else if (decode(emotions, record) instanceof Decoded.Value<Emotion> emotion) {
      Names.restore(emotion.value(), config.pseudonyms());
      take(
          new Event(
              emotion.value(),
              record.timestamp(),
              record.partition(),
              record.offset(),
              isHistory(record)));
    } else {
      counters.malformed.increment();
    }
  }

  private boolean isHistory(ConsumerRecord<byte[], byte[]> record) {
    Long end =
        ends.isEmpty() ? null : ends.get(new TopicPartition(record.topic(), record.partition()));
    return end != null && record.offset() < end;
  }

  private void take(Event event) {
    counters.events.increment();
    if (event.isHistory()) {
      counters.historyEvents.increment();
    }
    // Times are only nearly in order.
    boolean isTooOld = event.isHistory() && event.ingestedAtMillis() < historyFromMillis;
    if (isTooOld || forgotten.covers(event.person(), event.ingestedAtMillis())) {
      return;
    }
    people.take(event);
    if (!event.isHistory()) {
      readers.take(event);
    }
  }

  private void take(PersonReceipt receipt) {
    if (receipt.getKind() == CommandKind.FORGET && receipt.getProblem() == null) {
      String person = config.pseudonyms().name(receipt.getPersonId());
      forgotten.add(person, receipt.getCutoffMillis());
      people.forget(person);
      whenForgotten.accept(person);
      counters.forgotten.increment();
    }
  }

  /** Decodes; a registry that does not answer is waited for, as the same bytes may be well. */
  private <T extends SpecificRecord> Decoded<T> decode(
      AvroSerde<T> serde, ConsumerRecord<byte[], byte[]> record) {
    while (true) {
      try {
        return serde.decode(record.topic(), record.value());
      } catch (RetriableException e) {
        LOG.warn("An event cannot be decoded now: {}", e.toString());
        pause();
        if (closing.getCount() == 0) {
          throw e;
        }
      }
    }
  }

  private void pause() {
    try {
      var unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    if (thread.isAlive()) {
      consumer.wakeup();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      consumer.close(CloseOptions.timeout(CLOSE));
    }
  }
}
