package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.memory.Lessons.Lesson;
import io.paffmem.evaluation.memory.Lessons.PerPerson;
import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.memory.MemoryConfig;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonsTest {
  private static final int LATENT = 50;
  private static final int FACES = 40;

  @Test
  void spread_beginsInTheMiddle_thenTakesTheCorners_andSkipsFacesWithoutALabel() {
    float[] labels = {
      0.9f, 0.9f, 0.1f, 0, -0.9f, -0.9f, Float.NaN, Float.NaN, 0.9f, -0.9f, -0.9f, 0.9f, 0.8f, 0.8f
    };

    assertThat(Lessons.spread(labels, 1)).containsExactly(1);
    assertThat(Lessons.spread(labels, 5)).containsExactly(0, 1, 2, 4, 5);
    assertThat(Lessons.spread(labels, 50)).containsExactly(0, 1, 2, 4, 5, 6);
    assertThat(Lessons.spread(new float[0], 3)).isEmpty();
  }

  @Test
  void taughtWhatIsWrongEverywhere_answersBetter_andRestsNearer() {
    List<LabelledStream> streams = List.of(stream("ann", 0.3f), stream("bob", -0.3f));
    Contender untaught = Contender.memory("untaught", streams, MemoryConfig.standard());
    IdentityHashMap<LabelledStream, List<Lesson>> lessons = new IdentityHashMap<>();
    streams.forEach(each -> lessons.put(each, List.of(new Lesson(0, 9, true, 0, 0))));

    PerPerson figures =
        Lessons.perPerson(
            Lessons.contender("taught", streams, MemoryConfig.standard(), lessons), untaught);

    assertThat(figures.worstError()).isBetween(0.2, 0.6);
    assertThat(figures.doubled()).isZero();
    assertThat(figures.untaughtRestArousal()).isCloseTo(0.424, within(0.01));
    assertThat(figures.restArousal()).isLessThan(0.25);
  }

  @Test
  void neutralThatIsNotCalm_isNotTaught() {
    List<LabelledStream> streams = List.of(stream("ann", 0.9f));
    IdentityHashMap<LabelledStream, List<Lesson>> lessons = new IdentityHashMap<>();
    lessons.put(streams.get(0), List.of(new Lesson(0, 9, true, 0, 0)));

    MemoryRun run =
        Lessons.contender("taught", streams, MemoryConfig.standard(), lessons)
            .run()
            .apply(streams.get(0));

    assertThat(run.answers())
        .isEqualTo(MemoryRun.of(streams.get(0), MemoryConfig.standard()).answers());
  }

  /** A face that never changes: neutral, and read off by so much; its first ten have no label. */
  private static LabelledStream stream(String person, float off) {
    float[] prior = new float[2 * FACES];
    long[] millis = new long[FACES];
    String[] names = new String[FACES];
    for (int i = 0; i < FACES; i++) {
      prior[2 * i] = off;
      millis[i] = 1_000L * i;
    }
    Arrays.fill(names, "neutral");
    float[] y = {0.5f, 0, 0, 0.5f};
    SeedPairs pairs = new SeedPairs(new float[2 * LATENT], y, y);
    return new LabelledStream(
            person,
            List.of(names),
            LATENT,
            new float[LATENT * FACES],
            prior,
            new float[2 * FACES],
            millis,
            List.of(new LabelledStream.Seed(0, pairs)))
        .withoutLabelsBefore(10);
  }
}
