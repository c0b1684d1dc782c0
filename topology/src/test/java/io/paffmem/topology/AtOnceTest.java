package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Frames that do not wait for seeds: the PK answers until the memory can. */
class AtOnceTest {
  private static final TopologyConfig CONFIG =
      StreamHarness.config().toBuilder().waitingLimit(Duration.ZERO).build();

  @AutoClose private final StreamHarness stream = new StreamHarness(CONFIG);

  @Test
  void framesOfANewcomer_areThePriorsAtOnce_withFramesToGo_andAskAllTheSame() {
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
    }

    List<Emotion> events = stream.emotions();
    assertThat(events).extracting(Emotion::getSource).containsOnly(PRIOR).hasSize(5);
    assertThat(events).extracting(Emotion::getFramesToSeed).containsOnly(3);
    assertThat(stream.requests()).hasSize(3);
    List<Seeds> written = stream.writtenSeeds();
    assertThat(written)
        .extracting(seeds -> ((SeedRefusal) seeds.getOutcome()).getReason())
        .containsOnly("at_once")
        .hasSize(5);
    assertThat(stream.load("ann").waitingFrames()).isZero();
    assertThat(stream.count(Count.REFUSED_FRAMES)).isEqualTo(5);
    assertThat(stream.count(Count.REFUSED_SEEDS)).isZero();
  }

  @Test
  void memory_answersFromTheNextFrameOn_withOneFrameSeeded() {
    stream.frame("ann", "s", 0);
    stream.answer("ann", "s", 0, 0);
    stream.frame("ann", "s", 1);
    stream.frame("ann", "s", 2);

    List<Emotion> events = stream.emotions();
    assertThat(events).extracting(Emotion::getSource).containsExactly(PRIOR, MEMORY, MEMORY);
    assertThat(events).extracting(Emotion::getFramesToSeed).containsExactly(3, 2, 2);
  }

  @Test
  void seededMemory_writesNoRefusals() {
    for (int sequence = 0; sequence < 3; sequence++) {
      stream.frame("ann", "s", sequence);
      stream.answer("ann", "s", sequence, 0);
    }
    stream.writtenSeeds();

    stream.frame("ann", "s", 3);
    stream.frame("ann", "s", 4);

    assertThat(stream.emotions()).extracting(Emotion::getFramesToSeed).endsWith(0, 0);
    assertThat(stream.read(Topics.SEEDS)).isEmpty();
  }

  @Test
  void framesThatWaitedUnderAnotherLimit_areAnsweredAtTheStart() {
    stream.restart(StreamHarness.config());
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    assertThat(stream.emotions()).isEmpty();
    stream.restart(CONFIG);

    stream.advance(Duration.ofSeconds(1));

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR, PRIOR);
  }
}
