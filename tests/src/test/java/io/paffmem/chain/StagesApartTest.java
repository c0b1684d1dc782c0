package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.app.Paffmem;
import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.dashboard.memory.Imagination;
import io.paffmem.dashboard.memory.MemoryAnswer;
import io.paffmem.dashboard.memory.MemoryView;
import io.paffmem.dashboard.memory.QueriedMemories;
import io.paffmem.prior.Device;
import io.paffmem.prior.SavedModelPrior;
import io.paffmem.query.Memories.Lookup;
import io.paffmem.query.RemoteMemories;
import io.paffmem.registry.RegistryServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each stage a process of its own, as operators run them, with a real schema registry. */
final class StagesApartTest {
  private static final String TOKEN = "a token of this test";
  private static final String BEARER = "Bearer " + TOKEN;

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
      Process modelServer =
          start(
              "model-server",
              Map.of(
                  "PAFFMEM_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                  "PAFFMEM_SCHEMA_REGISTRY", registry.url()),
              "model-server");
      Path config = folder.resolve("topology.properties");
      Files.writeString(
          config,
          """
          bootstrap-servers=%s
          schema-registry=%s
          state=%s
          seeding-frames=5
          operations-port=0
          """
              .formatted(
                  broker.bootstrapServers(),
                  registry.url(),
                  folder.resolve("state").toString().replace('\\', '/')));
      Process topology =
          start(
              "topology",
              Map.of("PAFFMEM_TOKEN", TOKEN),
              "topology",
              "--config",
              config.toString());
      try {
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
        lookAtTheMemory("synthetic-1");
        assertThat(Paffmem.execute(with(cluster, "memory", "forget", "synthetic-1"))).isZero();
        assertThat(memories().memory("synthetic-1", BEARER)).isEqualTo(new Lookup.Unknown());
        assertThat(Paffmem.execute(with(cluster, "memory", "show", "synthetic-1"))).isZero();
        postAFrameAndStop(cluster);
        assertEndsWhenAsked(modelServer);
        assertEndsWhenAsked(topology);
      } finally {
        modelServer.destroyForcibly();
        topology.destroyForcibly();
      }
    }
  }

  /** As a dashboard of another process does. */
  private void lookAtTheMemory(String person) throws IOException, InterruptedException {
    try (QueriedMemories memories =
        new QueriedMemories(
            memories(), Imagination.lazily(() -> SavedModelPrior.bundled(Device.CPU)))) {
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

  private RemoteMemories memories() throws IOException, InterruptedException {
    return RemoteMemories.at(address("topology", "Operations").toString());
  }

  /** A gateway ends well when asked, within ten seconds, and says so by its exit status. */
  private void postAFrameAndStop(List<String> cluster) throws IOException, InterruptedException {
    Process gateway =
        start("gateway", Map.of("PAFFMEM_TOKEN", TOKEN), with(cluster, "gateway", "--port", "0"));
    try {
      URI address = address("gateway", "Gateway");
      HttpRequest post =
          HttpRequest.newBuilder(address.resolve("/v1/people/ann/frames?picture=face"))
              .header("Authorization", BEARER)
              .POST(HttpRequest.BodyPublishers.ofByteArray(PngFaces.of(new byte[96 * 96 * 3])))
              .build();
      HttpResponse<String> reply =
          HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
      assertThat(reply.body()).contains("accepted");
      gateway.destroy();
      assertThat(gateway.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.exitValue()).isZero();
      assertThat(Files.readString(folder.resolve("gateway.log")))
          .contains("Gateway stopped: 1 frames received: 1 accepted, 0 in progress")
          .doesNotContain(TOKEN);
    } finally {
      gateway.destroyForcibly();
    }
  }

  /** Where a process says that it listens, once it does. */
  private URI address(String name, String what) throws IOException, InterruptedException {
    Pattern said = Pattern.compile(what + " on (http://\\S+)");
    for (int i = 0; i < 300; i++) {
      Matcher matcher = said.matcher(Files.readString(folder.resolve(name + ".log")));
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException(Files.readString(folder.resolve(name + ".log")));
  }

  /** Ended by SIGTERM, which it did not sleep through and did not crash on. */
  private static void assertEndsWhenAsked(Process stage) throws InterruptedException {
    assertThat(stage.isAlive()).isTrue();
    stage.destroy();
    assertThat(stage.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(stage.exitValue()).isZero();
  }

  private Process start(String name, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.cachedir="
                    + System.getProperty("org.bytedeco.javacpp.cachedir"),
                "-cp",
                System.getProperty("java.class.path"),
                Paffmem.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private static String[] with(List<String> cluster, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(cluster);
    return args.toArray(String[]::new);
  }
}
