package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.Seeds;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  private static final long NOW = StreamHarness.START.toEpochMilli();

  @TempDir private Path folder;
  private StreamHarness stream;

  @BeforeEach
  void open() {
    stream = new StreamHarness(StreamHarness.config(), folder);
  }

  @AfterEach
  void close() {
    stream.close();
  }

  @Test
  void frameOfAnotherModel_isThePriors_andLeavesTheMemoryAlone() {
    stream.seeded("ann", "s");
    stream.emotions();
    String before = stream.digest("ann");

    stream.embedding(StreamHarness.embedding("ann", "s", 3, "pk-2"), NOW);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getSource()).isEqualTo(PRIOR))
        .satisfies(e -> assertThat(e.getModelVersion()).isEqualTo("pk-2"))
        .satisfies(e -> assertThat(e.getFramesPerceived()).isEqualTo(3));
    assertThat(stream.digest("ann")).isEqualTo(before);
  }

  @Test
  void frameOfAnotherModel_keepsItsPlaceInTheQueue_andAsksNothing() {
    stream.frame("ann", "s", 0);
    stream.embedding(StreamHarness.embedding("ann", "s", 1, "pk-2"), NOW);
    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.requests()).hasSize(1);

    stream.answer("ann", "s", 0, 0);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, PRIOR);
  }

  @Test
  void seedsOfAnotherModel_areIgnored() {
    stream.frame("ann", "s", 0);
    Seeds seeds = StreamHarness.imagine(StreamHarness.requestOf("ann", "s", 0, 0));

    stream.seeds(new Seeds(seeds.getIdentity(), "pk-2", 0, seeds.getOutcome()));

    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.count(Counter.IGNORED_SEEDS)).isEqualTo(1);
  }

  @Test
  void refusal_bearingAnotherModel_releasesTheFrame() {
    stream.frame("ann", "s", 0);

    stream.seeds(
        new Seeds(
            StreamHarness.requestOf("ann", "s", 0, 0).getIdentity(),
            "pk-2",
            0,
            new SeedRefusal("other_model")));

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
  }

  @Test
  void activeModelChanged_memoryBeginsAnewWithItsFirstFrame() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    stream.emotions();
    stream.requests();
    stream.restart(
        new TopologyConfig(
            "pk-2",
            3,
            TopologyConfig.EVEN_200,
            StreamHarness.config().memory(),
            null,
            10,
            1000,
            1));

    stream.embedding(StreamHarness.embedding("ann", "s", 4, "pk-1"), NOW);
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
    assertThat(stream.memory("ann").size()).isGreaterThan(1);
    stream.embedding(StreamHarness.embedding("ann", "s", 5, "pk-2"), NOW);

    assertThat(stream.memory("ann").size()).isZero();
    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getGeneration()).isEqualTo(1))
        .satisfies(r -> assertThat(r.getModelVersion()).isEqualTo("pk-2"));
  }

  @Test
  void activeModelChanged_framesThatStillWaitAreThePriors() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.restart(
        new TopologyConfig(
            "pk-2",
            3,
            TopologyConfig.EVEN_200,
            StreamHarness.config().memory(),
            null,
            10,
            1000,
            1));

    stream.embedding(StreamHarness.embedding("ann", "s", 2, "pk-2"), NOW);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR, PRIOR);
    assertThat(stream.load("ann").waitingFrames()).isEqualTo(1);
  }
}
