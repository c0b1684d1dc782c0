package io.paffmem.broker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.KRaftMetadataCache;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own broker and controller, in this process. {@link KafkaRaftServer} is the same, but it
 * leaves no room for a {@link LeaderlessCache}, without which one node alone loses records.
 */
final class OneNodeServer {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final BrokerServer broker;
  private final ControllerServer controller;

  /** A server that does nothing before {@link #startup}, in a log folder that is formatted. */
  OneNodeServer(Map<String, String> properties) {
    KafkaConfig config = new KafkaConfig(properties, false);
    var folders = KafkaRaftServer.initializeLogDirs(config, log, "");
    MetaPropertiesEnsemble identity = folders._1();
    Metrics metrics =
        Server.initializeMetrics(config, Time.SYSTEM, identity.clusterId().orElseThrow());
    SharedServer shared =
        new SharedServer(
            config,
            identity,
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new Broker(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
  }

  /** Returns when the broker answers. The broker asks the controller, so that starts first. */
  void startup() {
    controller.startup();
    broker.startup();
  }

  /** Stops what was started, and returns when it has written what it holds. */
  void shutdown() {
    // The broker says good-bye to the controller.
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  /** What the broker knows of the cluster; null before {@link #startup}. */
  KRaftMetadataCache metadata() {
    return broker.metadataCache();
  }

  private static final class Broker extends BrokerServer {
    Broker(SharedServer shared) {
      super(shared);
    }

    /** Its account goes where Kafka's goes, and not where ours does. */
    @Override
    public String loggerName() {
      return BrokerServer.class.getName();
    }

    /** Called once in {@code startup}, before anything else is given the cache. */
    @Override
    public void metadataCache_$eq(KRaftMetadataCache theirs) {
      super.metadataCache_$eq(
          new LeaderlessCache(
              config().nodeId(), () -> sharedServer().raftManager().client().kraftVersion()));
    }
  }
}
