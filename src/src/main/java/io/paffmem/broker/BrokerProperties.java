package io.paffmem.broker;

import io.paffmem.schemas.Topics;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/** The configuration of a broker that is alone: one node, both roles, little memory. */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENT";

  private BrokerProperties() {}

  static Map<String, String> of(Path logs, LoopbackPorts ports, BrokerSecret secret) {
    String client = CLIENT_LISTENER + "://" + LoopbackPorts.HOST + ":" + ports.client();
    String controller = LoopbackPorts.HOST + ":" + ports.controller();
    Map<String, String> properties = new TreeMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("log.dirs", logs.toString());
    properties.put("listeners", client + "," + CONTROLLER_LISTENER + "://" + controller);
    properties.put("advertised.listeners", client);
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    properties.put("inter.broker.listener.name", CLIENT_LISTENER);
    properties.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER
            + ":"
            + BrokerSecret.PROTOCOL
            + ","
            + CONTROLLER_LISTENER
            + ":"
            + BrokerSecret.PROTOCOL);
    // A static quorum is read again at each start, so the ports may change between starts.
    properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
    protect(properties, secret);

    // There is nobody to replicate to, and few enough groups for one partition each.
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "1");
    }
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("default.replication.factor", "1");
    properties.put("min.insync.replicas", "1");
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");

    // Topics set their own limit; this is the largest of them.
    properties.put("message.max.bytes", Integer.toString(Topics.MAX_DEAD_LETTER_BYTES));
    properties.put("replica.fetch.max.bytes", Integer.toString(Topics.MAX_DEAD_LETTER_BYTES));

    // After a kill, the next broker waits for the dead one's session to end.
    properties.put("broker.session.timeout.ms", "2000");
    properties.put("broker.heartbeat.interval.ms", "500");

    // A killed worker's open transaction holds back the readers of its partitions: until its
    // time-out, and then until the broker looks.
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    // The cleaner's default of 128 MB of heap is for logs a thousand times as large.
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    return properties;
  }

  /** Any account of this machine reaches the ports; whoever has the secret alone is served. */
  private static void protect(Map<String, String> properties, BrokerSecret secret) {
    properties.put("sasl.enabled.mechanisms", BrokerSecret.MECHANISM);
    properties.put("sasl.mechanism.inter.broker.protocol", BrokerSecret.MECHANISM);
    properties.put("sasl.mechanism.controller.protocol", BrokerSecret.MECHANISM);
    for (String listener : new String[] {CLIENT_LISTENER, CONTROLLER_LISTENER}) {
      String prefix =
          "listener.name.%s.%s."
              .formatted(listener, BrokerSecret.MECHANISM)
              .toLowerCase(Locale.ROOT);
      properties.put(prefix + "sasl.jaas.config", secret.jaas());
      properties.put(prefix + "sasl.server.callback.handler.class", OneUser.class.getName());
    }
    properties.put("authorizer.class.name", StandardAuthorizer.class.getName());
    properties.put("super.users", "User:" + BrokerSecret.USER);
    properties.put("allow.everyone.if.no.acl.found", "false");
  }
}
