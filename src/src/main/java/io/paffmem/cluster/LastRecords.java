package io.paffmem.cluster;

import io.paffmem.kafka.ClientFaults;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.RegistryUnavailableException;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The newest records of topics, and whether the schema registry knows what they are. */
final class LastRecords {
  private static final int OF_EACH_PARTITION = 5;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Set<String> REGISTRY_AT_FAULT =
      Set.of(Decoded.Reason.UNKNOWN_SCHEMA, Decoded.Reason.OTHER_SCHEMA);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerdes serdes;

  /** Both stay the caller's. */
  LastRecords(Consumer<byte[], byte[]> consumer, AvroSerdes serdes) {
    this.consumer = consumer;
    this.serdes = serdes;
  }

  /**
   * What the registry has lost, in plain words; empty if nothing. A topic of the flow that has
   * records must have a subject: whoever writes would otherwise register its schema again, under
   * another id.
   *
   * @param read the topics whose newest records are looked at, too
   */
  Optional<String> lostSchemas(Collection<String> read) {
    try {
      return unknownSchemas(read).or(this::lostSubjects);
    } catch (RegistryUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (KafkaException e) {
      if (ClientFaults.retriable(e).isPresent()) {
        return Optional.of("the broker does not give the newest records (" + e + ")");
      }
      throw e;
    }
  }

  private Optional<String> lostSubjects() {
    Set<String> subjects = serdes.subjects();
    List<String> lost = new ArrayList<>();
    for (TopicDefinition topic : Topics.definitions()) {
      if (topic.recordType() != null
          && !subjects.contains(topic.subject())
          && hasRecords(topic.name())) {
        lost.add(topic.subject());
      }
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("the schema registry has no subject %s, though the topic has records: it has lost its"
                    + " schemas; restore them with their ids")
                .formatted(String.join(", ", lost)));
  }

  private boolean hasRecords(String topic) {
    List<TopicPartition> partitions = partitions(topic);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    return consumer.endOffsets(partitions).entrySet().stream()
        .anyMatch(end -> end.getValue() > first.getOrDefault(end.getKey(), 0L));
  }

  private List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(found -> new TopicPartition(topic, found.partition()))
        .toList();
  }

  /**
   * The topics whose newest records have, all of them, schema ids that the registry does not know
   * or takes for other records, in plain words; empty if there are none.
   */
  private Optional<String> unknownSchemas(Collection<String> topics) {
    Map<String, Set<Integer>> unknown = new TreeMap<>();
    Set<String> known = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> record : newest(topics)) {
      if (!(decode(record) instanceof Decoded.Malformed<?> malformed)) {
        known.add(record.topic());
      } else if (REGISTRY_AT_FAULT.contains(malformed.reason())) {
        unknown
            .computeIfAbsent(record.topic(), any -> new TreeSet<>())
            .add(ByteBuffer.wrap(record.value(), 1, Integer.BYTES).getInt());
      }
    }
    unknown.keySet().removeAll(known);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("the schema registry does not know the schemas of the newest records (topics and ids:"
                    + " %s): it has lost them, or gave other ids; restore its schemas with their"
                    + " ids")
                .formatted(unknown));
  }

  private Decoded<? extends SpecificRecord> decode(ConsumerRecord<byte[], byte[]> record) {
    for (TopicDefinition topic : Topics.definitions()) {
      Class<? extends SpecificRecord> type = topic.recordType();
      if (topic.name().equals(record.topic()) && type != null) {
        return serdes.of(type).decode(record.topic(), record.value());
      }
    }
    throw new IllegalArgumentException("No record type for topic " + record.topic());
  }

  private List<ConsumerRecord<byte[], byte[]>> newest(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      partitions.addAll(partitions(topic));
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    ends.forEach(
        (partition, end) ->
            consumer.seek(
                partition, Math.max(first.getOrDefault(partition, 0L), end - OF_EACH_PARTITION)));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())
        && System.nanoTime() < deadline) {
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }
}
