package io.paffmem.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.Topics;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another account of this machine finds the broker's ports and folders. */
@Tag("broker")
@Timeout(600)
final class LockedBrokerTest {
  @TempDir Path temporary;

  @Test
  void ports_withoutTheSecretOrWithAnother_nothingIsReadOrWritten() throws Exception {
    try (BrokerFolder folder = BrokerFolder.open(null)) {
      folder.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
      LoopbackPorts ports = LoopbackPorts.find(0);
      BrokerSecret secret = BrokerSecret.draw();
      OneNodeServer server = EmbeddedBroker.serve(folder, ports, secret);
      try {
        Map<String, Object> good = client(ports.client(), secret.clientProperties());
        try (Admin admin = Admin.create(good)) {
          new FlowTopics(admin).createMissing(1, (short) 1);
        }
        Map<String, Object> open = client(ports.client(), Map.of());
        Map<String, Object> guessed =
            client(ports.client(), BrokerSecret.draw().clientProperties());

        try (Admin admin = Admin.create(open)) {
          assertThatThrownBy(() -> admin.listTopics().names().get())
              .isInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(TimeoutException.class);
        }
        try (Admin admin = Admin.create(guessed)) {
          assertThatThrownBy(() -> admin.deleteTopics(List.of(Topics.FRAMES)).all().get())
              .isInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
        try (var producer =
            new KafkaProducer<>(guessed, new ByteArraySerializer(), new ByteArraySerializer())) {
          assertThatThrownBy(
                  () -> producer.send(new ProducerRecord<>(Topics.FRAMES, new byte[1])).get())
              .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
        assertControllerIsLocked(ports.controller());
        try (Admin admin = Admin.create(good)) {
          assertThat(admin.listTopics().names().get()).contains(Topics.FRAMES);
        }
      } finally {
        server.shutdown();
      }
    }
  }

  private static void assertControllerIsLocked(int port) {
    for (Map<String, String> properties :
        List.of(Map.<String, String>of(), BrokerSecret.draw().clientProperties())) {
      Map<String, Object> client = client(port, properties);
      client.put("bootstrap.controllers", client.remove("bootstrap.servers"));
      try (Admin admin = Admin.create(client)) {
        assertThatThrownBy(() -> admin.describeMetadataQuorum().quorumInfo().get())
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfAny(TimeoutException.class, SaslAuthenticationException.class);
      }
    }
  }

  @Test
  void clientSettings_ofARun_openTheBrokerAndAreTheOwnersAlone() throws Exception {
    Path file;
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary())) {
      file = broker.clientSettings();
      assertThat(mode(file)).isEqualTo("rw-------");
      Properties settings = new Properties();
      try (var in = Files.newInputStream(file)) {
        settings.load(in);
      }
      try (Admin admin = Admin.create(settings)) {
        assertThat(admin.listTopics().names().get()).isEmpty();
      }
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void config_twoRuns_haveSecretsOfTheirOwnThatAreNotShown() {
    EmbeddedBrokerConfig one = EmbeddedBrokerConfig.temporary();

    assertThat(one.secret().jaas()).isNotEqualTo(EmbeddedBrokerConfig.temporary().secret().jaas());
    String secret = one.secret().jaas().replaceAll(".*password=\"|\".*", "");
    assertThat(secret).hasSize(64);
    assertThat(one.toString()).doesNotContain(secret);
  }

  @Test
  void open_keptFolder_recordsAreTheOwnersAloneAlsoWhereTheyWereNot() throws Exception {
    Path data = temporary.resolve("data");
    try (BrokerFolder folder = BrokerFolder.open(data)) {
      assertThat(mode(data)).isEqualTo("rwx------");
      assertThat(mode(folder.logs())).isEqualTo("rwx------");
    }
    // As releases before made them.
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        data.resolve("kafka"), PosixFilePermissions.fromString("rwxr-xr-x"));

    try (BrokerFolder folder = BrokerFolder.open(data)) {
      assertThat(mode(folder.logs())).isEqualTo("rwx------");
    }
  }

  @Test
  void sweep_foldersBesideOnesOwn_thoseOfKilledRunsGoAndOthersStay() throws Exception {
    Path own = folderOf("own");
    Path dead = folderOf("dead");
    Path young = folderOf("young");
    Path alive = folderOf("alive");
    Path strange = Files.createDirectory(temporary.resolve("paffmem-broker-strange"));
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.setLastModifiedTime(young.resolve(BrokerFolder.LOCK), FileTime.from(Instant.now()));

    try (FileChannel held = BrokerFolder.lock(alive)) {
      assertThat(held.isOpen()).isTrue();
      DeadFolders.sweep(own, "paffmem-broker-");
    }

    assertThat(dead).doesNotExist();
    for (Path there : List.of(own, young, alive, strange, other)) {
      assertThat(there).isDirectory();
    }
  }

  private Path folderOf(String name) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("paffmem-broker-" + name));
    Files.createDirectories(folder.resolve("kafka/frames-0"));
    Files.write(folder.resolve("kafka/frames-0/0.log"), "a face".getBytes(UTF_8));
    Path lock = Files.createFile(folder.resolve(BrokerFolder.LOCK));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
    return folder;
  }

  private static Map<String, Object> client(int port, Map<String, String> properties) {
    Map<String, Object> client = new HashMap<>(properties);
    client.put("bootstrap.servers", LoopbackPorts.HOST + ":" + port);
    client.put("default.api.timeout.ms", 4_000);
    client.put("request.timeout.ms", 2_000);
    return client;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
