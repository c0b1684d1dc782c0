package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.memory.SeedingPolicy;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.person.Person;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Seeding of frames that differ: of the first ten, three at most, farther apart than 0.5. */
class ByNeedTest {
  private static final int FRAMES = 10;
  private static final TopologyConfig CONFIG =
      StreamHarness.config().toBuilder()
          .seedingFrames(FRAMES)
          .seeding(new SeedingPolicy.ByNeed(0.5f, 3))
          .build();

  @AutoClose private final StreamHarness stream = new StreamHarness(CONFIG);
  private final List<SeedRequest> asked = new ArrayList<>();
  private int next;

  @Test
  void framesThatWait_onlyThoseThatDifferAsk_allAtOnce() {
    frames(0, 0.1f, 0.8f, 0.7f, 0.05f, -0.8f, -0.1f);

    assertThat(requested()).containsExactly(0L, 2L, 5L);
    assertThat(stream.emotions()).isEmpty();
  }

  @Test
  void answersOfAll_theMemoryIsDone_andAnswersThoseThatWaited() {
    frames(0, 0.1f, 0.8f, -0.8f);
    requested();
    answerAll();

    List<Emotion> events = stream.emotions();
    assertThat(events).extracting(Emotion::getSource).containsOnly(MEMORY).hasSize(4);
    assertThat(events).extracting(Emotion::getFramesToSeed).containsExactly(9, 8, 7, 0);
    Person ann = stream.load("ann");
    assertThat(ann.header().seeded()).isEqualTo(FRAMES);
    assertThat(ann.header().seeding().views()).isEmpty();
    assertThat(stream.rows("ann")).isEqualTo(3 + ann.memory().size());
  }

  @Test
  void personWhoHoldsStill_isSeededOnce_andDoneAfterTheFirstFrames() {
    for (int i = 0; i < FRAMES + 2; i++) {
      frames(0.01f * i);
      requested();
      answerAll();
    }

    assertThat(next).isEqualTo(FRAMES + 2);
    List<Emotion> events = stream.emotions();
    assertThat(events)
        .extracting(Emotion::getFramesToSeed)
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0);
    assertThat(asked).isEmpty();
    assertThat(stream.load("ann").header().seeded()).isEqualTo(FRAMES);
  }

  @Test
  void views_afterARestart_areStillKnown() {
    frames(0, 0.8f);
    requested();
    answerAll();
    stream.restart();

    frames(0.1f, 0.75f, -0.75f, 0.8f);

    assertThat(requested()).containsExactly(4L);
    assertThat(stream.load("ann").header().seeding().views()).hasSize(2);
  }

  @Test
  void refusedView_theNextFrameLikeItTakesItsPlace_othersKeepTheirs() {
    frames(0, 0.1f, 0.8f, 0.05f);
    assertThat(requested()).containsExactly(0L, 2L);

    refuse(asked.remove(0));

    assertThat(requested()).containsExactly(1L);
    answerAll();
    assertThat(stream.emotions())
        .extracting(Emotion::getSource)
        .containsExactly(PRIOR, MEMORY, MEMORY, MEMORY);
  }

  @Test
  void allFirstFramesRefused_seedingBeginsAgain() {
    for (int i = 0; i < FRAMES; i++) {
      frames(0.8f * (i % 3 - 1));
      requested();
      while (!asked.isEmpty()) {
        refuse(asked.remove(0));
      }
    }
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsOnly(PRIOR);
    frames(0.4f);

    assertThat(requested()).containsExactly((long) FRAMES);
    answerAll();
    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getSource()).isEqualTo(MEMORY))
        .satisfies(event -> assertThat(event.getFramesToSeed()).isEqualTo(FRAMES - 1));
  }

  @Test
  void firstFramesAllLookedAt_theLastAnswerStillComes_isTrainedOn() {
    stream.restart(CONFIG.toBuilder().waitingLimit(java.time.Duration.ZERO).build());
    for (int i = 0; i < FRAMES + 1; i++) {
      frames(i < 5 ? 0 : 0.8f);
    }
    assertThat(requested()).containsExactly(0L, 5L);
    assertThat(stream.emotions()).extracting(Emotion::getFramesToSeed).endsWith(1, 1);

    answerAll();
    frames(0.8f);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getSource()).isEqualTo(MEMORY))
        .satisfies(event -> assertThat(event.getFramesToSeed()).isZero());
  }

  private void frames(float... places) {
    for (float place : places) {
      Embedding embedding =
          new Embedding(
              new FrameIdentity("ann", "s", (long) next),
              1000L + next,
              FloatVectors.pack(new float[] {place, 0, 0, 0}),
              new Affect(0f, 0f),
              StreamHarness.MODEL,
              null,
              null,
              null,
              null);
      stream.embedding(embedding, StreamHarness.START.toEpochMilli() + next);
      next++;
    }
  }

  /** Sequences of the frames that asked since the last look. */
  private List<Long> requested() {
    List<SeedRequest> requests = stream.requests();
    asked.addAll(requests);
    return requests.stream().map(request -> request.getIdentity().getSequence()).toList();
  }

  private void answerAll() {
    while (!asked.isEmpty()) {
      Seeds seeds = StreamHarness.imagine(asked.remove(0));
      stream.seeds(seeds);
    }
  }

  private void refuse(SeedRequest request) {
    stream.seeds(StreamHarness.refuse(request, "internal_error"));
  }
}
