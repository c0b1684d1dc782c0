package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.task.IngestTime;
import io.paffmem.topology.task.QueryAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void topologyConfig_standard_isTheSettledOne() {
    TopologyConfig config = TopologyConfig.standard("pk", 4);

    assertThat(config)
        .isEqualTo(
            new TopologyConfig(
                "pk",
                25,
                new SeedingPolicy.ByNeed(0.5f, 7),
                "chebyshev-36",
                MemoryConfig.standard(),
                null,
                10_000,
                192 << 20,
                4,
                null,
                null,
                GuardConfig.standard(),
                PersonHasher.plain()));
    assertThat(config.latentSize()).isEqualTo(50);
  }

  @Test
  void topologyConfig_severalProblems_namesThemAll() {
    assertThatThrownBy(
            () ->
                TopologyConfig.standard("pk", 4).toBuilder()
                    .modelVersion(" ")
                    .layout("")
                    .seedingFrames(0)
                    .waitingLimit(Duration.ofMillis(-1))
                    .queueBound(0)
                    .cacheBytes(-1)
                    .partitions(0)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("modelVersion is blank")
        .hasMessageContaining("layout is blank")
        .hasMessageContaining("seedingFrames = 0 (at least 1 allowed)")
        .hasMessageContaining("waitingLimit = PT-0.001S")
        .hasMessageContaining("queueBound = 0")
        .hasMessageContaining("cacheBytes = -1")
        .hasMessageContaining("partitions = 0");
  }

  @Test
  void streamSettings_severalProblems_namesThemAll() {
    assertThatThrownBy(() -> new StreamSettings("", folder, 0, -1, 0, 1, "http://here", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bootstrapServers is blank")
        .hasMessageContaining("threads = 0")
        .hasMessageContaining("standbys = -1")
        .hasMessageContaining("commitMillis = 0 (1 to 5999 allowed)")
        .hasMessageContaining("rocksDbBytes = 1")
        .hasMessageContaining("advertised = http://here (host:port)");
  }

  @Test
  void streamSettings_areExactlyOnceAndQuick() {
    StreamsConfig config =
        new StreamsConfig(
            StreamSettings.standard("here:9092", folder).toBuilder()
                .clientProperties(
                    Map.of("security.protocol", "SSL", "processing.guarantee", "at_least_once"))
                .commitMillis(7)
                .standbys(1)
                .build()
                .toProperties());

    assertThat(config.getString(StreamsConfig.SECURITY_PROTOCOL_CONFIG)).isEqualTo("SSL");
    assertThat(config.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("paffmem-topology");
    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
    assertThat(config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG)).isEqualTo("classic");
    assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(7);
    assertThat(config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(1);
    assertThat(config.getClass(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG))
        .isEqualTo(IngestTime.class);
    assertThat(config.getString(StreamsConfig.STATE_DIR_CONFIG)).isEqualTo(folder.toString());
  }

  @Test
  void rocksDbMemory_isHandedToTheStores() {
    try (RocksDbMemory memory = new RocksDbMemory(8 << 20)) {
      Properties properties = StreamSettings.standard("nowhere:9092", folder).toProperties();
      properties.put(RocksDbMemory.CONFIG_KEY, memory);
      try (StreamHarness stream =
          new StreamHarness(StreamHarness.config(), AvroSerdes.inMemory(), properties)) {
        stream.seeded("ann", "s");

        assertThat(stream.emotions()).hasSize(3);
        assertThat(memory.pinnedBytes()).isPositive(); // the write buffer is charged to it
      }
    }
  }

  @Test
  void affectiveStream_thatNeverStarted_closes() {
    try (AvroSerdes serdes = AvroSerdes.inMemory();
        AffectiveStream stream =
            new AffectiveStream(
                StreamHarness.config(),
                StreamSettings.standard("127.0.0.1:1", folder).toBuilder().threads(2).build(),
                serdes)) {
      assertThat(stream.state()).isEqualTo(KafkaStreams.State.CREATED);
      assertThat(stream.activeTasks()).isZero();
      assertThat(stream.failure()).isEmpty();
      assertThat(stream.counts()).containsEntry("frames-in", 0L).containsEntry("misrouted", 0L);
      assertThat(stream.memory("ann")).isInstanceOf(QueryAnswer.Unavailable.class);
    }
  }
}
