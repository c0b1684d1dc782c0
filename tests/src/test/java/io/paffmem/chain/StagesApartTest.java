package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.app.Paffmem;
import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.registry.RegistryServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each stage a process of its own, as operators run them, with a real schema registry. */
final class StagesApartTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void demo_stagesInProcessesOfTheirOwn_everyFrameAnsweredAndEachStageEndsWhenAsked()
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        RegistryServer registry = RegistryServer.start()) {
      List<String> cluster =
          List.of(
              "--bootstrap-servers", broker.bootstrapServers(),
              "--schema-registry", registry.url());
      assertThat(Paffmem.execute(with(cluster, "topics", "create"))).isZero();
      // The options of one come from the environment, those of the other from a file.
      Path config = folder.resolve("topology.properties");
      Files.writeString(
          config,
          """
          bootstrap-servers=%s
          schema-registry=%s
          state=%s
          seeding-frames=5
          """
              .formatted(
                  broker.bootstrapServers(),
                  registry.url(),
                  folder.resolve("state").toString().replace('\\', '/')));
      try (PaffmemProcess modelServer =
              PaffmemProcess.start(
                  folder,
                  "model-server",
                  Map.of(
                      "PAFFMEM_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                      "PAFFMEM_SCHEMA_REGISTRY", registry.url(),
                      "PAFFMEM_OPERATIONS_PORT", "0"),
                  List.of("model-server"));
          PaffmemProcess topology =
              PaffmemProcess.start(
                  folder,
                  "topology",
                  Map.of(),
                  List.of("topology", "--config", config.toString(), "--operations-port", "0"))) {
        modelServer.awaitReady();
        topology.awaitReady();
        JsonNode summary =
            Summaries.run(
                folder,
                with(
                    cluster,
                    "demo",
                    "--people",
                    "2",
                    "--seconds",
                    "2",
                    "--speed",
                    "max",
                    "--seeding-frames",
                    "5"));

        assertThat(summary.get("events").asLong()).isEqualTo(100);
        assertThat(summary.get("memoryEvents").asLong()).isEqualTo(100);
        Summaries.assertNothingLostOrDoubled(summary);
        assertThat(Paffmem.execute(with(cluster, "memory", "digest"))).isZero();
        assertThat(Paffmem.execute(with(cluster, "memory", "forget", "synthetic-1"))).isZero();
        assertThat(Paffmem.execute(with(cluster, "memory", "show", "synthetic-1"))).isZero();
        postAFrameAndStop(cluster);
        modelServer.stop();
        topology.stop();
        modelServer.assertEnded();
        topology.assertEnded();
      }
    }
  }

  /** A gateway ends well when asked, within ten seconds, and says so by its exit status. */
  private void postAFrameAndStop(List<String> cluster) throws IOException, InterruptedException {
    try (PaffmemProcess gateway =
        PaffmemProcess.start(
            folder,
            "gateway",
            Map.of("PAFFMEM_TOKEN", "a token of this test"),
            List.of(with(cluster, "gateway", "--port", "0")))) {
      HttpResponse<String> reply =
          gateway.post(
              gateway.gateway().resolve("/v1/people/ann/frames?picture=face"),
              "a token of this test",
              PngFaces.of(new byte[96 * 96 * 3]));
      assertThat(reply.body()).contains("accepted");
      gateway.stop();
      gateway.assertEnded();
      assertThat(gateway.output())
          .contains("Gateway stopped: 1 frames received: 1 accepted, 0 in progress")
          .doesNotContain("a token of this test");
    }
  }

  private static String[] with(List<String> cluster, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(cluster);
    return args.toArray(String[]::new);
  }
}
