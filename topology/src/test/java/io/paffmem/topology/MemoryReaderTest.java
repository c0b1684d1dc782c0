package io.paffmem.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.SettingsRow;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.store.MemoryReader;
import io.paffmem.topology.store.StoredMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MemoryReaderTest {
  private static final int PARTITIONS = 2;

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  /** The changelog of a stream of one partition, its persons dealt out to two. */
  private final List<List<TestRecord<byte[], byte[]>>> changelog =
      List.of(new ArrayList<>(), new ArrayList<>());

  @Test
  void person_isAsTheStoreHasThem() {
    stream.seeded("ann", "s");
    stream.seeded("bob", "s");
    stream.frame("bob", "s", 3);
    collect("ann", "bob");

    StoredMemory bob = reader().person(PersonHasher.plain(), "bob").orElseThrow();

    assertThat(bob.person()).isEqualTo(PersonHasher.plain().of("bob"));
    assertThat(bob.digest()).isEqualTo(stream.digest("bob"));
    assertThat(bob.neurons()).isEqualTo(stream.memory("bob").size());
    assertThat(bob.modelVersion()).isEqualTo(StreamHarness.MODEL);
    assertThat(bob.seededFrames()).isEqualTo(3);
    assertThat(bob.framesPerceived()).isEqualTo(4);
    assertThat(bob.damage()).isNull();
    assertThat(reader().person(PersonHasher.plain(), "cid")).isEmpty();
  }

  @Test
  void everyone_isThereOnce_withWaitingFrames() {
    stream.seeded("ann", "s");
    stream.frame("bob", "s", 0);
    stream.command("c", "bob", CommandKind.RESET, 0);
    stream.frame("bob", "s", 1);
    stream.seeded("cid", "s");
    stream.command("d", "cid", CommandKind.FORGET, 0);
    collect("ann", "bob", "cid");
    Map<PersonHash, StoredMemory> found = new HashMap<>();
    Map<PersonHash, StoredMemory> headers = new HashMap<>();

    reader().everyone(each -> assertThat(found.put(each.person(), each)).isNull());
    reader().headers(each -> headers.put(each.person(), each));

    assertThat(found)
        .containsOnlyKeys(
            PersonHasher.plain().of("ann"),
            PersonHasher.plain().of("bob"),
            PersonHasher.plain().of("cid"));
    assertThat(of(found, "ann").digest()).isEqualTo(stream.digest("ann"));
    assertThat(of(found, "bob").waitingFrames()).isEqualTo(2);
    assertThat(of(found, "cid").neurons()).isZero();
    assertThat(of(found, "cid").generation()).isEqualTo(1);
    assertThat(headers).containsOnlyKeys(found.keySet());
    assertThat(of(headers, "ann").memory()).isNull();
    assertThat(of(headers, "ann").neurons()).isEqualTo(of(found, "ann").neurons());
  }

  @Test
  void rowsBehindTheEnd_areOfATransactionThatIsOpen_andLeftOut() {
    stream.seeded("ann", "s");
    collect("ann");
    String committed = stream.digest("ann");
    int end = changelog.get(partition("ann")).size();
    stream.frame("ann", "s", 3);
    collect("ann");
    assertThat(stream.digest("ann")).isNotEqualTo(committed);

    assertThat(reader(end).person(PersonHasher.plain(), "ann").orElseThrow().digest())
        .isEqualTo(committed);
  }

  @Test
  void damagedRows_areSaid_andCostNobodyElse() {
    stream.seeded("ann", "s");
    collect("ann");
    byte[] key = RowKeys.neuron(PersonHasher.plain().of("ann"), 0).get();
    List<TestRecord<byte[], byte[]>> own = changelog.get(partition("ann"));
    own.add(new TestRecord<>(key, new byte[] {2, 1, 1, 1, 1, 1}));
    assertThat(reader().person(PersonHasher.plain(), "ann").orElseThrow().damage())
        .isEqualTo("neuron whose checksum does not hold");

    own.add(new TestRecord<>(key, null));
    assertThat(reader().person(PersonHasher.plain(), "ann").orElseThrow().damage())
        .matches("\\d+ of \\d+ neurons");

    own.add(new TestRecord<>(RowKeys.header(PersonHasher.plain().of("ann")).get(), new byte[] {2}));
    assertThat(reader().person(PersonHasher.plain(), "ann").orElseThrow().damage())
        .startsWith("header");
  }

  @Test
  void settings_areThoseOfThePersonsPartition_orElseOfAnyOther() {
    StoredSettings before = new StoredSettings("pk-0", 3, Map.of(), "");
    StoredSettings since = new StoredSettings("pk-1", 3, Map.of(), "");
    int own = partition("ann");
    changelog.get(1 - own).add(settingsRow(before));
    assertThat(MemoryReader.settings(consumer(null), "ann")).contains(before);
    assertThat(reader().settings("ann")).isEmpty();

    changelog.get(own).add(settingsRow(since));

    assertThat(MemoryReader.settings(consumer(null), "ann")).contains(since);
    assertThat(reader().settings("ann")).contains(since);
    String other =
        IntStream.range(0, 100)
            .mapToObj(n -> "p" + n)
            .filter(p -> partition(p) != own)
            .findFirst()
            .orElseThrow();
    assertThat(MemoryReader.settings(consumer(null), other)).contains(before);
    assertThat(reader().settings(other)).contains(before);
  }

  @Test
  void person_askedByAnotherKey_isRefusedAndNotUnknown() {
    stream.seeded("bob", "s");
    collect("bob");

    assertThatThrownBy(() -> reader().person(PersonHasher.keyed(new byte[32]), "bob"))
        .isInstanceOf(StoredMemoryException.class)
        .hasMessageContaining("people are kept here without a secret")
        .hasMessageContaining("--secret FILE");
  }

  private static TestRecord<byte[], byte[]> settingsRow(StoredSettings settings) {
    return new TestRecord<>(RowKeys.settings().get(), SettingsRow.write(settings));
  }

  @Test
  void noChangelog_isSaid() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    assertThatThrownBy(() -> new MemoryReader(consumer))
        .isInstanceOf(StoredMemoryException.class)
        .hasMessageContaining(MemoryReader.TOPIC)
        .hasMessageContaining("is this the right broker?");
  }

  private static StoredMemory of(Map<PersonHash, StoredMemory> persons, String person) {
    return requireNonNull(persons.get(PersonHasher.plain().of(person)));
  }

  /** Takes what was written to the changelog since the last look. */
  private void collect(String... persons) {
    for (TestRecord<byte[], byte[]> row : stream.read(Names.CHANGELOG)) {
      if (Bytes.wrap(row.key()).equals(RowKeys.settings())) {
        changelog.forEach(rows -> rows.add(row)); // each partition has them
      }
      PersonHash owner = RowKeys.person(Bytes.wrap(row.key()));
      for (String person : persons) {
        if (PersonHasher.plain().of(person).equals(owner)) {
          changelog.get(partition(person)).add(row);
        }
      }
    }
  }

  private static int partition(String person) {
    return PersonKey.partition(PersonKey.bytes(person), PARTITIONS);
  }

  private MemoryReader reader() {
    return reader(null);
  }

  private MemoryReader reader(@Nullable Integer end) {
    return new MemoryReader(consumer(end));
  }

  private MockConsumer<byte[], byte[]> consumer(@Nullable Integer end) {
    Node node = new Node(0, "here", 1);
    Node[] nodes = {node};
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized void assign(Collection<TopicPartition> partitions) {
            super.assign(partitions);
            for (TopicPartition partition : partitions) {
              List<TestRecord<byte[], byte[]>> rows = changelog.get(partition.partition());
              schedulePollTask(
                  () -> {
                    for (int offset = 0; offset < rows.size(); offset++) {
                      addRecord(
                          new ConsumerRecord<>(
                              partition.topic(),
                              partition.partition(),
                              offset,
                              rows.get(offset).key(),
                              rows.get(offset).value()));
                    }
                  });
            }
          }
        };
    List<PartitionInfo> infos = new ArrayList<>();
    for (int p = 0; p < PARTITIONS; p++) {
      TopicPartition partition = new TopicPartition(MemoryReader.TOPIC, p);
      infos.add(new PartitionInfo(partition.topic(), p, node, nodes, nodes));
      consumer.updateBeginningOffsets(Map.of(partition, 0L));
      long rows = changelog.get(p).size();
      consumer.updateEndOffsets(Map.of(partition, end == null ? rows : Math.min(rows, end)));
    }
    consumer.updatePartitions(MemoryReader.TOPIC, infos);
    return consumer;
  }
}
