package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class NewcomerAnswersTest {
  private static final long MILLI = 1_000_000;
  private static final int LAST_ALONE = 2;

  private final NewcomerAnswers answers = new NewcomerAnswers(Set.of("ann", "bob"), LAST_ALONE);

  @Test
  void figures_newcomers_firstOfMemoryFromTheirOwnFirstFrame_allFromTheFirstOfAny() {
    answer("ann", 0, Source.PRIOR, 25, 1_000, 1_030);
    answer("ann", 1, Source.PRIOR, 24, 1_200, 1_250);
    answer("bob", 0, Source.PRIOR, 25, 1_100, 1_110);
    answer("ann", 2, Source.MEMORY, 23, 1_400, 1_500);
    answer("bob", 1, Source.MEMORY, 9, 1_300, 2_100);
    answer("ann", 3, Source.MEMORY, 0, 1_950, 2_200);
    assertThat(answers.seeded()).isEqualTo(1);
    answer("bob", 2, Source.MEMORY, 0, 5_950, 6_000);
    answer("bob", 3, Source.MEMORY, 0, 8_000, 8_100);

    assertThat(answers.seeded()).isEqualTo(2);
    assertThat(answers.figures())
        .containsAllEntriesOf(
            Map.of(
                "priorFrames",
                3,
                "priorP50Millis",
                30.0,
                "priorP99Millis",
                50.0,
                "memoryFrames",
                5,
                "firstOfMemoryP50Seconds",
                0.5,
                "firstOfMemoryMostSeconds",
                1.0,
                "seeded",
                2,
                "allSeededSeconds",
                5.0));
  }

  @Test
  void figures_oneIsNeverSeeded_noTimeForAll() {
    answer("ann", 0, Source.MEMORY, 0, 0, 10);
    answer("bob", 0, Source.PRIOR, 25, 0, 10);

    assertThat(answers.figures()).containsEntry("seeded", 1).doesNotContainKey("allSeededSeconds");
  }

  @Test
  void figures_knownPeople_apartBeforeAndBesideTheNewcomers() {
    answer("zoe", 0, Source.MEMORY, 0, 0, 900);
    answer("zoe", 1, Source.MEMORY, 0, 0, 10);
    answer("zoe", 2, Source.MEMORY, 0, 0, 20);
    answer("zoe", 3, Source.MEMORY, 0, 0, 30);

    assertThat(answers.figures())
        .containsEntry("knownAloneP50Millis", 10.0)
        .containsEntry("knownAloneP99Millis", 20.0)
        .containsEntry("knownBesideP99Millis", 30.0)
        .containsEntry("knownP99Ratio", 1.5)
        .containsEntry("priorFrames", 0)
        .doesNotContainKeys("priorP50Millis", "firstOfMemoryP50Seconds");
  }

  @Test
  void percentile_byNearestRank() {
    List<Double> values = DoubleStream.iterate(200, x -> x - 1).limit(200).boxed().toList();

    assertThat(NewcomerAnswers.percentile(values, 50)).isEqualTo(100);
    assertThat(NewcomerAnswers.percentile(values, 99)).isEqualTo(198);
    assertThat(NewcomerAnswers.percentile(values, 100)).isEqualTo(200);
    assertThat(NewcomerAnswers.percentile(List.of(7.0), 50)).isEqualTo(7);
  }

  private void answer(
      String person,
      long sequence,
      Source source,
      int framesToSeed,
      long publishedAtMillis,
      long readAtMillis) {
    Affect zero = new Affect(0f, 0f);
    answers.answered(
        Emotion.newBuilder()
            .setIdentity(new FrameIdentity(person, "bench", sequence))
            .setCapturedAtMillis(0)
            .setAffect(zero)
            .setSource(source)
            .setPrior(zero)
            .setActivity(0)
            .setBestMatchingUnit(-1)
            .setNeurons(0)
            .setFramesPerceived(sequence + 1)
            .setModelVersion("any")
            .setFramesToSeed(framesToSeed)
            .build(),
        publishedAtMillis * MILLI,
        readAtMillis * MILLI);
  }
}
