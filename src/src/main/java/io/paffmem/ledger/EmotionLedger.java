package io.paffmem.ledger;

import io.paffmem.cluster.Cluster;
import io.paffmem.metric.Concordance;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Source;
import io.paffmem.start.StartException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of one run: every face that is published is entered, and a read_committed
 * consumer strikes it off when its event comes. What it counts are facts seen on the topics, not
 * counters of the stages.
 */
public final class EmotionLedger implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final List<String> WATCHED =
      List.of(
          Topics.EMOTIONS,
          Topics.SEED_REQUESTS,
          Topics.SEEDS,
          Topics.DEAD_LETTERS,
          Topics.PERSON_RECEIPTS);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<Emotion> emotions;
  private final AvroSerde<SeedRequest> requests;
  private final AvroSerde<Seeds> seeds;
  private final AvroSerde<PersonReceipt> receipts;
  private final String streamId;
  private final LongSupplier nanoClock;
  private final AnswerListener listener;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Thread reader;

  // Guarded by this.
  /** By person and stream. */
  private final Map<String, Map<String, StreamBook>> books = new LinkedHashMap<>();

  private final Map<String, Emotion> latest = new LinkedHashMap<>();
  private final Map<String, Integer> neurons = new TreeMap<>();
  private final Latencies seeding = new Latencies();
  private final Latencies steady = new Latencies();
  private final Concordance[] prior = {new Concordance(), new Concordance()};
  private final Concordance[] answer = {new Concordance(), new Concordance()};
  private long faces;
  private long memoryEvents;
  private long priorEvents;
  private long strangers;
  private long unreadable;
  private long duplicated;
  private long deadLetters;
  private final Map<String, Long> deadLetterReasons = new TreeMap<>();
  private long seedRequests;
  private long seedAnswers;
  private long lastNews;
  private boolean wantsCatchUp;

  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  /**
   * Begins to read a cluster's topics at their present end, by the clock of this machine.
   *
   * @param streamId of faces that are entered without one
   */
  public static EmotionLedger of(Cluster cluster, String streamId) {
    return of(cluster, streamId, (event, publishedAtNanos, readAtNanos) -> {});
  }

  /**
   * The same, for somebody who wants to know of each event.
   *
   * @param listener told of the first event of each face entered
   */
  public static EmotionLedger of(Cluster cluster, String streamId, AnswerListener listener) {
    return new EmotionLedger(
        cluster.observer(), cluster.serdes(), streamId, System::nanoTime, listener);
  }

  /**
   * Begins to read at the present end of the topics.
   *
   * @param consumer read_committed, without a group; closed with the ledger, and where this throws
   * @param streamId of faces that are entered without one
   */
  EmotionLedger(
      Consumer<byte[], byte[]> consumer,
      AvroSerdes serdes,
      String streamId,
      LongSupplier nanoClock,
      AnswerListener listener) {
    this.consumer = consumer;
    this.emotions = serdes.of(Emotion.class);
    this.requests = serdes.of(SeedRequest.class);
    this.seeds = serdes.of(Seeds.class);
    this.receipts = serdes.of(PersonReceipt.class);
    this.streamId = streamId;
    this.nanoClock = nanoClock;
    this.listener = listener;
    this.lastNews = nanoClock.getAsLong();
    try {
      for (String topic : WATCHED) {
        consumer
            .partitionsFor(topic)
            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
    reader = new Thread(this::read, "emotion-ledger");
    reader.start();
  }

  /**
   * Enters a face that is about to be published, of the ledger's own stream.
   *
   * @throws StartException if reading has failed, so that nobody would see its event
   */
  public void published(String person, long sequence) {
    published(person, streamId, sequence);
  }

  /**
   * Enters a face that is about to be published.
   *
   * @throws IllegalArgumentException if the sequence does not come after the stream's one before
   * @throws StartException if reading has failed, so that nobody would see its event
   */
  public synchronized void published(String person, String stream, long sequence) {
    throwFailure();
    StreamBook book =
        books
            .computeIfAbsent(person, any -> new HashMap<>())
            .computeIfAbsent(stream, any -> new StreamBook());
    book.publish(sequence, nanoClock.getAsLong());
    faces++;
  }

  /** Faces entered that have an event or a dead letter, or were forgotten with their person. */
  public synchronized long settled() {
    return deadLetters + memoryEvents + priorEvents + forgotten();
  }

  private long forgotten() {
    return books.values().stream()
        .flatMap(streams -> streams.values().stream())
        .mapToLong(StreamBook::forgotten)
        .sum();
  }

  /** Faces entered. */
  public synchronized long faces() {
    return faces;
  }

  /**
   * Waits until every face entered is settled and all that the topics then held is read (a second
   * event of a face, say), a stage has failed, or nothing has come for that long.
   *
   * @param stageFailure why a stage cannot go on; empty while all work
   * @throws StartException if reading has failed
   */
  public synchronized void awaitSettled(
      Duration silence, Supplier<Optional<Throwable>> stageFailure) throws InterruptedException {
    lastNews = nanoClock.getAsLong();
    boolean settled = false;
    while (!settled || wantsCatchUp) {
      throwFailure();
      if (!settled && settled() >= faces()) {
        settled = true;
        wantsCatchUp = true;
      }
      long silentNanos = nanoClock.getAsLong() - lastNews;
      if (silentNanos > silence.toNanos() || stageFailure.get().isPresent()) {
        return;
      }
      wait(POLL.toMillis());
    }
  }

  private void throwFailure() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new StartException(
          "the topics "
              + String.join(", ", WATCHED)
              + " cannot be read any more: "
              + failed.getMessage()
              + "; check the broker and the schema registry",
          failed);
    }
  }

  /** The newest event of each person, in the order of their appearance. */
  public synchronized Map<String, Emotion> latest() {
    return new LinkedHashMap<>(latest);
  }

  /** Faces of a person that wait for their event. */
  public synchronized int lag(String person) {
    Map<String, StreamBook> streams = books.getOrDefault(person, Map.of());
    return streams.values().stream().mapToInt(StreamBook::waiting).sum();
  }

  /**
   * The books, closed.
   *
   * @param frames pictures of the source
   * @param carriedBoxes faces without an own detection
   * @param seconds that the run took
   */
  public synchronized RunSummary summary(long frames, long carriedBoxes, double seconds) {
    long events = memoryEvents + priorEvents;
    return new RunSummary(
        frames,
        faces,
        carriedBoxes,
        events,
        memoryEvents,
        priorEvents,
        strangers,
        unreadable,
        Math.max(0, faces - events - deadLetters - forgotten()),
        duplicated,
        deadLetters,
        forgotten(),
        seedRequests,
        seedAnswers,
        books.size(),
        seconds,
        seconds > 0 ? events / seconds : 0,
        new RunSummary.Latency(seeding.summary(), steady.summary()),
        new TreeMap<>(neurons),
        prior[0].rows() == 0 ? null : new RunSummary.Agreement(agreement(prior), agreement(answer)),
        new TreeMap<>(deadLetterReasons),
        List.of(),
        false,
        0);
  }

  private static RunSummary.AxisCcc agreement(Concordance[] axes) {
    return new RunSummary.AxisCcc(boxed(axes[0].ccc()), boxed(axes[1].ccc()));
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private void read() {
    try {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          enter(record);
        }
        if (wantsCatchUp()) {
          catchUp();
        }
      }
    } catch (RuntimeException e) {
      // Closing wakes the consumer up with an exception.
      if (!closed) {
        failure = e;
      }
    }
  }

  private synchronized boolean wantsCatchUp() {
    return wantsCatchUp;
  }

  /** Reads up to what are the ends of the topics now. */
  private void catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!closed && ends.entrySet().stream().anyMatch(this::isBefore)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        enter(record);
      }
    }
    synchronized (this) {
      wantsCatchUp = false;
      notifyAll();
    }
  }

  private boolean isBefore(Map.Entry<TopicPartition, Long> end) {
    return consumer.position(end.getKey()) < end.getValue();
  }

  private void enter(ConsumerRecord<byte[], byte[]> record) {
    switch (record.topic()) {
      case Topics.EMOTIONS -> {
        if (emotions.decode(record.topic(), record.value())
            instanceof Decoded.Value<Emotion> value) {
          enter(value.value());
        }
      }
      case Topics.SEED_REQUESTS -> {
        if (requests.decode(record.topic(), record.value())
            instanceof Decoded.Value<SeedRequest> value) {
          count(value.value().getIdentity(), () -> seedRequests++);
        }
      }
      case Topics.SEEDS -> {
        if (seeds.decode(record.topic(), record.value()) instanceof Decoded.Value<Seeds> value
            && value.value().getOutcome() instanceof SeedPairs) {
          count(value.value().getIdentity(), () -> seedAnswers++);
        }
      }
      case Topics.PERSON_RECEIPTS -> {
        if (receipts.decode(record.topic(), record.value())
                instanceof Decoded.Value<PersonReceipt> value
            && value.value().getKind() == CommandKind.FORGET
            && value.value().getProblem() == null) {
          forget(value.value().getPersonId());
        }
      }
      default -> enterDeadLetter(record);
    }
  }

  private synchronized void enter(Emotion event) {
    FrameIdentity identity = event.getIdentity();
    StreamBook book = book(identity);
    if (book == null) {
      return;
    }
    long now = nanoClock.getAsLong();
    lastNews = now;
    Long publishedAt = book.answer(identity.getSequence());
    if (publishedAt == null) {
      duplicated++;
      return;
    }
    boolean fromMemory = event.getSource() == Source.MEMORY;
    if (fromMemory) {
      memoryEvents++;
    } else {
      priorEvents++;
    }
    strangers += Boolean.FALSE.equals(event.getOfPerson()) ? 1 : 0;
    unreadable += event.getQuality() != null && !event.getQuality().getReadable() ? 1 : 0;
    (book.isSeededBefore(publishedAt) ? steady : seeding).add(now - publishedAt);
    if (event.getFramesToSeed() == 0) {
      book.seeded(now);
    }
    latest.put(identity.getPersonId(), event);
    neurons.put(identity.getPersonId(), event.getNeurons());
    listener.answered(event, publishedAt, now);
    Affect label = event.getLabel();
    if (label != null) {
      compare(prior, event.getPrior(), label);
      compare(answer, event.getAffect(), label);
    }
    notifyAll();
  }

  private static void compare(Concordance[] axes, Affect given, Affect truth) {
    axes[0].add(given.getArousal(), truth.getArousal());
    axes[1].add(given.getValence(), truth.getValence());
  }

  private synchronized void count(FrameIdentity identity, Runnable counter) {
    if (book(identity) != null) {
      lastNews = nanoClock.getAsLong();
      counter.run();
    }
  }

  private synchronized void forget(String person) {
    books.getOrDefault(person, Map.of()).values().forEach(StreamBook::forget);
    lastNews = nanoClock.getAsLong();
    notifyAll();
  }

  private synchronized void enterDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    if (key != null && books.containsKey(new String(key, StandardCharsets.UTF_8))) {
      lastNews = nanoClock.getAsLong();
      deadLetters++;
      deadLetterReasons.merge(reason(record), 1L, Long::sum);
      notifyAll();
    }
  }

  /** The code; what may stand behind it is for people who look at the one letter. */
  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    Header header = letter.headers().lastHeader(DeadLetters.REASON);
    return header == null || header.value() == null
        ? "unknown"
        : new String(header.value(), StandardCharsets.UTF_8).split("[^a-z_]", 2)[0];
  }

  private @Nullable StreamBook book(FrameIdentity identity) {
    Map<String, StreamBook> streams = books.getOrDefault(identity.getPersonId(), Map.of());
    StreamBook book = streams.get(identity.getStreamId());
    return book != null && book.knows(identity.getSequence()) ? book : null;
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    boolean interrupted = Thread.interrupted();
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    // The broker need not hear of it, and may be away.
    consumer.close(CloseOptions.timeout(CLOSE));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
