package io.paffmem.topology.store;

import io.paffmem.memory.MemoryState;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonKey;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.HeaderRow;
import io.paffmem.topology.format.NeuronRow;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.SettingsRow;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.format.TaughtRow;
import io.paffmem.topology.person.PersonHeader;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
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
    byte[] settings = SettingsRow.write(StoredSettings.of(config));
    for (int partition = 0; partition < config.partitions(); partition++) {
      put(partition, RowKeys.settings(), settings);
    }
  }

  /**
   * Writes one person's memory, as if its seeding were complete. Returns the bytes of its rows.
   *
   * @param framesPerceived frames that it recognised and learnt from, the last ones among them
   * @param lastFrameMillis when the last frame was ingested, for the limit to idleness
   */
  public long load(
      String personId, MemoryState memory, long framesPerceived, long lastFrameMillis) {
    int partition = PersonKey.partition(PersonKey.bytes(personId), config.partitions());
    PersonHash person = config.hasher().of(personId);
    PersonHeader header =
        PersonHeader.restored(
            0,
            PersonHeader.NO_CUTOFF,
            config.modelVersion(),
            config.seedingFrames(),
            config.seedingFrames(),
            PersonHeader.NO_FRAME,
            framesPerceived,
            0,
            0,
            lastFrameMillis,
            null);
    byte[] row = HeaderRow.write(header, memory);
    long bytes = put(partition, RowKeys.header(person), row);
    for (int slot = 0; slot < memory.size(); slot++) {
      Bytes key = RowKeys.neuron(person, memory.neuronId(slot));
      bytes += put(partition, key, NeuronRow.write(memory, slot));
    }
    for (TaughtMoment moment : memory.taught().moments()) {
      bytes += put(partition, RowKeys.taught(person, moment.id()), TaughtRow.write(moment));
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
