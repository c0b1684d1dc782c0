package io.paffmem.operations;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;

/**
 * Which of Kafka's metrics are given out: those that somebody would look at. All of them would be
 * 2,600 series of a process with four partitions, more with each. None names a person.
 *
 * <p>What a consumer says of each topic or partition, it also says of them all together, under the
 * same name with fewer labels. Prometheus takes one set of labels for a name, whichever came first,
 * so the finest is chosen here.
 */
final class KafkaMeters implements MeterFilter {
  private static final String PREFIX = "kafka.";

  private static final Set<String> GIVEN_OUT =
      Set.of(
          "kafka.consumer.coordinator.assigned.partitions",
          "kafka.consumer.coordinator.failed.rebalance.total",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.last.poll.seconds.ago",
          "kafka.producer.buffer.available.bytes",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.send.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.txn.commit.time.ns.total",
          "kafka.stream.alive.stream.threads",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.thread.commit.latency.avg",
          "kafka.stream.thread.commit.latency.max",
          "kafka.stream.thread.commit.ratio",
          "kafka.stream.thread.poll.ratio",
          "kafka.stream.thread.process.ratio",
          "kafka.stream.task.cache.size.bytes",
          "kafka.stream.task.dropped.records.total",
          "kafka.stream.task.restore.remaining.records.total",
          "kafka.stream.state.background.errors",
          "kafka.stream.state.block.cache.capacity",
          "kafka.stream.state.block.cache.pinned.usage",
          "kafka.stream.state.block.cache.usage",
          "kafka.stream.state.estimate.num.keys",
          "kafka.stream.state.estimate.pending.compaction.bytes",
          "kafka.stream.state.get.latency.avg",
          "kafka.stream.state.num.running.compactions",
          "kafka.stream.state.put.latency.avg",
          "kafka.stream.state.range.latency.avg",
          "kafka.stream.state.size.all.mem.tables",
          "kafka.stream.state.total.sst.files.size");

  /** The finest label of those that come with several sets of them. */
  private static final Map<String, String> FINEST =
      Map.of(
          "kafka.consumer.fetch.manager.bytes.consumed.total", "topic",
          "kafka.consumer.fetch.manager.records.consumed.total", "topic",
          "kafka.consumer.fetch.manager.records.lag.max", "partition");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    if (!id.getName().startsWith(PREFIX)) {
      return MeterFilterReply.NEUTRAL;
    }
    String finest = FINEST.get(id.getName());
    return GIVEN_OUT.contains(id.getName()) && (finest == null || id.getTag(finest) != null)
        ? MeterFilterReply.NEUTRAL
        : MeterFilterReply.DENY;
  }
}
