package io.paffmem.topology;

import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonKey;
import java.util.List;
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
    byte[] settings = Rows.settings(StoredSettings.of(config));
    for (int partition = 0; partition < config.partitions(); partition++) {
      put(partition, RowKeys.settings(), settings);
    }
  }

  /**
   * Writes one person's memory, as if its seeding were complete. Returns the bytes of its rows.
   *
   * @param framesPerceived frames that it recognised and learnt from, the last ones among them
   * @param lastFrameMillis when the last frame was ingested, for the limit to idleness
   * @param learntSince z of faces that it is to learn first, at most 64; as the stream itself keeps
   *     those of the last frames
   * @param priors what the PK reads from each of them: arousal, valence
   */
  public long load(
      String personId,
      MemoryState memory,
      long framesPerceived,
      long lastFrameMillis,
      List<float[]> learntSince,
      List<float[]> priors) {
    if (learntSince.size() > Journal.MOST || learntSince.size() != priors.size()) {
      throw new IllegalArgumentException(
          "%d faces, %d readings (as many, at most %d, allowed)"
              .formatted(learntSince.size(), priors.size(), Journal.MOST));
    }
    int partition = PersonKey.partition(PersonKey.bytes(personId), config.partitions());
    PersonHash person = PersonHash.of(personId);
    PersonHeader header = new PersonHeader();
    header.modelVersion = config.modelVersion();
    header.seeded = config.seedingFrames();
    header.framesPerceived = framesPerceived;
    header.lastFrameMillis = lastFrameMillis;
    Journal journal = new Journal();
    journal.beginWith(memory);
    journal.restore(learntSince.size());
    long bytes =
        put(partition, RowKeys.header(person), Rows.header(header, journal, memory.course()));
    for (int slot = 0; slot < memory.size(); slot++) {
      Bytes row = RowKeys.neuron(person, memory.neuronId(slot));
      bytes += put(partition, row, Rows.neuron(memory, slot));
    }
    for (int place = 0; place < learntSince.size(); place++) {
      float[] prior = priors.get(place);
      Journal.Face face = new Journal.Face(learntSince.get(place), prior[0], prior[1]);
      bytes += put(partition, RowKeys.journal(person, place), Rows.journal(face));
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
