package io.paffmem.chain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.Pseudonyms;
import io.paffmem.app.Paffmem;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.VideoWriter;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.start.StartException;
import io.paffmem.topology.store.MemoryReader;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody on this machine goes round the gateway of a process that does everything. */
@Tag("broker")
@Tag("model")
final class OneProcessDoorsTest {
  private static final Pattern BROKER = Pattern.compile("Broker on (\\S+),");
  private static final Pattern SETTINGS = Pattern.compile("--kafka-settings (\\S+)");

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void gateway_itsBrokerAskedDirectly_closedToOthersAndNoFaceWithoutConsentIsRead()
      throws Exception {
    Path data = folder.resolve("data");
    try (PaffmemProcess gateway =
        PaffmemProcess.start(
            folder,
            "gateway",
            Map.of("PAFFMEM_TOKEN", "a token of this test"),
            List.of(
                "gateway",
                "--port=0",
                "--no-dashboard",
                "--require-consent",
                "--data=" + data,
                "--partitions=1"))) {
      gateway.gateway();
      String servers = gateway.await(BROKER);

      assertThatThrownBy(() -> Cluster.withoutRegistry(servers, Map.of()))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("no broker answers at " + servers);

      Path settings = Path.of(gateway.await(SETTINGS));
      assertThat(mode(settings)).isEqualTo("rw-------");
      try (Cluster cluster = Cluster.withoutRegistry(settings);
          FramePublisher publisher =
              FramePublisher.connect(cluster.client(), cluster.serdes(), Clock.systemUTC())) {
        byte[] face = PngFaces.of(new byte[96 * 96 * 3]);
        publisher.stream("ann", "round-the-gateway").publish(0, 0, face, null);
        publisher.flush();

        ConsumerRecord<byte[], byte[]> refused = first(cluster, Topics.DEAD_LETTERS);
        assertThat(new String(refused.headers().lastHeader(DeadLetters.REASON).value(), UTF_8))
            .isEqualTo("consent_missing");
      }
    }
    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(mode(data.resolve("kafka"))).isEqualTo("rwx------");
    assertThat(mode(data.resolve("state"))).isEqualTo("rwx------");
    assertThat(mode(data.resolve("state/paffmem-topology"))).isEqualTo("rwx------");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void gateway_pseudonyms_theBrokerNamesNobodyAndDashboardAndCommandsDo() throws Exception {
    String token = "a token of this test";
    Path secret = folder.resolve("secret");
    Pseudonyms pseudonyms = Pseudonyms.by(DeploymentSecret.readOrMake(secret));
    try (PaffmemProcess gateway =
        PaffmemProcess.start(
            folder,
            "pseudonyms",
            Map.of("PAFFMEM_TOKEN", token),
            List.of(
                "gateway",
                "--port=0",
                "--dashboard-port=0",
                "--secret=" + secret,
                "--pseudonyms",
                "--seeding-frames=1",
                "--partitions=1"))) {
      URI address = gateway.gateway();
      byte[] face = PngFaces.of(new byte[96 * 96 * 3]);
      assertThat(
              gateway
                  .post(address.resolve("/v1/people/ann/frames?picture=face"), token, face)
                  .body())
          .contains("accepted");
      URI memory = gateway.dashboard().resolve("/v1/people/ann/memory");
      HttpResponse<String> told = gateway.send("GET", memory, token);
      while (told.statusCode() != 200) {
        TimeUnit.MILLISECONDS.sleep(100);
        told = gateway.send("GET", memory, token);
      }
      assertThat(told.body()).contains("\"person\":\"ann\"");

      Path settings = Path.of(gateway.await(SETTINGS));
      try (Cluster cluster = Cluster.withoutRegistry(settings)) {
        ConsumerRecord<byte[], byte[]> frame = first(cluster, Topics.FRAMES);
        assertThat(pseudonyms.name(new String(frame.key(), UTF_8))).isEqualTo("ann");
        assertThat(new String(first(cluster, Topics.EMOTIONS).value(), ISO_8859_1))
            .doesNotContain("ann");
      }
      String[] at = {
        "--bootstrap-servers", gateway.await(BROKER), "--kafka-settings", settings.toString()
      };
      assertThat(Paffmem.execute(with(at, "memory", "show", "ann"))).as("by the name").isEqualTo(1);
      assertThat(
              Paffmem.execute(
                  with(at, "memory", "show", "ann", "--secret=" + secret, "--pseudonyms")))
          .isZero();
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void replay_pseudonyms_theBrokerNamesNobodyAndTheSummaryDoes() throws Exception {
    Path data = folder.resolve("replayed");
    Path summary = folder.resolve("summary.json");
    assertThat(
            Paffmem.execute(
                "replay",
                video().toString(),
                "--person=ann",
                "--speed=max",
                "--pseudonyms",
                "--no-dashboard",
                "--partitions=1",
                "--data=" + data,
                "--summary=" + summary))
        .isZero();

    assertThat(Files.readString(summary)).contains("\"ann\"");
    Pseudonyms pseudonyms = Pseudonyms.by(DeploymentSecret.read(data.resolve("secret")));
    try (Cluster cluster = Cluster.embedded(new EmbeddedBrokerConfig(data, 0), 1)) {
      ConsumerRecord<byte[], byte[]> frame = first(cluster, Topics.FRAMES);
      assertThat(pseudonyms.name(new String(frame.key(), UTF_8))).isEqualTo("ann");
      assertThat(new String(frame.key(), UTF_8)).isNotEqualTo("ann");
      assertThat(new String(first(cluster, Topics.EMOTIONS).value(), ISO_8859_1))
          .doesNotContain("ann");
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void replay_folder_whatStaysOfAPersonIsFoundByTheFoldersSecretAlone() throws Exception {
    Path data = folder.resolve("hashed");
    String[] at = {"--data=" + data};
    assertThat(
            Paffmem.execute(
                with(
                    at,
                    "replay",
                    video().toString(),
                    "--person=ann",
                    "--speed=max",
                    "--no-dashboard",
                    "--partitions=1")))
        .isZero();
    assertThat(Paffmem.execute(with(at, "memory", "show", "ann"))).isZero();
    assertThat(Paffmem.execute(with(at, "memory", "forget", "ann"))).isZero();

    Path secret = data.resolve("secret");
    assertThat(mode(secret)).isEqualTo("rw-------");
    PersonHasher hasher =
        PersonHasher.by(Pseudonyms.hashedBy(DeploymentSecret.read(secret)).hashKey());
    try (Cluster cluster = Cluster.embedded(new EmbeddedBrokerConfig(data, 0), 1);
        var consumer = cluster.observer()) {
      MemoryReader reader = new MemoryReader(consumer);
      assertThat(reader.person(hasher, "ann")).isPresent();
      reader.everyone(
          person -> assertThat(person.person()).isNotEqualTo(PersonHasher.plain().of("ann")));
    }

    Path elsewhere = Files.move(secret, folder.resolve("moved"));
    assertThat(Paffmem.execute(with(at, "memory", "show", "ann"))).as("without it").isEqualTo(1);
    assertThat(Paffmem.execute(with(at, "memory", "forget", "ann"))).as("nor told").isEqualTo(1);
    assertThat(Paffmem.execute(with(at, "memory", "show", "ann", "--secret=" + elsewhere)))
        .isZero();
  }

  private Path video() {
    Path file = folder.resolve("synthetic.mp4");
    SyntheticVideo video =
        new SyntheticVideo(
            new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(320, 240, 25, 0.4));
    try (VideoWriter writer = VideoWriter.create(file, 320, 240, 25)) {
      for (int i = 0; i < video.frameCount(); i++) {
        BufferedImage image = video.frame(i).image();
        byte[] bgr = new byte[3 * 320 * 240];
        for (int pixel = 0; pixel < 320 * 240; pixel++) {
          int rgb = image.getRGB(pixel % 320, pixel / 320);
          bgr[3 * pixel] = (byte) rgb;
          bgr[3 * pixel + 1] = (byte) (rgb >> 8);
          bgr[3 * pixel + 2] = (byte) (rgb >> 16);
        }
        writer.write(bgr, 320, i * 40_000L);
      }
    }
    return file;
  }

  private static String[] with(String[] at, String... command) {
    return Stream.concat(Stream.of(command), Stream.of(at)).toArray(String[]::new);
  }

  private static ConsumerRecord<byte[], byte[]> first(Cluster cluster, String topic) {
    try (var consumer = cluster.observer()) {
      List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          return record;
        }
      }
    }
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
