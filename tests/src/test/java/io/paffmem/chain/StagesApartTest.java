package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.app.Paffmem;
import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.dashboard.memory.Imagination;
import io.paffmem.dashboard.memory.MemoryView;
import io.paffmem.dashboard.memory.QueriedMemories;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.RemoteMemories;
import io.paffmem.registry.RegistryServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each stage a process of its own, as operators run them, with a real schema registry. */
@Tag("broker")
@Tag("model")
final class StagesApartTest {
  private static final String TOKEN = "a token of this test";
  private static final String BEARER = "Bearer " + TOKEN;

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void demo_stagesInProcessesOfTheirOwn_everyFrameAnsweredAndEachStageEndsWhenAsked()
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        RegistryServer registry = RegistryServer.start()) {
      List<String> cluster =
          List.of(
              "--bootstrap-servers", broker.bootstrapServers(),
              "--kafka-settings", broker.clientSettings().toString(),
              "--schema-registry", registry.url());
      assertThat(Paffmem.execute(with(cluster, "topics", "create"))).isZero();
      // The options of one come from the environment, those of the other from a file.
      Path config = folder.resolve("topology.properties");
      Files.writeString(
          config,
          """
          bootstrap-servers=%s
          kafka-settings=%s
          schema-registry=%s
          state=%s
          seeding-frames=2
          waiting-limit=none
          operations-port=0
          memories-port=0
          """
              .formatted(
                  broker.bootstrapServers(),
                  broker.clientSettings().toString().replace('\\', '/'),
                  registry.url(),
                  folder.resolve("state").toString().replace('\\', '/')));
      try (PaffmemProcess modelServer =
              PaffmemProcess.start(
                  folder,
                  "model-server",
                  Map.of(
                      "PAFFMEM_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                      "PAFFMEM_KAFKA_SETTINGS", broker.clientSettings().toString(),
                      "PAFFMEM_SCHEMA_REGISTRY", registry.url(),
                      "PAFFMEM_OPERATIONS_PORT", "0"),
                  List.of("model-server"));
          PaffmemProcess topology =
              PaffmemProcess.start(
                  folder,
                  "topology",
                  Map.of("PAFFMEM_TOKEN", TOKEN),
                  List.of("topology", "--config", config.toString()))) {
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
                    "2"));

        assertThat(summary.get("events").asLong()).isEqualTo(100);
        assertThat(summary.get("memoryEvents").asLong()).isEqualTo(100);
        Summaries.assertNothingLostOrDoubled(summary);
        assertThat(Paffmem.execute(with(cluster, "memory", "digest"))).isZero();
        lookAtTheMemory(topology, "synthetic-1");
        assertThat(Paffmem.execute(with(cluster, "memory", "forget", "synthetic-1"))).isZero();
        assertThat(memories(topology).memory("synthetic-1", BEARER))
            .isEqualTo(MemoryAnswer.unknown());
        assertThat(Paffmem.execute(with(cluster, "memory", "show", "synthetic-1"))).isZero();
        postAFrameAndStop(cluster);
        modelServer.stop();
        topology.stop();
        modelServer.assertEnded();
        topology.assertEnded();
      }
    }
  }

  /** As a dashboard of another process does. */
  private static void lookAtTheMemory(PaffmemProcess topology, String person)
      throws IOException, InterruptedException {
    try (QueriedMemories memories =
        new QueriedMemories(
            memories(topology), Imagination.lazily(() -> SavedModelPrior.bundled(Device.CPU)))) {
      MemoryView view = value(memories.memory(person, BEARER));
      assertThat(view.framesPerceived()).isEqualTo(50);
      assertThat(view.neurons()).hasSizeGreaterThan(50);
      assertThat(view.projection().first()).isBetween(0.2, 1.0);
      byte[] square = value(memories.imagined(person, BEARER, -1, 3));
      byte[] figure = value(memories.figure2(person, BEARER, view.neurons().get(0).id()));
      assertThat(ImageIO.read(new ByteArrayInputStream(square)).getHeight()).isEqualTo(3 * 96);
      assertThat(ImageIO.read(new ByteArrayInputStream(figure)).getHeight()).isEqualTo(2 * 96);
    }
  }

  private static <T> T value(MemoryAnswer<T> answer) {
    return ((MemoryAnswer.Found<T>) answer).value();
  }

  private static RemoteMemories memories(PaffmemProcess topology)
      throws IOException, InterruptedException {
    return RemoteMemories.at(topology.memories().toString());
  }

  /** A gateway ends well when asked, within ten seconds, and says so by its exit status. */
  private void postAFrameAndStop(List<String> cluster) throws IOException, InterruptedException {
    try (PaffmemProcess gateway =
        PaffmemProcess.start(
            folder,
            "gateway",
            Map.of("PAFFMEM_TOKEN", TOKEN),
            List.of(with(cluster, "gateway", "--port", "0")))) {
      HttpResponse<String> reply =
          gateway.post(
              gateway.gateway().resolve("/v1/people/ann/frames?picture=face"),
              TOKEN,
              PngFaces.of(new byte[96 * 96 * 3]));
      assertThat(reply.body()).contains("accepted");
      gateway.stop();
      gateway.assertEnded();
      assertThat(gateway.output())
          .contains(
              "Gateway stopped: 1 frames received: 1 accepted (1 with a face not readable), 0"
                  + " in progress")
          .doesNotContain(TOKEN);
    }
  }

  private static String[] with(List<String> cluster, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(cluster);
    return args.toArray(String[]::new);
  }
}
