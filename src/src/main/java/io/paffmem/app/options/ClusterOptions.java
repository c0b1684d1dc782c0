package io.paffmem.app.options;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.KafkaSettings;
import io.paffmem.schemas.FlowTopics;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the topics are. */
public final class ClusterOptions {
  private static final int UNSET = 0;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, several separated by commas.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description = "Schema registry with Confluent's protocol; needed with --bootstrap-servers.")
  private @Nullable String schemaRegistry;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      split = ",",
      description = "A setting for Kafka's clients, e.g. security.protocol=SSL; repeatable.")
  private Map<String, String> kafka = new LinkedHashMap<>();

  @Option(
      names = "--kafka-settings",
      paramLabel = "FILE",
      description =
          "More of them, one KEY=VALUE a line, for what others must not see on a command line."
              + " --kafka wins. A broker in a paffmem process writes such a file and says where.")
  private @Nullable Path kafkaFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the broker in this process, kept and used again; without it a temporary one.")
  private @Nullable Path data;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      description = "Port of the broker in this process, on loopback; without it any free one.")
  private int brokerPort = UNSET;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of the topics that are created; default ${DEFAULT-VALUE}.")
  private int partitions = FlowTopics.DEFAULT_PARTITIONS;

  /** Whether the broker is to run in this process. */
  public boolean isEmbedded() {
    return bootstrapServers == null;
  }

  public int partitions() {
    return partitions;
  }

  /** Folder that outlives the run; null if there is none. */
  public @Nullable Path data() {
    return data;
  }

  /** Starts the broker in this process, or connects to the one that is named. */
  public Cluster open() {
    check();
    String servers = bootstrapServers;
    if (servers == null) {
      return Cluster.embedded(new EmbeddedBrokerConfig(data, brokerPort), partitions);
    }
    return Cluster.at(servers, client(), schemaRegistry == null ? "" : schemaRegistry);
  }

  private Map<String, String> client() {
    Path file = kafkaFile;
    Map<String, String> client = new LinkedHashMap<>();
    if (file != null) {
      client.putAll(KafkaSettings.read(file));
      client.remove("bootstrap.servers");
    }
    client.putAll(kafka);
    return client;
  }

  /**
   * For a command that looks at what a cluster, or a run in one process, has stored.
   *
   * @param registryNeeded whether it also sends records
   */
  public Cluster openStored(boolean registryNeeded) {
    String servers = bootstrapServers;
    if (servers == null && data == null) {
      throw new StartException(
          "name a running cluster with --bootstrap-servers, or with --data the folder of a run in"
              + " one process that is over");
    }
    if (servers != null && schemaRegistry == null && !registryNeeded) {
      return Cluster.withoutRegistry(servers, client());
    }
    return open();
  }

  /** For a command that is one stage of a cluster. */
  public Cluster openRemote() {
    var unused = remote();
    return open();
  }

  /**
   * For a stage that waits for its cluster: as {@link #openRemote}, without asking whether anybody
   * answers.
   */
  public Cluster nameRemote() {
    String servers = remote();
    check();
    return Cluster.unasked(servers, client(), schemaRegistry == null ? "" : schemaRegistry);
  }

  private String remote() {
    String servers = bootstrapServers;
    if (servers == null) {
      throw new StartException(
          "--bootstrap-servers is missing: this command is one stage of a running cluster; for"
              + " everything in one process use demo or replay");
    }
    return servers;
  }

  /**
   * Refuses options that contradict one another, before anything is opened.
   *
   * @throws StartException naming all of them
   */
  void check() {
    Problems problems = new Problems();
    check(problems);
    problems.throwIfAny();
  }

  /** Adds what is out of range or contradicts. */
  public void check(Problems problems) {
    if (isEmbedded()) {
      problems.addIf(schemaRegistry != null, "--schema-registry needs --bootstrap-servers");
      problems.addIf(!kafka.isEmpty(), "--kafka needs --bootstrap-servers");
      problems.addIf(kafkaFile != null, "--kafka-settings needs --bootstrap-servers");
    } else {
      problems.addIf(schemaRegistry == null, "--bootstrap-servers needs --schema-registry URL");
      problems.addIf(
          data != null,
          "--data is for the broker in this process and contradicts --bootstrap-servers");
      problems.addIf(
          brokerPort != UNSET,
          "--broker-port is for the broker in this process and contradicts --bootstrap-servers");
    }
    problems.addIf(partitions < 1, "--partitions is %s, must be at least 1", partitions);
    problems.addIf(
        brokerPort < 0 || brokerPort > 65535, "--broker-port is %s, must be a port", brokerPort);
  }
}
