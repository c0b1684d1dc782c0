package io.paffmem.stage;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.paffmem.kafka.ClientFaults;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a stage over its topic, each record exactly once: poll a batch, let the stage handle it,
 * then send the result and the offsets in one transaction.
 *
 * <p>Three rules make it so:
 *
 * <ul>
 *   <li>The stage runs before the transaction begins. An open transaction holds back every reader
 *       of the partitions that it touched, so it must be short; and a stage that fails leaves
 *       nothing to abort.
 *   <li>A batch that was polled is <em>unsettled</em> until its transaction is known to be
 *       committed. Before the next poll the consumer goes back to where the group's committed
 *       offsets say, or, where the group has none yet, to the first record of that batch. So the
 *       next poll returns the batch again, unless it was committed after all.
 *   <li>A commit whose outcome is not known (broker away) is never guessed: the producer is thrown
 *       away, and the next one with the same transactional id waits until the broker has finished
 *       or aborted what the old one left.
 * </ul>
 *
 * Rebalances happen inside poll only, when no batch is unsettled. A worker that has lost its
 * partitions without knowing is refused by the consumer group's generation when it sends offsets.
 */
final class TransactionalWorker implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionalWorker.class);

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration ASK_OFFSETS = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** Failures of unknown kind in a row (about a quarter of a minute) that a worker tolerates. */
  private static final int MAX_UNKNOWN_FAILURES = 20;

  /** Two that share a transactional id by mistake fence each other again and again. */
  private static final int MAX_FENCINGS = 5;

  /** A batch takes seconds where it takes long; one that takes this has hung. */
  private static final Duration LONGEST_BATCH = Duration.ofMinutes(1);

  private static final int COMMITS_THAT_FORGIVE_A_FENCING = 100;

  private enum Transaction {
    NONE,
    OPEN,
    COMMITTING
  }

  private final String transactionalId;
  private final BatchStage stage;
  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final long shortestPauseMillis;
  private final StageCounters counters;
  private final LongSupplier nanoTime;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private @Nullable Producer<byte[], byte[]> producer;
  private boolean producerReady;
  private Transaction transaction = Transaction.NONE;
  private @Nullable PolledBatch unsettled;
  private boolean withoutDeadBytes;
  private int failures;
  private int unknownFailures;
  private int fencings;
  private int commitsSinceFencing;
  private volatile int partitions;
  private volatile @Nullable String trouble;
  private volatile boolean gaveUp;

  /** When the stage was given the batch that it has not handed back; null while it has none. */
  private volatile @Nullable Long handlingSinceNanos;

  /**
   * @param transactionalId the one that the producers have, for messages
   * @param consumer read_committed, without auto-commit; the worker closes it
   * @param producers makes transactional producers, all with the same transactional id
   * @param shortestPauseMillis after the first failure in a row; doubles up to a second
   * @param nanoTime as {@link System#nanoTime}
   */
  TransactionalWorker(
      String transactionalId,
      BatchStage stage,
      Consumer<byte[], byte[]> consumer,
      Supplier<Producer<byte[], byte[]>> producers,
      long shortestPauseMillis,
      StageCounters counters,
      LongSupplier nanoTime) {
    this.transactionalId = transactionalId;
    this.stage = stage;
    this.consumer = consumer;
    this.producers = producers;
    this.shortestPauseMillis = shortestPauseMillis;
    this.counters = counters;
    this.nanoTime = nanoTime;
  }

  /**
   * Works until {@link #stop}; closes its clients at the end.
   *
   * @throws RuntimeException where going on is useless; the message says what to do
   */
  @Override
  public void run() {
    try {
      consumer.subscribe(List.of(stage.inputTopic()));
      while (!isStopped()) {
        try {
          step();
        } catch (RuntimeException e) {
          if (isStopped()) {
            // What was open is aborted by closing; who takes over handles the batch again.
            LOG.debug("{} stopped within a step", transactionalId, e);
          } else {
            recover(e);
          }
        }
      }
    } finally {
      closeClients();
    }
  }

  /** Asks the worker to end after the batch in hand. May be called from any thread. */
  void stop() {
    stopped.countDown();
    consumer.wakeup();
  }

  /** The topic that it reads. */
  String topic() {
    return stage.inputTopic();
  }

  /** Partitions of the stage's topic that this worker has now. */
  int partitions() {
    return partitions;
  }

  /**
   * Why it does not get on: it tries without success, or hangs within a batch; empty while it does.
   */
  Optional<String> trouble() {
    Long since = handlingSinceNanos;
    if (since != null) {
      Duration handling = Duration.ofNanos(nanoTime.getAsLong() - since);
      if (handling.compareTo(LONGEST_BATCH) > 0) {
        return Optional.of(
            "%s has been at one batch for %d s: the model hangs, or is much too slow"
                .formatted(transactionalId, handling.toSeconds()));
      }
    }
    return Optional.ofNullable(trouble);
  }

  /** Whether the stage failed over a record since this was last asked. */
  boolean gaveUp() {
    boolean was = gaveUp;
    gaveUp = false;
    return was;
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void step() {
    Producer<byte[], byte[]> ready = readyProducer();
    if (unsettled != null) {
      goBack(unsettled);
      unsettled = null;
    }
    var polled = consumer.poll(POLL);
    partitions = consumer.assignment().size();
    if (polled.isEmpty()) {
      trouble = null;
      return;
    }
    PolledBatch batch = PolledBatch.of(polled, consumer.groupMetadata());
    unsettled = batch;
    long begun = nanoTime.getAsLong();
    StageOutput output = handle(batch.records(), begun);
    long handled = nanoTime.getAsLong();
    counters.handling.record(handled - begun, NANOSECONDS);
    transact(ready, output, batch);
    counters.committing.record(nanoTime.getAsLong() - handled, NANOSECONDS);
    unsettled = null;
    counters.committed(batch.records().size(), output);
    afterCommit();
    counters.misrouted.increment(misrouted(batch.records()));
  }

  private Producer<byte[], byte[]> readyProducer() {
    if (producer == null) {
      producer = producers.get();
    }
    if (!producerReady) {
      // Also ends what an earlier producer of this id left open. May be called again after a
      // time-out.
      producer.initTransactions();
      producerReady = true;
    }
    return producer;
  }

  private void goBack(PolledBatch batch) {
    Set<TopicPartition> held = new HashSet<>(batch.partitions());
    held.retainAll(consumer.assignment());
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(held, ASK_OFFSETS);
    for (TopicPartition partition : held) {
      @Nullable OffsetAndMetadata offset = committed.get(partition);
      if (offset != null) {
        consumer.seek(partition, offset);
      } else {
        consumer.seek(partition, batch.firstOffset(partition));
      }
    }
  }

  private StageOutput handle(List<ConsumerRecord<byte[], byte[]>> records, long nowNanos) {
    handlingSinceNanos = nowNanos;
    try {
      return stage.handle(records);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      if (isStopped()) {
        throw e;
      }
      LOG.warn(
          "{} could not handle a batch of {}; one by one now", transactionalId, records.size(), e);
      return handleOneByOne(records);
    } finally {
      handlingSinceNanos = null;
    }
  }

  /** Finds the record to blame, so that it alone is given up. */
  private StageOutput handleOneByOne(List<ConsumerRecord<byte[], byte[]>> records) {
    StageOutput output = new StageOutput();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        output.append(stage.handle(List.of(record)));
      } catch (KafkaException e) {
        throw e;
      } catch (RuntimeException e) {
        if (isStopped()) {
          throw e;
        }
        LOG.error(
            "{} gives up {}-{} at offset {}",
            transactionalId,
            record.topic(),
            record.partition(),
            record.offset(),
            e);
        gaveUp = true;
        output.append(stage.giveUp(record));
      }
    }
    return output;
  }

  private void transact(Producer<byte[], byte[]> ready, StageOutput output, PolledBatch batch) {
    transaction = Transaction.OPEN;
    ready.beginTransaction();
    for (ProducerRecord<byte[], byte[]> record : output.records()) {
      // A send that fails makes the commit fail.
      var unused = ready.send(withoutDeadBytes ? withoutDeadBytes(record) : record);
    }
    ready.sendOffsetsToTransaction(batch.nextOffsets(), batch.owner());
    transaction = Transaction.COMMITTING;
    ready.commitTransaction();
    transaction = Transaction.NONE;
  }

  private void afterCommit() {
    trouble = null;
    withoutDeadBytes = false;
    failures = 0;
    unknownFailures = 0;
    if (++commitsSinceFencing >= COMMITS_THAT_FORGIVE_A_FENCING) {
      fencings = 0;
    }
  }

  private void recover(RuntimeException failure) {
    boolean fenced = ClientFaults.isFenced(failure);
    if (transaction != Transaction.NONE) {
      counters.aborts.increment();
    }
    if (fenced || transaction == Transaction.COMMITTING) {
      discardProducer();
    } else if (transaction == Transaction.OPEN) {
      abort();
    } else if (!producerReady && !(failure instanceof TimeoutException)) {
      discardProducer();
    }
    transaction = Transaction.NONE;
    if (ClientFaults.isFatal(failure)) {
      throw failure;
    }
    if (fenced) {
      commitsSinceFencing = 0;
      if (++fencings >= MAX_FENCINGS) {
        throw new IllegalStateException(
            "Another instance keeps taking over the transactional id "
                + transactionalId
                + ": give every running model server its own instance id",
            failure);
      }
    } else if (ClientFaults.isRecordTooLarge(failure)) {
      withoutDeadBytes = true;
      unknownFailures++;
    } else if (!ClientFaults.isPassing(failure)) {
      unknownFailures++;
    }
    if (unknownFailures >= MAX_UNKNOWN_FAILURES) {
      throw failure;
    }
    pause(failure);
  }

  private void abort() {
    try {
      if (producer != null) {
        producer.abortTransaction();
      }
    } catch (RuntimeException e) {
      LOG.debug("{} could not abort; a new producer will", transactionalId, e);
      discardProducer();
    }
  }

  private void discardProducer() {
    Producer<byte[], byte[]> discarded = producer;
    producer = null;
    producerReady = false;
    if (discarded != null) {
      try {
        discarded.close(Duration.ZERO);
      } catch (RuntimeException e) {
        LOG.debug("{}: closing a discarded producer failed", transactionalId, e);
      }
    }
  }

  private void pause(RuntimeException failure) {
    long millis = Math.min(LONGEST_PAUSE_MILLIS, shortestPauseMillis << Math.min(failures, 10));
    failures++;
    trouble = transactionalId + " tries again and again: " + failure;
    LOG.warn("{} tries again in {} ms: {}", transactionalId, millis, failure.toString());
    LOG.debug("{} failed", transactionalId, failure);
    try {
      var unused = stopped.await(millis, MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
    }
  }

  /**
   * Only dead letters hold bytes of a size that others choose. Where the topic's limit is too small
   * for one, its headers must do: they say where the record stood.
   */
  private static ProducerRecord<byte[], byte[]> withoutDeadBytes(
      ProducerRecord<byte[], byte[]> record) {
    if (!record.topic().equals(Topics.DEAD_LETTERS)) {
      return record;
    }
    return new ProducerRecord<>(
        record.topic(), null, record.timestamp(), record.key(), null, record.headers());
  }

  /** Answers go by key anyway; a publisher with another partitioner should be known, though. */
  private int misrouted(List<ConsumerRecord<byte[], byte[]>> records) {
    int partitions = consumer.partitionsFor(stage.inputTopic()).size();
    int misrouted = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte[] key = record.key();
      if (partitions > 0
          && key != null
          && PersonKey.partition(key, partitions) != record.partition()) {
        misrouted++;
      }
    }
    return misrouted;
  }

  private void closeClients() {
    partitions = 0;
    // An interrupt has done its work: it must not keep the clients from saying good-bye.
    var unused = Thread.interrupted();
    try {
      if (producer != null) {
        producer.close(CLOSE); // Aborts what is open.
      }
    } catch (RuntimeException e) {
      LOG.debug("{}: closing the producer failed", transactionalId, e);
    }
    try {
      consumer.close(CloseOptions.timeout(CLOSE)); // Leaves the group: others take over at once.
    } catch (RuntimeException e) {
      LOG.debug("{}: closing the consumer failed", transactionalId, e);
    }
  }
}
