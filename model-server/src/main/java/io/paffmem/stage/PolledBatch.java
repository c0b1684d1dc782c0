package io.paffmem.stage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll returned, and where the consumer stood before and stands after it.
 *
 * @param firstOffsets offset of the first record, by partition
 * @param nextOffsets the position after the poll, by partition: what a commit must say
 * @param owner member and generation of the group as which the batch was polled: only as long as
 *     they are valid may it be committed
 */
record PolledBatch(
    List<ConsumerRecord<byte[], byte[]>> records,
    Map<TopicPartition, Long> firstOffsets,
    Map<TopicPartition, OffsetAndMetadata> nextOffsets,
    ConsumerGroupMetadata owner) {

  static PolledBatch of(ConsumerRecords<byte[], byte[]> polled, ConsumerGroupMetadata owner) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
    Map<TopicPartition, Long> firstOffsets = new HashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> some = polled.records(partition);
      firstOffsets.put(partition, some.get(0).offset());
      records.addAll(some);
    }
    return new PolledBatch(records, firstOffsets, polled.nextOffsets(), owner);
  }

  long firstOffset(TopicPartition partition) {
    return requireNonNull(firstOffsets.get(partition));
  }

  Set<TopicPartition> partitions() {
    return firstOffsets.keySet();
  }
}
