package io.paffmem.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.PartitionRecord;
import org.apache.kafka.common.metadata.RegisterBrokerRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.image.MetadataProvenance;
import org.apache.kafka.metadata.LeaderConstants;
import org.apache.kafka.server.common.KRaftVersion;
import org.junit.jupiter.api.Test;

final class LeaderlessCacheTest {
  private static final int NODE = 1;
  private static final ListenerName LISTENER = new ListenerName("PLAINTEXT");

  @Test
  void getPartitionLeaderEndpoint_noLeader_noNodeForWhichAMarkerWaits() {
    assertThat(withLeader(LeaderConstants.NO_LEADER).getPartitionLeaderEndpoint("a", 0, LISTENER))
        .contains(Node.noNode());
  }

  @Test
  void getPartitionLeaderEndpoint_leader_itsAddress() {
    assertThat(withLeader(NODE).getPartitionLeaderEndpoint("a", 0, LISTENER))
        .contains(new Node(NODE, "localhost", 9092));
  }

  @Test
  void getPartitionLeaderEndpoint_noSuchPartition_empty() {
    LeaderlessCache cache = withLeader(NODE);

    assertThat(cache.getPartitionLeaderEndpoint("a", 1, LISTENER)).isEmpty();
    assertThat(cache.getPartitionLeaderEndpoint("b", 0, LISTENER)).isEmpty();
  }

  /** One node, and topic a of one partition. */
  private static LeaderlessCache withLeader(int leader) {
    Uuid topic = new Uuid(1, 2);
    MetadataDelta delta = new MetadataDelta.Builder().setImage(MetadataImage.EMPTY).build();
    var endpoints = new RegisterBrokerRecord.BrokerEndpointCollection();
    endpoints.add(
        new RegisterBrokerRecord.BrokerEndpoint()
            .setName(LISTENER.value())
            .setHost("localhost")
            .setPort(9092));
    delta.replay(
        new RegisterBrokerRecord()
            .setBrokerId(NODE)
            .setRack(null)
            .setFenced(false)
            .setEndPoints(endpoints));
    delta.replay(new TopicRecord().setName("a").setTopicId(topic));
    delta.replay(new PartitionRecord().setTopicId(topic).setPartitionId(0).setLeader(leader));
    LeaderlessCache cache = new LeaderlessCache(NODE, () -> KRaftVersion.KRAFT_VERSION_0);
    cache.setImage(delta.apply(MetadataProvenance.EMPTY));
    return cache;
  }
}
