package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Faces that their picture shows too badly. */
class UnreadableTest {
  private static final int SEEDING = 3;
  private static final long NOW = StreamHarness.START.toEpochMilli();
  private static final FaceQuality GOOD = new FaceQuality(true, 90f, 0.5f, 0f, 0.9f, null, null);
  private static final FaceQuality SMALL = new FaceQuality(false, 9f, 0.1f, 0f, 0.9f, null, null);
  private static final TopologyConfig CONFIG =
      StreamHarness.config().toBuilder()
          .seedingFrames(SEEDING)
          .guard(GuardConfig.standard().withFirstFrames(5))
          .build();

  @AutoClose private final StreamHarness stream = new StreamHarness(CONFIG);
  private int next;

  @Test
  void unreadable_isAnsweredByThePk_markedCountedAndNotLearnt() {
    seeded();
    String before = stream.digest("ann");
    int rows = stream.rows("ann");

    frame(SMALL);
    frame(SMALL);

    assertThat(stream.emotions())
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.getSource()).isEqualTo(PRIOR);
              assertThat(event.getAffect()).isEqualTo(event.getPrior());
              assertThat(event.getQuality()).isEqualTo(SMALL);
              assertThat(event.getOfPerson()).isNull();
              assertThat(event.getFramesPerceived()).isEqualTo(SEEDING);
            });
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.rows("ann")).isEqualTo(rows + 1); // that the moment cannot be taught
    assertThat(stream.count(Count.EVENTS_UNREADABLE)).isEqualTo(2);
    assertThat(stream.count(Count.EVENTS_STRANGER)).isZero();
  }

  @Test
  void unreadableBeforeTheMemoryIsSeeded_asksForNothing() {
    frame(SMALL);

    assertThat(stream.requests()).isEmpty();
    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getFramesToSeed()).isEqualTo(SEEDING));
    frame(GOOD);
    assertThat(stream.requests()).hasSize(1);
  }

  @Test
  void unreadableBehindFramesThatWait_isAnsweredAfterThem_overARestartToo() {
    frame(GOOD);
    frame(SMALL);
    assertThat(stream.emotions()).isEmpty();
    List<SeedRequest> asked = stream.requests();
    stream.restart(CONFIG);

    asked.stream().map(StreamHarness::imagine).forEach(stream::seeds);

    assertThat(stream.emotions())
        .extracting(event -> event.getIdentity().getSequence(), Emotion::getQuality)
        .containsExactly(tuple(0L, GOOD), tuple(1L, SMALL));
  }

  @Test
  void qualityThatIsNotKnown_countsAsReadable() {
    seeded();

    frame(null);

    assertThat(stream.emotions())
        .extracting(Emotion::getSource, Emotion::getQuality)
        .containsExactly(tuple(MEMORY, null));
  }

  private void seeded() {
    for (int i = 0; i < SEEDING; i++) {
      frame(GOOD);
    }
    answerAll();
    stream.emotions();
  }

  /** With a look of the same person, always. */
  private void frame(@Nullable FaceQuality quality) {
    Embedding face = StreamHarness.embedding("ann", "s", next, StreamHarness.MODEL);
    stream.embedding(
        new Embedding(
            face.getIdentity(),
            face.getCapturedAtMillis(),
            face.getZ(),
            face.getPrior(),
            face.getModelVersion(),
            face.getLabel(),
            face.getDeviation(),
            GuardTest.look("ann", next).pack(),
            quality),
        NOW + next++);
  }

  private void answerAll() {
    for (var requests = stream.requests(); !requests.isEmpty(); requests = stream.requests()) {
      requests.stream().map(StreamHarness::imagine).forEach(stream::seeds);
    }
  }
}
