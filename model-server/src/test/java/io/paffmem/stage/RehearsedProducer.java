package io.paffmem.stage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer whose calls are noted, and fail as often as was rehearsed. */
final class RehearsedProducer extends MockProducer<byte[], byte[]> {
  /** The calls of the protocol, in order. */
  final List<String> calls = new ArrayList<>();

  final Deque<RuntimeException> initFailures = new ArrayDeque<>();
  final Deque<RuntimeException> sendFailures = new ArrayDeque<>();
  final Deque<RuntimeException> offsetFailures = new ArrayDeque<>();
  final Deque<RuntimeException> commitFailures = new ArrayDeque<>();
  final Deque<RuntimeException> abortFailures = new ArrayDeque<>();

  /** What happens elsewhere while this aborts. */
  Runnable onAbort = () -> {};

  /** What follows a commit. */
  Runnable onCommitted = () -> {};

  RehearsedProducer() {
    super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void initTransactions() {
    calls.add("init");
    throwNext(initFailures);
    super.initTransactions();
  }

  @Override
  public void beginTransaction() {
    calls.add("begin");
    super.beginTransaction();
  }

  @Override
  public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    calls.add("send");
    throwNext(sendFailures);
    return super.send(record);
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    calls.add("offsets");
    throwNext(offsetFailures);
    super.sendOffsetsToTransaction(offsets, group);
  }

  @Override
  public void commitTransaction() {
    calls.add("commit");
    throwNext(commitFailures);
    super.commitTransaction();
    onCommitted.run();
  }

  @Override
  public void abortTransaction() {
    calls.add("abort");
    onAbort.run();
    throwNext(abortFailures);
    super.abortTransaction();
  }

  @Override
  public void close(Duration timeout) {
    calls.add("close");
    super.close(timeout);
  }

  private static void throwNext(Deque<RuntimeException> failures) {
    @Nullable RuntimeException next = failures.poll();
    if (next != null) {
      throw next;
    }
  }
}
