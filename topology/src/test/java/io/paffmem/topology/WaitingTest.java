package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.Seeds;
import java.time.Duration;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  @Test
  void overdueFrames_areRefusedThroughTheSeedsTopic_onceEach() {
    try (StreamHarness stream = live()) {
      stream.frame("ann", "s", 0);
      stream.advance(Duration.ofMillis(500));
      stream.frame("ann", "s", 1);
      stream.advance(Duration.ofMillis(400));
      assertThat(stream.writtenSeeds()).isEmpty();

      stream.advance(Duration.ofMillis(300)); // 0 waits for 1.2 s, 1 for 0.7 s

      Seeds refusal = assertThat(stream.writtenSeeds()).singleElement().actual();
      assertThat(refusal.getIdentity().getSequence()).isZero();
      assertThat(((SeedRefusal) refusal.getOutcome()).getReason()).isEqualTo("timed_out");
      assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
      stream.advance(Duration.ofSeconds(5));
      assertThat(stream.writtenSeeds())
          .extracting(s -> s.getIdentity().getSequence())
          .containsExactly(1L);
      assertThat(stream.load("ann").waitingFrames()).isZero();
    }
  }

  @Test
  void refusals_bearTheTimestampAndGenerationOfTheFrame() {
    try (StreamHarness stream = live()) {
      stream.command("r", "ann", CommandKind.RESET, 0);
      stream.frame("ann", "s", 5);
      stream.advance(Duration.ofSeconds(2));

      TestRecord<byte[], byte[]> refusal = stream.read(Topics.SEEDS).get(0);
      assertThat(refusal.timestamp()).isEqualTo(StreamHarness.START.toEpochMilli() + 5);
      assertThat(stream.emotions()).hasSize(1);
      assertThat(stream.load("ann").header().generation()).isEqualTo(1);
    }
  }

  @Test
  void answerAfterTheTimeOut_stillTrainsTheMemory() {
    try (StreamHarness stream = live()) {
      stream.frame("ann", "s", 0);
      stream.advance(Duration.ofSeconds(2));
      stream.answer("ann", "s", 0, 0);
      stream.frame("ann", "s", 1);
      stream.answer("ann", "s", 1, 0);

      assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR, MEMORY);
      assertThat(stream.load("ann").header().seeded()).isEqualTo(2);
    }
  }

  @Test
  void waitingFrames_areFoundAgainAfterARestart() {
    try (StreamHarness stream = live()) {
      stream.frame("ann", "s", 0);
      stream.restart();

      stream.advance(Duration.ofSeconds(2));

      assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
    }
  }

  @Test
  void withoutALimit_framesWaitForEver() {
    try (StreamHarness stream = new StreamHarness(StreamHarness.config())) {
      stream.frame("ann", "s", 0);
      stream.advance(Duration.ofDays(30));

      assertThat(stream.writtenSeeds()).isEmpty();
      assertThat(stream.emotions()).isEmpty();
    }
  }

  @Test
  void fullQueue_refusesTheOldestUnanswered() {
    try (StreamHarness stream =
        new StreamHarness(StreamHarness.config().toBuilder().queueBound(4).build())) {
      stream.frame("ann", "s", 0);
      stream.frame("ann", "s", 1);
      stream.answer("ann", "s", 1, 0);
      for (int sequence = 2; sequence < 5; sequence++) {
        stream.frame("ann", "s", sequence);
      }

      Seeds refusal = assertThat(stream.writtenSeeds()).singleElement().actual();
      assertThat(refusal.getIdentity().getSequence()).isZero();
      assertThat(((SeedRefusal) refusal.getOutcome()).getReason()).isEqualTo("queue_full");
      assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR, MEMORY);
      assertThat(stream.load("ann").waitingFrames()).isEqualTo(3);
    }
  }

  @Test
  void manyPeopleWait_afterAStart_aTickTakesSomeOfThem_andAllHaveTheirTurn() {
    int people = 450;
    Duration tick = Duration.ofMillis(250);
    try (StreamHarness stream = new StreamHarness(StreamHarness.config())) {
      for (int person = 0; person < people; person++) {
        stream.frame("p" + person, "s", 0);
      }
      stream.advance(Duration.ofSeconds(2));
      stream.restart(StreamHarness.config().toBuilder().waitingLimit(LIMIT).build());

      stream.advance(tick);
      assertThat(stream.writtenSeeds()).hasSizeBetween(1, 200);
      for (int ticks = 0; ticks < people; ticks++) { // slow machines take fewer in a tick
        stream.advance(tick);
      }

      assertThat(stream.emotions()).extracting(Emotion::getSource).containsOnly(PRIOR).hasSize(450);
      assertThat(stream.waitingFrames()).isZero();
    }
  }

  private StreamHarness live() {
    return new StreamHarness(StreamHarness.config().toBuilder().waitingLimit(LIMIT).build());
  }
}
