package io.paffmem.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

/**
 * Each test is a script of polls: a step runs at the beginning of its poll, and the records that it
 * adds are what this poll returns. What is polled is gone from the mock, so a step that expects
 * records again adds them again; where they would be read from is the consumer's position.
 */
class TransactionalWorkerTest {
  private static final TopicPartition P0 = new TopicPartition(Topics.FRAMES, 0);
  private static final TopicPartition P1 = new TopicPartition(Topics.FRAMES, 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final List<RehearsedProducer> producers = new ArrayList<>();
  private final List<RehearsedProducer> prepared = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final AvroSerdes serdes = AvroSerdes.inMemory();
  private final StageCounters counters = new StageCounters(new SimpleMeterRegistry(), "encode");

  @Test
  void run_batch_isOneTransactionWithItsOffsets() {
    EchoStage stage = new EchoStage();

    run(stage, () -> add(P0, 10, "a", "bad", "c"), () -> add(P1, 20, "d"));

    RehearsedProducer producer = producers.get(0);
    assertThat(producer.calls)
        .containsExactly(
            "init", "begin", "send", "send", "send", "offsets", "commit", "begin", "send",
            "offsets", "commit", "close");
    assertThat(values(producer.history())).containsExactly("a", "bad", "c", "d");
    assertThat(producer.consumerGroupOffsetsHistory())
        .extracting(byGroup -> byGroup.get(consumer.groupMetadata().groupId()))
        .extracting(offsets -> offsets == null ? Map.of() : positions(offsets))
        .containsExactly(Map.of(P0, 13L), Map.of(P1, 21L));
    assertThat(counters.records.count()).isEqualTo(4);
    assertThat(counters.answers.count()).isEqualTo(3);
    assertThat(counters.deadLetters()).isEqualTo(1);
    assertThat(counters.batches.count()).isEqualTo(2);
    assertThat(counters.aborts.count()).isZero();
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void run_emptyPolls_beginNoTransaction() {
    run(new EchoStage(), () -> {}, () -> {});

    assertThat(producers.get(0).calls).containsExactly("init", "close");
  }

  @Test
  void run_offsetsRefused_abortsAndGoesBackToTheCommittedOffset() {
    EchoStage stage = new EchoStage();
    prepare().offsetFailures.add(new CommitFailedException("rebalanced"));

    run(
        stage,
        () -> {
          consumer.commitSync(Map.of(P0, new OffsetAndMetadata(10)));
          add(P0, 12, "c", "d");
        },
        () -> {
          assertThat(consumer.position(P0)).isEqualTo(10);
          add(P0, 12, "c", "d");
        });

    RehearsedProducer producer = producers.get(0);
    assertThat(producer.calls)
        .containsSubsequence("begin", "offsets", "abort", "begin", "offsets", "commit");
    assertThat(values(producer.history())).containsExactly("c", "d");
    assertThat(producers).hasSize(1);
    assertThat(counters.aborts.count()).isEqualTo(1);
    assertThat(counters.records.count()).isEqualTo(2);
  }

  @Test
  void run_abortedWithNothingCommitted_goesBackToTheFirstRecord() {
    EchoStage stage = new EchoStage();
    prepare().sendFailures.add(new KafkaException("in error", new TimeoutException("away")));

    run(
        stage,
        () -> {
          add(P0, 5, "a", "b");
          add(P1, 7, "c");
        },
        () -> {
          assertThat(consumer.position(P0)).isEqualTo(5);
          assertThat(consumer.position(P1)).isEqualTo(7);
          add(P0, 5, "a", "b");
          add(P1, 7, "c");
        });

    assertThat(values(producers.get(0).history())).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(counters.batches.count()).isEqualTo(1);
  }

  @Test
  void run_partitionLostBeforeGoingBack_isLeftToItsNewOwner() {
    EchoStage stage = new EchoStage();
    RehearsedProducer producer = prepare();
    producer.offsetFailures.add(new CommitFailedException("rebalanced"));
    // Taken away while the broker is asked: the mock has no other time between two polls.
    producer.onAbort = () -> consumer.rebalance(List.of(P0));

    run(
        stage,
        () -> {
          add(P0, 5, "a");
          add(P1, 7, "b");
        },
        () -> {
          assertThat(consumer.assignment()).isEqualTo(Set.of(P0));
          add(P0, 5, "a");
        });

    assertThat(values(producer.history())).containsExactly("a");
  }

  @Test
  void run_commitOfUnknownOutcomeThatHappened_isNotRepeated() {
    EchoStage stage = new EchoStage();
    prepare().commitFailures.add(new TimeoutException("broker away"));

    run(
        stage,
        () -> {
          add(P0, 5, "a", "b");
          // The mock's group learns of it at once; the worker does not.
          consumer.commitSync(Map.of(P0, new OffsetAndMetadata(7)));
        },
        () -> {
          assertThat(consumer.position(P0)).isEqualTo(7);
          add(P0, 7, "c");
        });

    assertThat(producers).hasSize(2);
    assertThat(producers.get(0).calls).endsWith("commit", "close");
    assertThat(producers.get(1).calls).startsWith("init", "begin");
    assertThat(values(producers.get(1).history())).containsExactly("c");
    assertThat(stage.handed).containsExactly(List.of(5L, 6L), List.of(7L));
  }

  @Test
  void run_commitOfUnknownOutcomeThatDidNotHappen_isRepeated() {
    EchoStage stage = new EchoStage();
    prepare().commitFailures.add(new TimeoutException("broker away"));

    run(
        stage,
        () -> add(P0, 5, "a", "b"),
        () -> {
          assertThat(consumer.position(P0)).isEqualTo(5);
          add(P0, 5, "a", "b");
        });

    assertThat(producers.get(0).history()).isEmpty();
    assertThat(values(producers.get(1).history())).containsExactly("a", "b");
    assertThat(counters.records.count()).isEqualTo(2);
  }

  @Test
  void run_abortThatFails_leavesItToANewProducer() {
    RehearsedProducer first = prepare();
    first.offsetFailures.add(new DisconnectException());
    first.abortFailures.add(new TimeoutException("broker away"));

    run(new EchoStage(), () -> add(P0, 5, "a"), () -> add(P0, 5, "a"));

    assertThat(first.calls).endsWith("offsets", "abort", "close");
    assertThat(values(producers.get(1).history())).containsExactly("a");
  }

  @Test
  void run_brokerAwayAtTheStart_asksTheSameProducerUntilItAnswers() {
    RehearsedProducer producer = prepare();
    for (int i = 0; i < 50; i++) {
      producer.initFailures.add(new TimeoutException("broker away"));
    }

    run(new EchoStage(), () -> add(P0, 5, "a"));

    assertThat(producers).hasSize(1);
    assertThat(values(producer.history())).containsExactly("a");
  }

  @Test
  void run_pollFailsInPassing_goesOn() {
    run(
        new EchoStage(),
        () -> consumer.setPollException(new DisconnectException()),
        () -> add(P0, 5, "a"));

    assertThat(values(producers.get(0).history())).containsExactly("a");
    assertThat(counters.aborts.count()).isZero();
  }

  @Test
  void run_fencedOnce_goesOnWithANewProducer() {
    prepare().commitFailures.add(new ProducerFencedException("timed out"));

    run(new EchoStage(), () -> add(P0, 5, "a"), () -> add(P0, 5, "a"));

    assertThat(producers.get(0).calls).doesNotContain("abort").endsWith("close");
    assertThat(values(producers.get(1).history())).containsExactly("a");
  }

  @Test
  void run_fencedAgainAndAgain_stopsAndNamesTheId() {
    Runnable[] polls = new Runnable[5];
    for (int i = 0; i < polls.length; i++) {
      prepare().offsetFailures.add(new KafkaException("in error", new ProducerFencedException("")));
      polls[i] = () -> add(P0, 5, "a");
    }

    assertThatThrownBy(() -> run(new EchoStage(), polls))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("group-1-0")
        .hasMessageContaining("instance id");
    assertThat(consumer.closed()).isTrue();
    assertThat(producers).allMatch(RehearsedProducer::closed);
  }

  @Test
  void run_noRight_stopsAtOnce() {
    prepare().initFailures.add(new TransactionalIdAuthorizationException("no right"));

    assertThatThrownBy(() -> run(new EchoStage(), () -> {}))
        .isInstanceOf(TransactionalIdAuthorizationException.class);
    assertThat(consumer.closed()).isTrue();
    assertThat(producers.get(0).closed()).isTrue();
  }

  @Test
  void run_unknownFailureForever_stops() {
    AtomicInteger tries = new AtomicInteger();
    EchoStage stage =
        new EchoStage(
            record -> {
              tries.incrementAndGet();
              throw new KafkaException("never seen before");
            });
    Runnable[] polls = new Runnable[30];
    Arrays.fill(polls, (Runnable) () -> add(P0, 5, "a"));

    assertThatThrownBy(() -> run(stage, polls)).hasMessage("never seen before");
    assertThat(tries).hasValue(20);
  }

  @Test
  void run_registryAway_handlesTheSameBatchAgain() {
    AtomicInteger troubles = new AtomicInteger(3);
    EchoStage stage =
        new EchoStage(
            record -> {
              if (troubles.getAndDecrement() > 0) {
                throw new TimeoutException("the registry does not answer");
              }
            });
    Runnable again =
        () -> {
          assertThat(consumer.position(P0)).isEqualTo(5);
          add(P0, 5, "a", "b");
        };

    run(stage, () -> add(P0, 5, "a", "b"), again, again, again);

    assertThat(stage.handed).hasSize(4).containsOnly(List.of(5L, 6L));
    assertThat(producers.get(0).calls)
        .containsExactly("init", "begin", "send", "send", "offsets", "commit", "close");
    assertThat(values(producers.get(0).history())).containsExactly("a", "b");
  }

  @Test
  void run_poisonedRecord_isTheOnlyOneGivenUp() {
    EchoStage stage =
        new EchoStage(
            record -> {
              if (EchoStage.text(record).equals("poison")) {
                throw new IllegalStateException("poisoned");
              }
            });

    run(stage, () -> add(P0, 5, "a", "poison", "c"), () -> add(P0, 8, "d"));

    List<ProducerRecord<byte[], byte[]>> sent = producers.get(0).history();
    assertThat(values(sent)).containsExactly("a", "poison", "c", "d");
    assertThat(values(Records.of(Topics.DEAD_LETTERS, sent))).containsExactly("poison");
    assertThat(Records.reason(sent.get(1))).isEqualTo("internal_error");
    assertThat(counters.batches.count()).isEqualTo(2);
    assertThat(counters.records.count()).isEqualTo(4);
    assertThat(counters.deadLetters()).isEqualTo(1);
  }

  @Test
  void run_modelThatFails_commitsNothingAndTriesUntilItAnswers() {
    FakePrior prior = new FakePrior();
    TransactionalWorker worker = worker(encodeStage(prior));
    List<Optional<String>> troubles = new ArrayList<>();
    consumer.schedulePollTask(this::assign);
    consumer.schedulePollTask(
        () -> {
          prior.broken = true;
          add(P0, 5, frame(30), frame(31));
        });
    // More often than a failure of unknown kind is tolerated.
    for (int i = 0; i < 30; i++) {
      consumer.schedulePollTask(
          () -> {
            troubles.add(worker.trouble());
            assertThat(consumer.position(P0)).isEqualTo(5);
            add(P0, 5, frame(30), frame(31));
          });
    }
    consumer.schedulePollTask(
        () -> {
          prior.broken = false;
          prior.speaksNonsense = true;
          add(P0, 5, frame(30), frame(31));
        });
    consumer.schedulePollTask(
        () -> {
          troubles.add(worker.trouble());
          prior.speaksNonsense = false;
          add(P0, 5, frame(30), frame(31));
        });
    consumer.schedulePollTask(worker::stop);

    worker.run();

    assertThat(troubles).hasSize(31).allMatch(Optional::isPresent);
    assertThat(troubles.get(0)).get().asString().contains("the model fake-1 does not answer");
    assertThat(troubles.get(30)).get().asString().contains("gives no finite answer");
    assertThat(producers.get(0).calls)
        .containsExactly("init", "begin", "send", "send", "offsets", "commit", "close");
    assertThat(counters.answers.count()).isEqualTo(2);
    assertThat(counters.deadLetters()).isZero();
    assertThat(worker.trouble()).isEmpty();
  }

  @Test
  void run_pictureThatBreaksASoundModel_isTheOnlyOneGivenUp() {
    BatchStage stage = encodeStage(new FakePrior());

    run(stage, () -> add(P0, 5, frame(30), frame(FakePrior.BREAKS), frame(FakePrior.NAN_Z)));

    assertThat(Records.of(Topics.DEAD_LETTERS, producers.get(0).history()))
        .extracting(Records::reason)
        .containsExactly("internal_error", "invalid_embedding");
    assertThat(counters.answers.count()).isEqualTo(1);
    assertThat(counters.batches.count()).isEqualTo(1);
  }

  @Test
  void run_deadLetterTooLarge_isSentWithoutItsBytes() {
    prepare().sendFailures.add(new KafkaException("in error", new RecordTooLargeException("5 MB")));

    run(
        new EchoStage(),
        () -> add(P0, 5, "bad", "b"),
        () -> add(P0, 5, "bad", "b"),
        () -> add(P0, 7, "bad"));

    List<ProducerRecord<byte[], byte[]>> sent = producers.get(0).history();
    assertThat(sent).hasSize(3);
    assertThat(sent.get(0).value()).isNull();
    assertThat(sent.get(0).key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(Records.reason(sent.get(0))).isEqualTo("bad");
    assertThat(sent.get(1).value()).isEqualTo("b".getBytes(UTF_8));
    assertThat(sent.get(2).value()).as("later dead letters").isEqualTo("bad".getBytes(UTF_8));
  }

  @Test
  void run_misroutedRecords_areCountedAndSentByKey() {
    Node node = new Node(0, "localhost", 9092);
    Node[] nodes = {node};
    consumer.updatePartitions(
        Topics.FRAMES,
        List.of(
            new PartitionInfo(Topics.FRAMES, 0, node, nodes, nodes),
            new PartitionInfo(Topics.FRAMES, 1, node, nodes, nodes)));

    // The same key in both partitions: in one of them it is wrong.
    run(
        new EchoStage(),
        () -> {
          add(P0, 5, "a");
          add(P1, 5, "a");
        });

    assertThat(counters.misrouted.count()).isEqualTo(1);
    assertThat(producers.get(0).history())
        .extracting(ProducerRecord::partition)
        .containsOnlyNulls();
  }

  @Test
  void stop_whileABatchIsInHand_commitsItAndEnds() {
    List<TransactionalWorker> worker = new ArrayList<>();
    EchoStage stage = new EchoStage(record -> worker.get(0).stop());
    worker.add(worker(stage));
    consumer.schedulePollTask(this::assign);
    consumer.schedulePollTask(() -> add(P0, 5, "a"));

    worker.get(0).run();

    assertThat(values(producers.get(0).history())).containsExactly("a");
    assertThat(counters.records.count()).isEqualTo(1);
    assertThat(consumer.closed()).isTrue();
    assertThat(producers.get(0).closed()).isTrue();
  }

  @Test
  void stop_whileTheStageFails_givesNothingUp() {
    List<TransactionalWorker> worker = new ArrayList<>();
    EchoStage stage =
        new EchoStage(
            record -> {
              worker.get(0).stop();
              throw new IllegalStateException("the PK is closed");
            });
    worker.add(worker(stage));
    consumer.schedulePollTask(this::assign);
    consumer.schedulePollTask(() -> add(P0, 5, "a", "b"));

    worker.get(0).run();

    assertThat(producers.get(0).calls).containsExactly("init", "close");
    assertThat(counters.deadLetters()).isZero();
  }

  @Test
  void trouble_batchThatTakesLongerThanAMinute_isTold() {
    List<Optional<String>> told = new ArrayList<>();
    AtomicReference<TransactionalWorker> running = new AtomicReference<>();
    EchoStage stage =
        new EchoStage(
            record -> {
              told.add(requireNonNull(running.get()).trouble());
              nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
              told.add(requireNonNull(running.get()).trouble());
            });
    TransactionalWorker worker = worker(stage);
    running.set(worker);
    consumer.schedulePollTask(this::assign);
    consumer.schedulePollTask(() -> add(P0, 10, "a"));
    consumer.schedulePollTask(
        () -> {
          told.add(worker.trouble());
          worker.stop();
        });

    worker.run();

    assertThat(told)
        .containsExactly(
            Optional.empty(),
            Optional.of(
                "group-1-0 has been at one batch for 61 s: the model hangs, or is much too slow"),
            Optional.empty());
  }

  @Test
  void stop_beforeRun_closesTheClients() {
    TransactionalWorker worker = worker(new EchoStage());

    worker.stop();
    worker.run();

    assertThat(consumer.closed()).isTrue();
    assertThat(producers).isEmpty();
  }

  /** Runs the script to its end, then one more poll that stops the worker. */
  private void run(BatchStage stage, Runnable... polls) {
    TransactionalWorker worker = worker(stage);
    consumer.schedulePollTask(this::assign);
    for (Runnable poll : polls) {
      consumer.schedulePollTask(poll);
    }
    consumer.schedulePollTask(worker::stop);
    worker.run();
  }

  private TransactionalWorker worker(BatchStage stage) {
    return new TransactionalWorker(
        "group-1-0",
        stage,
        consumer,
        () -> {
          RehearsedProducer next =
              producers.size() < prepared.size()
                  ? prepared.get(producers.size())
                  : new RehearsedProducer();
          producers.add(next);
          return next;
        },
        0,
        counters,
        nanos::get);
  }

  /** The next producer that the worker will get. */
  private RehearsedProducer prepare() {
    RehearsedProducer producer = new RehearsedProducer();
    prepared.add(producer);
    return producer;
  }

  private void assign() {
    consumer.rebalance(List.of(P0, P1));
    consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
  }

  private void add(TopicPartition partition, long offset, String... values) {
    for (String value : values) {
      add(partition, offset++, value.getBytes(UTF_8));
    }
  }

  private void add(TopicPartition partition, long offset, byte[]... values) {
    for (byte[] value : values) {
      consumer.addRecord(
          Records.polled(partition.topic(), partition.partition(), offset++, "key", value));
    }
  }

  private BatchStage encodeStage(FakePrior prior) {
    return new EncodeStage(prior, new ModelProbe(prior), null, new FakeDecoder(), serdes, false);
  }

  private byte[] frame(int colour) {
    return serdes
        .of(Frame.class)
        .encode(
            Topics.FRAMES,
            Frame.newBuilder()
                .setIdentity(Records.identity("key", 1))
                .setCapturedAtMillis(0)
                .setImage(ByteBuffer.wrap(new byte[] {(byte) colour}))
                .build());
  }

  private static List<String> values(List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private static Map<TopicPartition, Long> positions(
      Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    offsets.forEach((partition, offset) -> positions.put(partition, offset.offset()));
    return positions;
  }
}
