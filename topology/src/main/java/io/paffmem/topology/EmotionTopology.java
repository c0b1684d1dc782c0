package io.paffmem.topology;

import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Topics;
import io.paffmem.topology.config.Changelog;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.store.CacheBudget;
import io.paffmem.topology.task.MemoryQueries;
import io.paffmem.topology.task.RecognizeEmotion;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stream as a value, from top to bottom as it flows:
 *
 * <pre>
 *   embeddings   seeds   person-commands, memory-imports, teachings
 *        └─────────┼────────────┘
 *          recognize-emotion ── affective-memories (RocksDB, changelog)
 *        ┌─────────┼────────────┬─────────────┬──────────────┐
 *    emotions  seed-requests  seeds    person-receipts  dead-letters
 *                                      person-blocks
 * </pre>
 *
 * <p>{@code seeds} is read and written: what the clock has to say is written there as a refusal and
 * takes effect when it is read. A record found in the wrong partition goes back to its own topic.
 */
public final class EmotionTopology implements Supplier<Topology> {
  private final TopologyConfig config;
  private final AvroSerdes serdes;
  private final MemoryQueries queries;
  private final Counters counters;
  private final Deserializer<byte[]> reading = new ByteArrayDeserializer();
  private final Serializer<byte[]> writing = new ByteArraySerializer();

  /** A topology whose tasks answer those queries, and count there. */
  EmotionTopology(
      TopologyConfig config, AvroSerdes serdes, MemoryQueries queries, Counters counters) {
    this.config = config;
    this.serdes = serdes;
    this.queries = queries;
    this.counters = counters;
  }

  @Override
  public Topology get() {
    Topology topology = new Topology();
    CacheBudget cacheBudget = new CacheBudget(config.cacheBytes());
    source(topology, Names.READ_EMBEDDINGS, Topics.EMBEDDINGS);
    source(topology, Names.READ_SEEDS, Topics.SEEDS);
    source(topology, Names.READ_COMMANDS, Topics.PERSON_COMMANDS);
    source(topology, Names.READ_IMPORTS, Topics.MEMORY_IMPORTS);
    source(topology, Names.READ_TEACHINGS, Topics.TEACHINGS);

    topology.addProcessor(
        Names.RECOGNIZE_EMOTION,
        () -> new RecognizeEmotion(config, serdes, queries, cacheBudget, counters),
        Names.READ_EMBEDDINGS,
        Names.READ_SEEDS,
        Names.READ_COMMANDS,
        Names.READ_IMPORTS,
        Names.READ_TEACHINGS);
    topology.addStateStore(memories(), Names.RECOGNIZE_EMOTION);

    sink(topology, Names.WRITE_EMOTIONS, Topics.EMOTIONS);
    sink(topology, Names.WRITE_SEED_REQUESTS, Topics.SEED_REQUESTS);
    sink(topology, Names.WRITE_SEEDS, Topics.SEEDS);
    sink(topology, Names.WRITE_RECEIPTS, Topics.PERSON_RECEIPTS);
    sink(topology, Names.WRITE_BLOCKS, Topics.PERSON_BLOCKS);
    sink(topology, Names.WRITE_DEAD_LETTERS, Topics.DEAD_LETTERS);
    sink(topology, Names.RESEND_EMBEDDINGS, Topics.EMBEDDINGS);
    sink(topology, Names.RESEND_COMMANDS, Topics.PERSON_COMMANDS);
    sink(topology, Names.RESEND_IMPORTS, Topics.MEMORY_IMPORTS);
    sink(topology, Names.RESEND_TEACHINGS, Topics.TEACHINGS);
    return topology;
  }

  private void source(Topology topology, String name, String topic) {
    topology.addSource(name, reading, reading, topic);
  }

  private void sink(Topology topology, String name, String topic) {
    topology.addSink(name, topic, writing, writing, Names.RECOGNIZE_EMOTION);
  }

  /**
   * Rows are written as they change. The store's own cache would merge what frames of one person
   * write between two commits; at 25 frames a second that is next to nothing, and every scan would
   * pay for looking there too.
   */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> memories() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(Names.STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Changelog.TOPIC_CONFIG);
  }
}
