package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Paffmem;
import io.paffmem.prior.TinyPrior;
import io.paffmem.registry.RegistryServer;
import io.paffmem.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stages that start before their cluster, and one that loses a topic. */
@Tag("broker")
final class LateClusterTest {
  private static final int LATENT_SIZE = 50;

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void stages_beforeBrokerAndTopics_waitAndSayWhy_andATopicThatGoesLater_isNamed()
      throws Exception {
    Path model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    try (RestartableBroker broker = RestartableBroker.start(folder.resolve("broker"));
        RegistryServer registry = RegistryServer.start()) {
      Map<String, Object> client = new HashMap<>(broker.clientProperties());
      client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
      // The broker takes its own file away when it stops.
      Path settings = Files.copy(broker.clientSettings(), folder.resolve("client.properties"));
      String servers = broker.bootstrapServers();
      broker.stop();
      try (PaffmemProcess topology =
              PaffmemProcess.start(
                  folder,
                  "topology",
                  Map.of("PAFFMEM_OPERATIONS_PORT", "0"),
                  with(
                      servers,
                      settings,
                      registry,
                      "topology",
                      "--state",
                      folder.resolve("state").toString()));
          PaffmemProcess modelServer =
              PaffmemProcess.start(
                  folder,
                  "model-server",
                  Map.of("PAFFMEM_OPERATIONS_PORT", "0"),
                  with(servers, settings, registry, "model-server", "--model", model.toString()))) {
        List<PaffmemProcess> stages = List.of(topology, modelServer);
        for (PaffmemProcess stage : stages) {
          stage.awaitBody("/health/ready", Pattern.compile("waits: no broker answers at"));
          assertThat(stage.ask("/health/live").statusCode()).isEqualTo(200);
        }
        broker.startAgain();
        try (Admin admin = Admin.create(client)) {
          topology.awaitBody(
              "/health/ready",
              Pattern.compile("waits: Topics are missing: frames, .*paffmem topics create"));
          String[] create =
              with(servers, settings, registry, "topics", "create").toArray(String[]::new);
          assertThat(Paffmem.execute(create)).isZero();
          for (PaffmemProcess stage : stages) {
            stage.awaitReady();
          }

          admin.deleteTopics(List.of(Topics.FRAMES, Topics.SEEDS)).all().get();

          for (PaffmemProcess stage : stages) {
            stage.awaitBody(
                "/health/ready",
                Pattern.compile("missing: frames, seeds; create them with: paffmem topics"));
          }
          assertThat(Paffmem.execute(create)).isZero();
          for (PaffmemProcess stage : stages) {
            stage.awaitReady();
            stage.stop();
            stage.assertEnded();
          }
        }
      }
    }
  }

  private static List<String> with(
      String servers, Path settings, RegistryServer registry, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(
        List.of(
            "--bootstrap-servers",
            servers,
            "--kafka-settings",
            settings.toString(),
            "--schema-registry",
            registry.url()));
    return args;
  }
}
