package io.paffmem.topology;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.Rows.HeaderRow;
import io.paffmem.topology.Rows.MalformedRowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads persons' memories from outside the process that owns them: from the changelog of its store,
 * up to the last committed transaction, so never half-way through a frame. It asks nothing of the
 * instances, which may run or not. Memory: the rows of one partition.
 */
public final class MemoryReader {
  /** The changelog, as the broker knows it. */
  public static final String TOPIC = Names.CHANGELOG;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** As their rows are ordered. */
  private static final Comparator<PersonHash> BY_HASH =
      Comparator.comparing(PersonHash::toBytes, Arrays::compareUnsigned);

  /** Whose rows are nobody's. */
  private static final PersonHash NOBODY = RowKeys.person(RowKeys.settings());

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * Looks for the changelog.
   *
   * @param consumer read_committed, without a group, never creating topics; stays the caller's
   * @throws StoredMemoryException if there is none
   */
  public MemoryReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    List<PartitionInfo> found = consumer.partitionsFor(TOPIC);
    if (found == null || found.isEmpty()) {
      throw new StoredMemoryException(
          "there are no memories: the broker has no topic "
              + TOPIC
              + ", which the topology creates when it first starts; is this the right broker?");
    }
    this.partitions =
        found.stream()
            .map(info -> new TopicPartition(TOPIC, info.partition()))
            .sorted((one, other) -> Integer.compare(one.partition(), other.partition()))
            .toList();
  }

  /** What the memories of a broker are made with; empty where no topology has worked yet. */
  public static Optional<StoredSettings> settings(Consumer<byte[], byte[]> consumer) {
    List<PartitionInfo> found = consumer.partitionsFor(TOPIC);
    return found == null || found.isEmpty()
        ? Optional.empty()
        : new MemoryReader(consumer).settings();
  }

  /** What the memories are made with; empty where no topology has worked yet. */
  public Optional<StoredSettings> settings() {
    for (TopicPartition partition : partitions) {
      Optional<StoredSettings> settings =
          settings(read(partition, RowKeys.settings()::equals).get(NOBODY));
      if (settings.isPresent()) {
        return settings;
      }
    }
    return Optional.empty();
  }

  /** Empty if they are damaged: the topology writes them anew at its next start. */
  private static Optional<StoredSettings> settings(@Nullable NavigableMap<Bytes, byte[]> nobodys) {
    byte[] row = nobodys == null ? null : nobodys.get(RowKeys.settings());
    if (row == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Rows.settings(row));
    } catch (MalformedRowException e) {
      return Optional.empty();
    } catch (IllegalStateException e) {
      throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
    }
  }

  /** One person with their neurons; empty if nothing is stored of them. */
  public Optional<StoredMemory> person(String personId) {
    PersonHash person = PersonHash.of(personId);
    byte[] key = personId.getBytes(StandardCharsets.UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
    Map<PersonHash, NavigableMap<Bytes, byte[]>> rows =
        read(
            partitions.get(partition),
            k -> RowKeys.person(k).equals(person) || k.equals(RowKeys.settings()));
    Learning learning = new Learning(settings(rows.get(NOBODY)));
    return Optional.ofNullable(rows.get(person)).flatMap(own -> decode(person, own, learning));
  }

  /** Hands over everyone of whom something is stored, with their neurons. */
  public void everyone(java.util.function.Consumer<StoredMemory> each) {
    everyone(true, each);
  }

  /** Hands over everyone without neurons, which takes far less memory. */
  public void headers(java.util.function.Consumer<StoredMemory> each) {
    everyone(false, each);
  }

  private void everyone(boolean withNeurons, java.util.function.Consumer<StoredMemory> each) {
    for (TopicPartition partition : partitions) {
      Map<PersonHash, NavigableMap<Bytes, byte[]>> persons =
          read(
              partition,
              key ->
                  withNeurons
                      || (RowKeys.kind(key) != RowKeys.NEURON
                          && RowKeys.kind(key) != RowKeys.JOURNAL));
      Learning learning = withNeurons ? new Learning(settings(persons.get(NOBODY))) : null;
      persons.forEach((person, rows) -> decode(person, rows, learning).ifPresent(each));
    }
  }

  /** Learns what stands in journals, by the parameters of their store. */
  private static final class Learning {
    private final Optional<StoredSettings> settings;
    private @Nullable AffectiveMemory memory;

    Learning(Optional<StoredSettings> settings) {
      this.settings = settings;
    }

    void relearn(MemoryState state, List<Journal.Face> faces) throws MalformedRowException {
      if (faces.isEmpty()) {
        return;
      }
      if (memory == null) {
        StoredSettings known =
            settings.orElseThrow(
                () -> new MalformedRowException("the store's parameters cannot be read", null));
        memory = new AffectiveMemory(known.topology(1).memory());
      }
      if (memory.config().dimensions() != state.dimensions()) {
        throw new MalformedRowException(
            "a memory of %d dimensions in a store of %d"
                .formatted(state.dimensions(), memory.config().dimensions()),
            null);
      }
      Journal.relearn(memory, state, faces);
    }
  }

  /** The latest of each row, by person, of the kinds that a {@link StoredMemory} is made of. */
  private Map<PersonHash, NavigableMap<Bytes, byte[]>> read(
      TopicPartition partition, Predicate<Bytes> wanted) {
    Map<PersonHash, NavigableMap<Bytes, byte[]>> persons = new TreeMap<>(BY_HASH);
    consumer.assign(List.of(partition));
    // Of a read_committed consumer this is where the first open transaction begins.
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    consumer.seekToBeginning(List.of(partition));
    long lastNews = System.nanoTime();
    long position = consumer.position(partition);
    while (position < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end && RowKeys.isComplete(record.key())) {
          apply(persons, Bytes.wrap(record.key()), record.value(), wanted);
        }
      }
      long next = consumer.position(partition);
      if (next > position) {
        lastNews = System.nanoTime();
      } else if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
        throw new StoredMemoryException(
            "reading %s stopped at offset %d of %d: the broker has sent nothing for %d s"
                .formatted(partition, next, end, PATIENCE.toSeconds()));
      }
      position = next;
    }
    return persons;
  }

  private static void apply(
      Map<PersonHash, NavigableMap<Bytes, byte[]>> persons,
      Bytes key,
      byte @Nullable [] value,
      Predicate<Bytes> wanted) {
    byte kind = RowKeys.kind(key);
    boolean used =
        kind == RowKeys.HEADER
            || kind == RowKeys.NEURON
            || kind == RowKeys.JOURNAL
            || kind == RowKeys.WAITING
            || kind == RowKeys.FORMER;
    if (!used || !wanted.test(key)) {
      return;
    }
    PersonHash person = RowKeys.person(key);
    if (value != null) {
      persons.computeIfAbsent(person, p -> new TreeMap<>()).put(key, value);
      return;
    }
    NavigableMap<Bytes, byte[]> rows = persons.get(person);
    if (rows != null) {
      rows.remove(key);
      if (rows.isEmpty()) {
        persons.remove(person);
      }
    }
  }

  /**
   * Empty where there is no header, as of the rows that are nobody's.
   *
   * @param learning null where only headers were read
   */
  private static Optional<StoredMemory> decode(
      PersonHash person, NavigableMap<Bytes, byte[]> rows, @Nullable Learning learning) {
    byte[] row = rows.get(RowKeys.header(person));
    if (row == null || person.equals(NOBODY)) {
      return Optional.empty();
    }
    HeaderRow read;
    try {
      read = Rows.header(row);
    } catch (MalformedRowException e) {
      return Optional.of(damaged(person, e));
    } catch (IllegalStateException e) {
      throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
    }
    PersonHeader header = read.header();
    int waiting = 0;
    for (byte[] value :
        rows.subMap(
                RowKeys.firstOf(person, RowKeys.WAITING), RowKeys.lastOf(person, RowKeys.WAITING))
            .values()) {
      waiting += Rows.isQueuedReset(value) ? 0 : 1;
    }
    MemoryState memory = null;
    String damage = null;
    String formerModel = null;
    int neurons = read.neurons();
    if (learning != null) {
      try {
        memory = neurons(person, read, rows, learning);
        neurons = memory.size();
        byte[] former = rows.get(RowKeys.former(person));
        formerModel = former == null ? null : Rows.former(former).modelVersion();
      } catch (MalformedRowException e) {
        damage = e.getMessage();
      } catch (IllegalStateException e) {
        throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
      }
    }
    return Optional.of(
        new StoredMemory(
            person,
            header.modelVersion,
            header.generation,
            header.seeded,
            header.framesPerceived,
            neurons,
            waiting,
            header.lastFrameMillis == PersonHeader.NO_FRAME ? null : header.lastFrameMillis,
            memory,
            formerModel,
            damage));
  }

  private static StoredMemory damaged(PersonHash person, MalformedRowException problem) {
    return new StoredMemory(person, "", 0, 0, 0, 0, 0, null, null, null, problem.getMessage());
  }

  private static MemoryState neurons(
      PersonHash person, HeaderRow header, NavigableMap<Bytes, byte[]> rows, Learning learning)
      throws MalformedRowException {
    NavigableMap<Bytes, byte[]> own = ofKind(person, RowKeys.NEURON, rows);
    NavigableMap<Bytes, byte[]> journal = ofKind(person, RowKeys.JOURNAL, rows);
    if (own.size() != header.neurons() || journal.size() != header.journalFaces()) {
      throw new MalformedRowException(
          "%d of %d neurons, %d of %d faces"
              .formatted(own.size(), header.neurons(), journal.size(), header.journalFaces()),
          null);
    }
    int dimensions = own.isEmpty() ? 1 : Rows.dimensions(own.firstEntry().getValue());
    MemoryLoader loader = new MemoryLoader(dimensions).course(header.course());
    for (Map.Entry<Bytes, byte[]> row : own.entrySet()) {
      ByteBuffer key = RowKeys.own(row.getKey());
      if (key.remaining() != Integer.BYTES) {
        throw new MalformedRowException("key of " + key.remaining() + " bytes", null);
      }
      Rows.neuron(key.getInt(), row.getValue(), loader);
    }
    MemoryState memory =
        loader
            .load(header.nextNeuronId())
            .filter(state -> state.size() > 0 || journal.isEmpty())
            .orElseThrow(() -> new MalformedRowException("neurons that do not fit together", null));
    List<Journal.Face> faces = new ArrayList<>();
    for (byte[] row : journal.values()) {
      faces.add(Rows.journal(row, MemoryConfig.latentSizeOf(dimensions)));
    }
    learning.relearn(memory, faces);
    return memory;
  }

  private static NavigableMap<Bytes, byte[]> ofKind(
      PersonHash person, byte kind, NavigableMap<Bytes, byte[]> rows) {
    return rows.subMap(RowKeys.firstOf(person, kind), true, RowKeys.lastOf(person, kind), false);
  }
}
