package io.paffmem.broker;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.server.common.KRaftVersion;

/**
 * What a broker knows of the cluster, which tells a partition without a leader from one that is not
 * there.
 *
 * <p>Kafka 4.3.0, 4.3.1 and 4.4.0 do not (KAFKA-20734). Their transaction coordinator takes both
 * for deleted: it writes no commit marker and declares the transaction complete. The records stay
 * invisible to read_committed readers, as does all that follows them on the partition; the next
 * abort by the same producer discards them. The partitions of a node that is alone have no leader
 * from the moment that it announces its shutdown, and whenever it is late with its heartbeats.
 */
final class LeaderlessCache extends KRaftMetadataCache {

  LeaderlessCache(int nodeId, Supplier<KRaftVersion> kraftVersion) {
    super(nodeId, kraftVersion);
  }

  /**
   * Where the leader is: {@link Node#noNode} while there is none, for which a commit marker waits;
   * empty if there is no such partition.
   */
  @Override
  public Optional<Node> getPartitionLeaderEndpoint(
      String topic, int partition, ListenerName listener) {
    return super.getPartitionLeaderEndpoint(topic, partition, listener)
        .or(
            () ->
                contains(new TopicPartition(topic, partition))
                    ? Optional.of(Node.noNode())
                    : Optional.empty());
  }
}
