package io.paffmem.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Paffmem;
import io.paffmem.broker.EmbeddedBroker;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.DeadLetterBox;
import io.paffmem.registry.RegistryServer;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.PersonCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dead letters that are listed and sent back, by the commands, on a real broker. */
@Tag("broker")
final class DeadLettersReplayTest {
  private static final Duration POLL = Duration.ofMillis(100);

  @Test
  void replay_filtered_sendsEachBackOnce() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        RegistryServer registry = RegistryServer.start()) {
      assertThat(Paffmem.execute(with(broker, registry, "topics", "create"))).isZero();
      try (Cluster cluster =
          Cluster.at(broker.bootstrapServers(), broker.clientProperties(), registry.url())) {
        send(cluster, letter("ann", "encode", "unknown_schema", Topics.FRAMES, 40));
        send(cluster, letter("bob", "encode", "not_avro", Topics.FRAMES, 80));
        send(cluster, letter("eve", "topology", "corrupt_row", "a-changelog", 120));

        String listed = out(with(broker, registry, "dead-letters", "list"));
        assertThat(listed)
            .contains("encode unknown_schema: 1", "encode not_avro: 1", "topology corrupt_row: 1")
            .doesNotContain("ann", "bob", "eve");

        String[] replay =
            with(broker, registry, "dead-letters", "replay", "--reason", "unknown_schema");
        assertThat(out(replay)).isEqualTo("1 sent back\n");
        assertThat(out(replay)).isEqualTo("0 sent back; 1 were before\n");
        assertThat(out(with(broker, registry, "dead-letters", "replay")))
            .isEqualTo("1 sent back; 1 were before; 1 have no way back\n");

        List<ConsumerRecord<byte[], byte[]>> frames = records(cluster, Topics.FRAMES);
        assertThat(frames).hasSize(2);
        ConsumerRecord<byte[], byte[]> ann =
            frames.stream()
                .filter(frame -> text(frame.key()).equals("ann"))
                .findAny()
                .orElseThrow();
        assertThat(text(ann.value())).isEqualTo("ann's");
        assertThat(ann.timestamp()).isEqualTo(40);
        assertThat(ann.headers()).extracting(header -> header.key()).containsExactly("trace");
        List<Boolean> sentBack = new ArrayList<>();
        new DeadLetterBox(cluster).read(letter -> sentBack.add(letter.isSentBack()));
        assertThat(sentBack).containsExactlyInAnyOrder(true, true, false);
      }
    }
  }

  @Test
  void topicsCreate_registryThatGaveOtherIds_saysSoAndFails() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBrokerConfig.temporary());
        RegistryServer registry = RegistryServer.start();
        RegistryServer other = RegistryServer.start()) {
      assertThat(Paffmem.execute(with(broker, registry, "topics", "create"))).isZero();
      try (Cluster cluster =
          Cluster.at(broker.bootstrapServers(), broker.clientProperties(), registry.url())) {
        byte[] written = new byte[5];
        written[4] = 77; // an id that neither registry knows
        send(cluster, new ProducerRecord<>(Topics.EMBEDDINGS, "ann".getBytes(UTF_8), written));
      }
      try (Cluster wrong =
          Cluster.at(broker.bootstrapServers(), broker.clientProperties(), other.url())) {
        PersonCommand command =
            new PersonCommand("1", "ann", CommandKind.RESET, 0L, false, null, false);
        var unused = wrong.serdes().of(PersonCommand.class).encode(Topics.PERSON_COMMANDS, command);
      }

      assertThat(Paffmem.execute(with(broker, other, "topics", "create"))).isNotZero();
      try (Cluster wrong =
          Cluster.at(broker.bootstrapServers(), broker.clientProperties(), other.url())) {
        assertThat(wrong.serdes().subjects()).containsExactly("person-commands-value");
        assertThat(wrong.lostSchemas().orElseThrow()).contains("embeddings=[77]");
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> letter(
      String person, String stage, String reason, String topic, long timestamp) {
    byte[] key = person.getBytes(UTF_8);
    byte[] value = (person + "'s").getBytes(UTF_8);
    var headers = new RecordHeaders().add("trace", HexFormat.of().parseHex("0a"));
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            topic,
            0,
            7,
            timestamp,
            TimestampType.CREATE_TIME,
            key.length,
            value.length,
            key,
            value,
            headers,
            Optional.empty());
    return DeadLetters.of(source, stage, reason);
  }

  private static void send(Cluster cluster, ProducerRecord<byte[], byte[]> record)
      throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused = producer.send(record).get();
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Cluster cluster, String topic) {
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(found -> new TopicPartition(topic, found.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static String out(String[] command) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      assertThat(Paffmem.execute(command)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8);
  }

  private static String[] with(EmbeddedBroker broker, RegistryServer registry, String... command) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.addAll(
        List.of(
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--schema-registry",
            registry.url(),
            "--kafka-settings",
            broker.clientSettings().toString()));
    return all.toArray(String[]::new);
  }
}
