package io.paffmem.topology;

import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Writes many memories straight into the changelog of a store, from which the stream restores them
 * at its next start: far quicker than imports, one by one, and for a new cluster only. No instance
 * may run meanwhile, and none may have kept a store, or it would not read what comes.
 */
public final class BulkLoader {
  private final Producer<byte[], byte[]> producer;
  private final TopologyConfig config;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Writes what the memories are made with.
   *
   * @param producer stays the caller's
   * @param config of the stream that is to use them
   */
  public BulkLoader(Producer<byte[], byte[]> producer, TopologyConfig config) {
    this.producer = producer;
    this.config = config;
    byte[] settings = Rows.settings(StoredSettings.of(config));
    for (int partition = 0; partition < config.partitions(); partition++) {
      put(partition, RowKeys.settings(), settings);
    }
  }

  /**
   * Writes one person's memory, as if its seeding were complete. Returns the bytes of its rows.
   *
   * @param framesPerceived frames that it recognised and learnt from
   */
  public long load(String personId, MemoryState memory, long framesPerceived) {
    byte[] key = personId.getBytes(StandardCharsets.UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(key)) % config.partitions();
    PersonHash person = PersonHash.of(personId);
    PersonHeader header = new PersonHeader();
    header.modelVersion = config.modelVersion();
    header.seeded = config.seedingFrames();
    header.framesPerceived = framesPerceived;
    Journal journal = new Journal();
    journal.beginWith(memory);
    long bytes =
        put(partition, RowKeys.header(person), Rows.header(header, journal, memory.course()));
    for (int slot = 0; slot < memory.size(); slot++) {
      Bytes row = RowKeys.neuron(person, memory.neuronId(slot));
      bytes += put(partition, row, Rows.neuron(memory, slot));
    }
    return bytes;
  }

  /**
   * Waits until the broker has everything.
   *
   * @throws StoredMemoryException if it did not take something
   */
  public void finish() {
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw new StoredMemoryException("the broker did not take the memories", problem);
    }
  }

  private long put(int partition, Bytes key, byte[] row) {
    var unused =
        producer.send(
            new ProducerRecord<>(Names.CHANGELOG, partition, key.get(), row),
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
    return (long) key.get().length + row.length;
  }
}
