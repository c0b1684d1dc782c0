package io.paffmem.topology.store;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.format.MalformedRowException;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.SettingsRow;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import java.time.Duration;
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

  /**
   * What a broker's topology worked with where a person is, or else anywhere; empty where none has
   * worked yet.
   */
  public static Optional<StoredSettings> settings(
      Consumer<byte[], byte[]> consumer, String personId) {
    List<PartitionInfo> found = consumer.partitionsFor(TOPIC);
    if (found == null || found.isEmpty()) {
      return Optional.empty();
    }
    MemoryReader reader = new MemoryReader(consumer);
    return reader
        .settings(personId)
        .or(
            () ->
                reader.partitions.stream()
                    .flatMap(partition -> reader.settings(partition).stream())
                    .findFirst());
  }

  /**
   * What a person's memory is made with: each partition says it for itself, and one of which nobody
   * came since may be behind. Empty where no topology has worked yet.
   */
  public Optional<StoredSettings> settings(String personId) {
    return settings(partition(personId));
  }

  private Optional<StoredSettings> settings(TopicPartition partition) {
    return settings(read(partition, RowKeys.settings()::equals).get(RowKeys.NOBODY));
  }

  private TopicPartition partition(String personId) {
    return partitions.get(PersonKey.partition(PersonKey.bytes(personId), partitions.size()));
  }

  /** Empty if they are damaged: the topology writes them again at its next start. */
  private static Optional<StoredSettings> settings(@Nullable NavigableMap<Bytes, byte[]> nobodys) {
    byte[] row = nobodys == null ? null : nobodys.get(RowKeys.settings());
    if (row == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(SettingsRow.read(row));
    } catch (MalformedRowException e) {
      return Optional.empty();
    } catch (IllegalStateException e) {
      throw new StoredMemoryException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * One person with their neurons; empty if nothing is stored of them.
   *
   * @throws StoredMemoryException if people are kept by another key
   */
  public Optional<StoredMemory> person(PersonHasher hasher, String personId) {
    PersonHash person = hasher.of(personId);
    Map<PersonHash, NavigableMap<Bytes, byte[]>> rows =
        read(
            partition(personId),
            k -> RowKeys.person(k).equals(person) || k.equals(RowKeys.settings()));
    settings(rows.get(RowKeys.NOBODY))
        .ifPresent(settings -> settings.checkFoundBy(hasher.fingerprint()));
    return Optional.ofNullable(rows.get(person))
        .flatMap(own -> StoredRows.decode(person, own, true));
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
                      || RowKeys.kind(key) == RowKeys.HEADER
                      || RowKeys.kind(key) == RowKeys.WAITING);
      persons.forEach(
          (person, rows) -> StoredRows.decode(person, rows, withNeurons).ifPresent(each));
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
    if (!RowKeys.isTold(key) || !wanted.test(key)) {
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
}
