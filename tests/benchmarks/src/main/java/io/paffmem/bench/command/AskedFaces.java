package io.paffmem.bench.command;

import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.SeedRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Which faces memories asked to be imagined with other expressions. */
final class AskedFaces {
  private static final Duration POLL = Duration.ofMillis(20);

  private AskedFaces() {}

  /** z of each face that a seed request up to now names, packed, by person. */
  static Map<String, Set<ByteBuffer>> of(Cluster cluster) {
    AvroSerde<SeedRequest> requests = cluster.serdes().of(SeedRequest.class);
    Map<String, Set<ByteBuffer>> asked = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SEED_REQUESTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (requests.decode(record.topic(), record.value())
              instanceof Decoded.Value<SeedRequest> request) {
            asked
                .computeIfAbsent(
                    request.value().getIdentity().getPersonId(), person -> new HashSet<>())
                .add(request.value().getZ());
          }
        }
      }
    }
    return asked;
  }
}
