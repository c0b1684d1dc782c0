package io.paffmem.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Source;
import io.paffmem.start.StartException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class EmotionLedgerTest {
  private static final int PARTITIONS = 2;
  private static final int SEEDING_FRAMES = 2;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Affect ZERO = new Affect(0f, 0f);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");
  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private AnswerListener listener = (event, publishedAtNanos, readAtNanos) -> {};
  private @Nullable EmotionLedger opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
      assertThat(consumer.closed()).isTrue();
    }
    serdes.close();
  }

  @Test
  void summary_everyFaceHasItsEvent_allStruckOff() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    ledger.published("ann", 4);
    ledger.published("bob", 0);
    assertThat(ledger.lag("ann")).isEqualTo(2);

    emotion("ann", 0, 1, Source.PRIOR, 0);
    emotion("ann", 4, 2, Source.MEMORY, 7);
    emotion("bob", 0, 1, Source.MEMORY, 3);
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(9, 1, 1.5);
    assertThat(summary.frames()).isEqualTo(9);
    assertThat(summary.faces()).isEqualTo(3);
    assertThat(summary.carriedBoxes()).isEqualTo(1);
    assertThat(summary.events()).isEqualTo(3);
    assertThat(summary.memoryEvents()).isEqualTo(2);
    assertThat(summary.priorEvents()).isEqualTo(1);
    assertThat(summary.lost()).isZero();
    assertThat(summary.duplicated()).isZero();
    assertThat(summary.people()).isEqualTo(2);
    assertThat(summary.seconds()).isEqualTo(1.5);
    assertThat(summary.framesPerSecond()).isEqualTo(2);
    assertThat(summary.neurons()).containsExactly(Map.entry("ann", 7), Map.entry("bob", 3));
    assertThat(summary.ccc()).as("no labels").isNull();
    assertThat(ledger.lag("ann")).isZero();
    assertThat(ledger.lag("nobody")).isZero();
    assertThat(requireNonNull(ledger.latest().get("ann")).getIdentity().getSequence()).isEqualTo(4);
  }

  @Test
  void summary_facesThatCannotBeRead_counted() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    ledger.published("ann", 1);
    ledger.published("ann", 2);

    for (int i = 0; i < 3; i++) {
      FaceQuality quality = i == 2 ? null : new FaceQuality(i == 1, 20f, 1f, 0f, null, null, null);
      send(
          Topics.EMOTIONS,
          "ann",
          emotionOf("ann", "run", i, 1, Source.PRIOR, 0).setQuality(quality));
    }
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(3, 0, 1);
    assertThat(summary.unreadable()).isEqualTo(1);
    assertThat(summary.priorEvents()).isEqualTo(3);
  }

  @Test
  void listener_eventsOfAFaceAndOfOthers_toldOfTheFirstOfEachFace() throws InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    listener =
        (event, publishedAtNanos, readAtNanos) ->
            told.add(
                event.getIdentity().getSequence()
                    + " after "
                    + (readAtNanos - publishedAtNanos) / MILLI);
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    nanos.addAndGet(5 * MILLI);
    ledger.published("ann", 1);
    nanos.addAndGet(2 * MILLI);

    emotion("ann", 0, 1, Source.PRIOR, 0);
    emotion("ann", 0, 1, Source.PRIOR, 0);
    emotion("zoe", 0, 1, Source.PRIOR, 0);
    emotion("ann", 1, 2, Source.MEMORY, 7);
    ledger.awaitSettled(SILENCE, Optional::empty);

    assertThat(told).containsExactly("0 after 7", "1 after 2");
  }

  @Test
  void summary_personForgotten_whatWaitedIsSettledAndALateEventCounts()
      throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    ledger.published("ann", 1);
    ledger.published("ann", 2);
    ledger.published("bob", 0);
    emotion("ann", 0, 1, Source.MEMORY, 7);

    receipt("ann", CommandKind.RESET, null);
    receipt("ann", CommandKind.FORGET, "no such command");
    receipt("ann", CommandKind.FORGET, null);
    emotion("ann", 2, 2, Source.MEMORY, 7);
    emotion("bob", 0, 1, Source.MEMORY, 3);
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(4, 0, 1);
    assertThat(summary.events()).isEqualTo(3);
    assertThat(summary.forgotten()).isEqualTo(1);
    assertThat(summary.lost()).isZero();
    assertThat(summary.duplicated()).isZero();
  }

  @Test
  void summary_personReset_whatWaitsIsNotForgotten() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    ledger.published("bob", 0);

    receipt("ann", CommandKind.RESET, null);
    receipt("ann", CommandKind.FORGET, "no such command");

    emotion("bob", 0, 1, Source.MEMORY, 3);
    ledger.awaitSettled(
        SILENCE,
        () -> ledger.settled() == 0 ? Optional.empty() : Optional.of(new Exception("read")));

    assertThat(ledger.settled()).isEqualTo(1);
    assertThat(ledger.summary(2, 0, 1).lost()).isEqualTo(1);
  }

  @Test
  void summary_secondEventOfAFace_countedThoughAllWasSettledBefore() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);

    consumer.setMaxPollRecords(1);
    emotion("ann", 0, 1, Source.MEMORY, 2);
    emotion("ann", 0, 1, Source.PRIOR, 9);
    emotion("ann", 0, 1, Source.MEMORY, 9);
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(1, 0, 1);
    assertThat(summary.duplicated()).isEqualTo(2);
    assertThat(summary.events()).isEqualTo(1);
    assertThat(summary.memoryEvents()).isEqualTo(1);
    assertThat(summary.neurons()).as("a duplicate changes nothing else").containsEntry("ann", 2);
    assertThat(summary.lost()).isZero();
  }

  @Test
  void summary_severalStreamsOfOnePerson_eachStruckOff() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", "one", 0);
    ledger.published("ann", "two", 0);
    ledger.published("ann", "two", 1);

    send(Topics.EMOTIONS, "ann", emotionOf("ann", "one", 0, 1, Source.MEMORY, 9));
    send(Topics.EMOTIONS, "ann", emotionOf("ann", "two", 0, 2, Source.MEMORY, 9));
    send(Topics.EMOTIONS, "ann", emotionOf("ann", "two", 1, 3, Source.MEMORY, 9));
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(3, 0, 1);
    assertThat(summary.people()).isEqualTo(1);
    assertThat(summary.faces()).isEqualTo(3);
    assertThat(summary.events()).isEqualTo(3);
    assertThat(summary.lost()).isZero();
    assertThat(ledger.lag("ann")).isZero();
  }

  @Test
  void summary_whatOthersSend_ignored() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);

    send(Topics.EMOTIONS, "ann", emotionOf("ann", "another-stream", 0, 1, Source.MEMORY, 9));
    emotion("ann", 1, 1, Source.MEMORY, 9);
    emotion("zoe", 0, 1, Source.MEMORY, 9);
    send(Topics.EMOTIONS, "ann", "no Avro".getBytes(UTF_8));
    send(Topics.SEED_REQUESTS, "ann", "no Avro".getBytes(UTF_8));
    send(Topics.SEEDS, "ann", "no Avro".getBytes(UTF_8));
    emotion("ann", 0, 1, Source.MEMORY, 4);
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(1, 0, 1);
    assertThat(summary.events()).isEqualTo(1);
    assertThat(summary.duplicated()).isZero();
    assertThat(summary.neurons()).containsExactly(Map.entry("ann", 4));
    assertThat(ledger.latest()).containsOnlyKeys("ann");
  }

  @Test
  void summary_deadLetters_thoseOfOurPeopleSettleTheirFaces() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    ledger.published("ann", 1);

    emotion("ann", 0, 1, Source.MEMORY, 4);
    send(Topics.DEAD_LETTERS, "zoe", "theirs".getBytes(UTF_8));
    send(Topics.DEAD_LETTERS, null, "nobody's".getBytes(UTF_8));
    send(Topics.DEAD_LETTERS, "ann", "ours".getBytes(UTF_8));
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(2, 0, 1);
    assertThat(summary.deadLetters()).isEqualTo(1);
    assertThat(summary.events()).isEqualTo(1);
    assertThat(summary.lost()).isZero();
    assertThat(ledger.settled()).isEqualTo(2);
  }

  @Test
  void summary_seeding_requestsAndAnswersWithPairsCounted() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    ledger.published("ann", 1);

    seedRequest("ann", "run", 0);
    seedRequest("ann", "run", 1);
    seedRequest("ann", "another-stream", 0);
    seeds("ann", "run", 0, new SeedPairs(bytes(), bytes(), bytes()));
    seeds("ann", "run", 1, new SeedRefusal("timed_out"));
    seeds("ann", "another-stream", 0, new SeedPairs(bytes(), bytes(), bytes()));
    emotion("ann", 0, 1, Source.MEMORY, 4);
    emotion("ann", 1, 1, Source.PRIOR, 4);
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary summary = ledger.summary(2, 0, 1);
    assertThat(summary.seedRequests()).isEqualTo(2);
    assertThat(summary.seeds()).isEqualTo(1);
  }

  @Test
  void summary_latency_apartForFacesPublishedBeforeAndAfterSeeding() throws InterruptedException {
    EmotionLedger ledger = open();
    nanos.set(0);
    ledger.published("ann", 0);
    nanos.set(100 * MILLI);
    ledger.published("ann", 1);
    ledger.published("ann", 2);
    nanos.set(400 * MILLI);
    emotion("ann", 0, 1, Source.MEMORY, 4); // 400 ms
    emotion("ann", 1, SEEDING_FRAMES, Source.MEMORY, 4); // 300 ms; seeded from here on
    emotion("ann", 2, SEEDING_FRAMES + 1, Source.MEMORY, 4); // 300 ms, but published before
    ledger.awaitSettled(SILENCE, Optional::empty);
    nanos.set(500 * MILLI);
    ledger.published("ann", 3);
    ledger.published("bob", 0);
    nanos.set(512 * MILLI);
    emotion("ann", 3, SEEDING_FRAMES + 2, Source.MEMORY, 4); // 12 ms
    emotion("bob", 0, 1, Source.MEMORY, 4); // 12 ms, somebody else's first
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary.Latency latency = ledger.summary(5, 0, 1).latencyMillis();
    RunSummary.LatencyMillis seeding = requireNonNull(latency.seeding()); // 12, 300, 300, 400
    RunSummary.LatencyMillis steady = requireNonNull(latency.steady());
    assertThat(seeding.p50()).isCloseTo(300, withinPercentage(0.1));
    assertThat(seeding.p99()).isCloseTo(400, withinPercentage(0.1));
    assertThat(steady.p50()).isCloseTo(12, withinPercentage(0.1));
    assertThat(steady.p99()).isCloseTo(12, withinPercentage(0.1));
  }

  @Test
  void summary_noFaceAfterSeeding_noSteadyLatency() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);
    emotion("ann", 0, 1, Source.PRIOR, 0);
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary.Latency latency = ledger.summary(1, 0, 0).latencyMillis();

    assertThat(latency.seeding()).isNotNull();
    assertThat(latency.steady()).isNull();
  }

  @Test
  void summary_labels_agreementOfPkAndOfAnswers() throws InterruptedException {
    EmotionLedger ledger = open();
    float[] truths = {-0.5f, 0, 0.5f};
    for (int i = 0; i < truths.length; i++) {
      ledger.published("ann", i);
      float truth = truths[i];
      send(
          Topics.EMOTIONS,
          "ann",
          emotionOf("ann", "run", i, i, Source.MEMORY, 1)
              .setAffect(new Affect(truth, -truth))
              // Half a unit too high; and always the same.
              .setPrior(new Affect(truth + 0.5f, 0.2f))
              .setLabel(new Affect(truth, truth)));
    }
    ledger.published("bob", 0);
    emotion("bob", 0, 1, Source.MEMORY, 1); // without a label
    ledger.awaitSettled(SILENCE, Optional::empty);

    RunSummary.Agreement ccc = requireNonNull(ledger.summary(4, 0, 1).ccc());

    // Population variance of the truths 1/6: 2/6 / (1/6 + 1/6 + 0.5^2) = 4/7.
    assertThat(requireNonNull(ccc.prior().arousal())).isEqualTo(4.0 / 7, within(1e-6));
    assertThat(ccc.prior().valence()).isNull();
    assertThat(requireNonNull(ccc.memory().arousal())).isEqualTo(1, within(1e-6));
    assertThat(requireNonNull(ccc.memory().valence())).isEqualTo(-1, within(1e-6));
  }

  @Test
  void awaitSettled_silence_returnsAndTheRestIsLost() throws InterruptedException {
    EmotionLedger ledger = open(() -> nanos.addAndGet(SECOND));
    ledger.published("ann", 0);
    ledger.published("ann", 1);
    emotion("ann", 1, 1, Source.MEMORY, 4);

    ledger.awaitSettled(Duration.ofSeconds(5), Optional::empty);

    assertThat(ledger.settled()).isLessThan(ledger.faces());
    assertThat(ledger.summary(2, 0, 1).lost()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void awaitSettled_stageFails_returns() throws InterruptedException {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);

    ledger.awaitSettled(SILENCE, () -> Optional.of(new IllegalStateException("a stage")));

    assertThat(ledger.summary(1, 0, 1).lost()).isEqualTo(1);
  }

  @Test
  void awaitSettled_nothingPublished_returns() throws InterruptedException {
    EmotionLedger ledger = open();

    ledger.awaitSettled(SILENCE, Optional::empty);

    assertThat(ledger.summary(80, 0, 2).framesPerSecond()).isZero();
    assertThat(ledger.summary(80, 0, 2).people()).isZero();
  }

  @Test
  void awaitSettled_consumerFails_saysWhatAndWhy() {
    EmotionLedger ledger = open();
    ledger.published("ann", 0);

    consumer.setPollException(new KafkaException("the broker has gone mad"));

    assertThatThrownBy(() -> ledger.awaitSettled(SILENCE, Optional::empty))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("emotions")
        .hasMessageContaining("the broker has gone mad");
    assertThatThrownBy(() -> ledger.published("ann", 1))
        .as("nor is anything more taken")
        .isInstanceOf(StartException.class);
  }

  @Test
  void open_endsOfTheTopicsUnknown_consumerIsClosed() {
    partitions();

    assertThatThrownBy(() -> newLedger(nanos::get)).isInstanceOf(RuntimeException.class);

    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void open_recordsOfBefore_notCounted() throws InterruptedException {
    partitions();
    ends();
    consumer.updateEndOffsets(Map.of(new TopicPartition(Topics.EMOTIONS, 0), 7L));
    ends.put(new TopicPartition(Topics.EMOTIONS, 0), 7L);
    EmotionLedger ledger = newLedger(nanos::get);

    assertThat(consumer.position(new TopicPartition(Topics.EMOTIONS, 0))).isEqualTo(7);
    ledger.published("ann", 0);
    emotion("ann", 0, 1, Source.MEMORY, 4);
    ledger.awaitSettled(SILENCE, Optional::empty);
    assertThat(ledger.summary(1, 0, 1).events()).isEqualTo(1);
  }

  @Test
  void close_interruptedThread_closesAllTheSame() {
    EmotionLedger ledger = open();

    Thread.currentThread().interrupt();
    ledger.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(consumer.closed()).isTrue();
    opened = null;
  }

  private EmotionLedger open() {
    return open(nanos::get);
  }

  private EmotionLedger open(LongSupplier clock) {
    partitions();
    ends();
    return newLedger(clock);
  }

  private EmotionLedger newLedger(LongSupplier clock) {
    EmotionLedger ledger = new EmotionLedger(consumer, serdes, "run", clock, listener);
    opened = ledger;
    return ledger;
  }

  private void partitions() {
    Node node = new Node(1, "localhost", 1);
    Node[] nodes = {node};
    for (String topic :
        List.of(
            Topics.EMOTIONS,
            Topics.SEED_REQUESTS,
            Topics.SEEDS,
            Topics.DEAD_LETTERS,
            Topics.PERSON_RECEIPTS)) {
      consumer.updatePartitions(
          topic,
          List.of(
              new PartitionInfo(topic, 0, node, nodes, nodes),
              new PartitionInfo(topic, 1, node, nodes, nodes)));
      for (int partition = 0; partition < PARTITIONS; partition++) {
        ends.put(new TopicPartition(topic, partition), 0L);
      }
    }
  }

  private void ends() {
    consumer.updateEndOffsets(ends);
  }

  private void emotion(String person, long sequence, long perceived, Source source, int neurons) {
    send(Topics.EMOTIONS, person, emotionOf(person, "run", sequence, perceived, source, neurons));
  }

  private static Emotion.Builder emotionOf(
      String person, String stream, long sequence, long perceived, Source source, int neurons) {
    return Emotion.newBuilder()
        .setIdentity(new FrameIdentity(person, stream, sequence))
        .setCapturedAtMillis(0)
        .setAffect(ZERO)
        .setSource(source)
        .setPrior(ZERO)
        .setActivity(1)
        .setBestMatchingUnit(0)
        .setNeurons(neurons)
        .setFramesPerceived(perceived)
        .setFramesToSeed((int) Math.max(0, SEEDING_FRAMES - perceived))
        .setModelVersion("pk");
  }

  private void seedRequest(String person, String stream, long sequence) {
    SeedRequest request =
        SeedRequest.newBuilder()
            .setIdentity(new FrameIdentity(person, stream, sequence))
            .setZ(bytes())
            .setModelVersion("pk")
            .setGeneration(0)
            .setLayout("even-200")
            .build();
    send(
        Topics.SEED_REQUESTS,
        person,
        serdes.of(SeedRequest.class).encode(Topics.SEED_REQUESTS, request));
  }

  private void receipt(String person, CommandKind kind, @Nullable String problem) {
    PersonReceipt receipt =
        PersonReceipt.newBuilder()
            .setCommandId("1")
            .setPersonId(person)
            .setKind(kind)
            .setCutoffMillis(0)
            .setNeuronsRemoved(0)
            .setWaitingFramesRemoved(0)
            .setGeneration(1)
            .setProblem(problem)
            .build();
    send(
        Topics.PERSON_RECEIPTS,
        person,
        serdes.of(PersonReceipt.class).encode(Topics.PERSON_RECEIPTS, receipt));
  }

  private void seeds(String person, String stream, long sequence, Object outcome) {
    Seeds answer =
        Seeds.newBuilder()
            .setIdentity(new FrameIdentity(person, stream, sequence))
            .setModelVersion("pk")
            .setGeneration(0)
            .setOutcome(outcome)
            .build();
    send(Topics.SEEDS, person, serdes.of(Seeds.class).encode(Topics.SEEDS, answer));
  }

  private void send(String topic, String person, Emotion.Builder event) {
    send(topic, person, serdes.of(Emotion.class).encode(topic, event.build()));
  }

  /** A record becomes visible at once; the end of its partition moves on first. */
  private void send(String topic, @Nullable String person, byte[] value) {
    int partition = person == null ? 0 : person.charAt(0) % PARTITIONS;
    TopicPartition where = new TopicPartition(topic, partition);
    long offset = requireNonNull(ends.get(where));
    ends.put(where, offset + 1);
    consumer.updateEndOffsets(Map.of(where, offset + 1));
    consumer.addRecord(
        new ConsumerRecord<>(
            topic, partition, offset, person == null ? null : person.getBytes(UTF_8), value));
  }

  private static ByteBuffer bytes() {
    return ByteBuffer.allocate(0);
  }
}
