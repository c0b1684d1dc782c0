package io.paffmem.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.FlowTopics;
import io.paffmem.schemas.Topics;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metadata.PartitionChangeRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.image.MetadataDelta;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.LeaderConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@Timeout(600)
final class EmbeddedBrokerTest {
  private static final byte[] KEY = "p1".getBytes(UTF_8);

  @TempDir Path temporary;

  @Test
  void start_transactionalRoundTrip_onlyCommittedRecordsAndOffsets() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        KafkaProducer<byte[], byte[]> producer = producer(broker);
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      createTopics(client(broker));
      byte[] largest = new byte[Topics.MAX_MESSAGE_BYTES - 1024];
      largest[largest.length - 1] = 7;
      producer.initTransactions();

      producer.beginTransaction();
      send(producer, new byte[] {1});
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, largest);
      producer.sendOffsetsToTransaction(
          Map.of(new TopicPartition(Topics.FRAMES, 0), new OffsetAndMetadata(5)),
          consumer.groupMetadata());
      producer.commitTransaction();

      List<ConsumerRecord<byte[], byte[]>> records = readOne(consumer);
      assertThat(records).hasSize(1);
      assertThat(records.get(0).value()).isEqualTo(largest);
      assertThat(records.get(0).timestamp()).isEqualTo(1234);
      TopicPartition partition = new TopicPartition(Topics.FRAMES, 0);
      OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
      assertThat(committed).isEqualTo(new OffsetAndMetadata(5));
    }
  }

  @Test
  void close_temporaryFolder_gone() {
    Path folder;
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary())) {
      folder = broker.folder();
      assertThat(folder).isDirectory();
    }

    assertThat(folder).doesNotExist();
  }

  @Test
  void start_sameFolderAgain_recordsAndClusterAreStillThere() throws Exception {
    Path folder = temporary.resolve("a new folder/with spaces");
    String cluster;
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.in(folder));
        KafkaProducer<byte[], byte[]> producer = producer(broker)) {
      createTopics(client(broker));
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, new byte[] {42});
      producer.commitTransaction();
      cluster = clusterId(broker);
    }

    try (EmbeddedBroker again = EmbeddedBroker.start(EmbeddedBrokerConfig.in(folder));
        KafkaConsumer<byte[], byte[]> consumer = consumer(again)) {
      List<ConsumerRecord<byte[], byte[]>> records = readOne(consumer);

      assertThat(records.get(0).value()).containsExactly(42);
      assertThat(clusterId(again)).isEqualTo(cluster);
    }
  }

  @Test
  void start_folderInUse_saysSo() {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(EmbeddedBrokerConfig.in(temporary.resolve("data")))) {
      assertThatThrownBy(
              () -> EmbeddedBroker.start(EmbeddedBrokerConfig.in(broker.folder().resolve("."))))
          .isInstanceOf(EmbeddedBrokerException.class)
          .hasMessageContaining(broker.folder().toString())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void start_folderThatIsAFile_saysSo() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "not a folder");

    assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBrokerConfig.in(file)))
        .isInstanceOf(EmbeddedBrokerException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("not a folder");
  }

  @Test
  void start_folderOfSomethingElse_saysSoAndEndsNothing() throws Exception {
    Path folder = temporary.resolve("data");
    Files.createDirectories(folder.resolve("kafka"));
    Files.writeString(folder.resolve("kafka/meta.properties"), "version=99\n");

    assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBrokerConfig.in(folder)))
        .isInstanceOf(EmbeddedBrokerException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void start_portInUse_saysSo() throws Exception {
    try (ServerSocket taken = LoopbackPorts.bind(0)) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () -> EmbeddedBroker.start(EmbeddedBrokerConfig.temporary().withPort(port)))
          .isInstanceOf(EmbeddedBrokerException.class)
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("in use");
    }
  }

  @Test
  void serve_portTakenMeanwhile_throwsAndLeavesTheProcessAlone() throws Exception {
    try (BrokerFolder folder = BrokerFolder.open(temporary.resolve("data"));
        ServerSocket taken = LoopbackPorts.bind(0)) {
      LoopbackPorts free = LoopbackPorts.find(0);
      BrokerSecret secret = BrokerSecret.draw();
      KafkaExits.disarm();
      folder.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);

      assertThatThrownBy(
              () ->
                  EmbeddedBroker.serve(
                      folder, new LoopbackPorts(taken.getLocalPort(), free.controller()), secret))
          .hasStackTraceContaining("BindException");
      assertThatThrownBy(
              () ->
                  EmbeddedBroker.serve(
                      folder, new LoopbackPorts(free.client(), taken.getLocalPort()), secret))
          .hasStackTraceContaining("BindException");

      // What failed let go of everything: the same folder serves at once.
      OneNodeServer server = EmbeddedBroker.serve(folder, LoopbackPorts.find(0), secret);
      server.shutdown();
    }
  }

  /**
   * A node alone has no leaders while it stops, or when it is late. What it commits then is a
   * transaction like any other.
   */
  @Test
  void commit_partitionWithoutLeader_visibleWhenItHasOneAgain() throws Exception {
    KafkaExits.disarm();
    try (BrokerFolder folder = BrokerFolder.open(null)) {
      folder.format(BrokerProperties.NODE_ID, BrokerProperties.CONTROLLER_LISTENER);
      LoopbackPorts ports = LoopbackPorts.find(0);
      BrokerSecret secret = BrokerSecret.draw();
      Map<String, Object> client = new HashMap<>(secret.clientProperties());
      client.put("bootstrap.servers", LoopbackPorts.HOST + ":" + ports.client());
      OneNodeServer server = EmbeddedBroker.serve(folder, ports, secret);
      try (KafkaProducer<byte[], byte[]> producer = producer(client)) {
        createTopics(client);
        producer.initTransactions();
        MetadataImage leaderless;
        do {
          producer.beginTransaction();
          send(producer, new byte[] {42});
          producer.flush();
          leaderless = withoutLeader(server.metadata().currentImage());
          server.metadata().setImage(leaderless);
          producer.commitTransaction();
          // Twice a second the server puts the truth back: before the commit, if that is slow.
        } while (!server.metadata().currentImage().equals(leaderless));
        while (server.metadata().currentImage().equals(leaderless)) {
          Thread.onSpinWait();
        }

        try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
          assertThat(read(consumer, Duration.ofSeconds(20))).isNotEmpty();
        }
      } finally {
        server.shutdown();
      }
    }
  }

  /** The same cluster, but that the first partition of frames has no leader. */
  private static MetadataImage withoutLeader(MetadataImage image) {
    MetadataDelta delta = new MetadataDelta.Builder().setImage(image).build();
    delta.replay(
        new PartitionChangeRecord()
            .setTopicId(image.topics().getTopic(Topics.FRAMES).id())
            .setPartitionId(0)
            .setLeader(LeaderConstants.NO_LEADER));
    return delta.apply(image.provenance());
  }

  private static void createTopics(Map<String, Object> client) {
    try (Admin admin = Admin.create(client)) {
      new FlowTopics(admin).createMissing(2, (short) 1);
    }
  }

  private static String clusterId(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(client(broker))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static Map<String, Object> client(EmbeddedBroker broker) {
    Map<String, Object> client = new HashMap<>(broker.clientProperties());
    client.put("bootstrap.servers", broker.bootstrapServers());
    return client;
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
    // The commit throws where a send of its transaction failed.
    Future<?> unused = producer.send(new ProducerRecord<>(Topics.FRAMES, 0, 1234L, KEY, value));
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
    return producer(client(broker));
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("transactional.id", "test");
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
    return consumer(client(broker));
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("group.id", "test");
    settings.put("isolation.level", "read_committed");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads until a record comes; the test's own time limit ends it otherwise. */
  private static List<ConsumerRecord<byte[], byte[]>> readOne(
      KafkaConsumer<byte[], byte[]> consumer) {
    return read(consumer, Duration.ofHours(1));
  }

  /** Reads until a record comes, or for so long. */
  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConsumer<byte[], byte[]> consumer, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    TopicPartition partition = new TopicPartition(Topics.FRAMES, 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    while (records.isEmpty() && System.nanoTime() < deadline) {
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }
}
