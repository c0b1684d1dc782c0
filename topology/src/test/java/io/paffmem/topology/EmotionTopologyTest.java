package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.task.MemoryQueries;
import org.junit.jupiter.api.Test;

class EmotionTopologyTest {
  @Test
  void describe_isTheDiagram() {
    EmotionTopology topology =
        new EmotionTopology(
            StreamHarness.config(),
            AvroSerdes.inMemory(),
            new MemoryQueries(1),
            new Counters(new SimpleMeterRegistry()));

    assertThat(topology.get().describe().toString().strip())
        .isEqualTo(
            """
            Topologies:
               Sub-topology: 0
                Source: read-embeddings (topics: [embeddings])
                  --> recognize-emotion
                Source: read-memory-imports (topics: [memory-imports])
                  --> recognize-emotion
                Source: read-person-commands (topics: [person-commands])
                  --> recognize-emotion
                Source: read-seeds (topics: [seeds])
                  --> recognize-emotion
                Source: read-teachings (topics: [teachings])
                  --> recognize-emotion
                Processor: recognize-emotion (stores: [affective-memories])
                  --> resend-embeddings, resend-memory-imports, resend-person-commands, resend-teachings, write-dead-letters, write-emotions, write-person-blocks, write-person-receipts, write-seed-requests, write-seeds
                  <-- read-embeddings, read-seeds, read-person-commands, read-memory-imports, read-teachings
                Sink: resend-embeddings (topic: embeddings)
                  <-- recognize-emotion
                Sink: resend-memory-imports (topic: memory-imports)
                  <-- recognize-emotion
                Sink: resend-person-commands (topic: person-commands)
                  <-- recognize-emotion
                Sink: resend-teachings (topic: teachings)
                  <-- recognize-emotion
                Sink: write-dead-letters (topic: dead-letters)
                  <-- recognize-emotion
                Sink: write-emotions (topic: emotions)
                  <-- recognize-emotion
                Sink: write-person-blocks (topic: person-blocks)
                  <-- recognize-emotion
                Sink: write-person-receipts (topic: person-receipts)
                  <-- recognize-emotion
                Sink: write-seed-requests (topic: seed-requests)
                  <-- recognize-emotion
                Sink: write-seeds (topic: seeds)
                  <-- recognize-emotion""");
  }

  @Test
  void changelog_hasTheNameOfItsStore() {
    assertThat(Names.CHANGELOG).isEqualTo("paffmem-topology-affective-memories-changelog");
  }
}
