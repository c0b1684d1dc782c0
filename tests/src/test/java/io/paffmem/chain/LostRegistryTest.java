package io.paffmem.chain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Paffmem;
import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.prior.TinyPrior;
import io.paffmem.registry.RegistryServer;
import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model server whose frames were written with ids that its registry does not know. */
@Tag("broker")
final class LostRegistryTest {
  private static final int FRAMES = 20;
  private static final int LATENT_SIZE = 50;

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void modelServer_registryWithoutItsSchemas_waitsAndGivesNothingUp() throws Exception {
    Path model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        Admin admin = admin(broker);
        RegistryServer registry = RegistryServer.start();
        RegistryServer empty = RegistryServer.start()) {
      assertThat(Paffmem.execute(with(broker, registry.url(), "topics", "create"))).isZero();
      publish(broker, registry);

      try (PaffmemProcess modelServer =
          PaffmemProcess.start(
              folder,
              "model-server",
              Map.of("PAFFMEM_OPERATIONS_PORT", "0"),
              List.of(with(broker, empty.url(), "model-server", "--model", model.toString())))) {
        modelServer.awaitBody(
            "/health/ready",
            Pattern.compile("registry does not know the schemas of the newest .*frames=\\[\\d+]"));
        assertThat(records(admin, Topics.DEAD_LETTERS)).isZero();
        assertThat(admin.listGroups().all().get()).isEmpty();

        // A gateway does not fill it either, in an order of its own.
        try (PaffmemProcess gateway =
            PaffmemProcess.start(
                folder,
                "gateway",
                Map.of("PAFFMEM_OPERATIONS_PORT", "0", "PAFFMEM_TOKEN", "a token of this test"),
                List.of(with(broker, empty.url(), "gateway", "--port", "0")))) {
          gateway.awaitBody(
              "/health/ready", Pattern.compile("registry has no subject frames-value, though"));
        }

        // Its schemas come back with their ids.
        assertThat(Paffmem.execute(with(broker, empty.url(), "topics", "create"))).isZero();

        modelServer.awaitReady();
        modelServer.awaitBody(
            "/metrics",
            Pattern.compile(
                "paffmem_model_server_answers_total\\{stage=\"encode\"} %d".formatted(FRAMES)));
        assertThat(records(admin, Topics.DEAD_LETTERS)).isZero();
        modelServer.stop();
        modelServer.assertEnded();
      }
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void modelServer_registryAway_takesNoPartition() throws Exception {
    Path model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        Admin admin = admin(broker)) {
      var unused = new FlowTopics(admin).createMissing(1, (short) 1);
      String nowhere = "http://127.0.0.1:" + QuietPorts.next();
      try (PaffmemProcess modelServer =
          PaffmemProcess.start(
              folder,
              "without-registry",
              Map.of("PAFFMEM_OPERATIONS_PORT", "0"),
              List.of(with(broker, nowhere, "model-server", "--model", model.toString())))) {
        modelServer.awaitBody(
            "/health/ready", Pattern.compile("waits: the schema registry does not answer"));

        assertThat(admin.listGroups().all().get()).isEmpty();
        modelServer.stop();
        modelServer.assertEnded();
      }
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    Map<String, Object> client = new HashMap<>(broker.clientProperties());
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    return Admin.create(client);
  }

  private static void publish(EmbeddedBroker broker, RegistryServer registry) throws Exception {
    byte[] face = PngFaces.of(new byte[96 * 96 * 3]);
    try (Cluster cluster =
            Cluster.at(broker.bootstrapServers(), broker.clientProperties(), registry.url());
        FramePublisher publisher =
            FramePublisher.connect(cluster.client(), cluster.serdes(), Clock.systemUTC())) {
      FrameStream ann = publisher.stream("ann", "lost");
      for (int sequence = 0; sequence < FRAMES; sequence++) {
        ann.publish(sequence, sequence * 40L, face, null);
      }
    }
  }

  private static long records(Admin admin, String topic) throws Exception {
    long records = 0;
    var found =
        requireNonNull(admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
    for (var partition : found.partitions()) {
      TopicPartition one = new TopicPartition(topic, partition.partition());
      records +=
          admin.listOffsets(Map.of(one, OffsetSpec.latest())).partitionResult(one).get().offset();
    }
    return records;
  }

  private static String[] with(EmbeddedBroker broker, String registry, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(
        List.of(
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--kafka-settings",
            broker.clientSettings().toString(),
            "--schema-registry",
            registry));
    return args.toArray(String[]::new);
  }
}
