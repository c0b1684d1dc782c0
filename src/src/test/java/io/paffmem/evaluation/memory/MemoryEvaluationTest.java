package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.MemoryEvaluation.Learning;
import io.paffmem.evaluation.memory.MemoryEvaluation.Row;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.ReadingConfig;
import io.paffmem.metric.Concordance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryEvaluationTest {
  /** Wished for: the corners and the middle of the square. */
  private static final float[] Y = {-1, -1, -1, 1, 1, -1, 1, 1, 0, 0};

  private static final MemoryConfig SMALL =
      MemoryConfig.standard().toBuilder()
          .dimensions(MemoryConfig.dimensionsFor(2))
          .reading(new ReadingConfig(ReadingConfig.Rule.CORRECTED, 1, 1, 0, 1, 4, 0, 0, 0, 1000, 0))
          .build();

  @Test
  void of_pkThatReadsTooLittle_theMemoryAddsWhatItLacks() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("bob", 0.6f));

    MemoryEvaluation.Evaluated outcome =
        MemoryEvaluation.of(
            List.of(
                new Contender("memory", streams, SMALL, Learning.ALL),
                new Contender("seeded", streams, SMALL, Learning.NONE)),
            1);

    List<Row> rows = outcome.figures().rows();
    assertThat(rows).extracting(Row::name).containsExactly("PK", "memory", "seeded");
    assertThat(rows.get(0).gapClosed().arousal()).isZero();
    assertThat(rows.get(0).ccc().arousal()).isEqualTo(pooledCcc(streams), within(1e-9));
    assertThat(rows.get(1).gapClosed().arousal()).isBetween(0.1, 1.0);
    assertThat(rows.get(1).peopleNotWorse()).isEqualTo(2);
    assertThat(rows.get(0).peopleNotWorseInCorrelation()).as("the PK beside itself").isEqualTo(2);
    assertThat(rows.get(1).neurons()).isPositive();
    assertThat(outcome.figures().gain().arousal()).isNotNull();
    assertThat(outcome.figures().gain().arousal().low()).isPositive();
    assertThat(outcome.figures().seededShare()).isEqualTo(1);
    assertThat(outcome.answers()).hasSize(2 * (40 + 40));
    assertThat(outcome.perPerson()).containsOnlyKeys("ann", "bob");
    MemoryEvaluation.PerPerson ann = outcome.perPerson().getOrDefault("ann", none());
    assertThat(ann.rows()).isEqualTo(40);
    assertThat(ann.ccc().memory().valence()).isGreaterThan(ann.ccc().prior().valence());
  }

  @Test
  void of_severalStreamsOfOnePerson_countAsOne() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("ann", 0.7f));

    MemoryEvaluation.Evaluated outcome =
        MemoryEvaluation.of(List.of(new Contender("memory", streams, SMALL, Learning.ALL)), 1);

    assertThat(outcome.perPerson().getOrDefault("ann", none()).rows()).isEqualTo(80);
    assertThat(outcome.figures().rows().get(1).peopleNotWorse()).isEqualTo(1);
    // An interval over one person is none.
    assertThat(outcome.figures().gain().arousal()).isNull();
  }

  /** With a reading that takes nothing from the course, what follows it alone learns nothing. */
  @Test
  void of_courseAlone_neuronsStayAsSeeded() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("bob", 0.6f));

    List<Row> rows =
        MemoryEvaluation.of(
                List.of(
                    new Contender("memory", streams, SMALL, Learning.ALL),
                    new Contender("course", streams, SMALL, Learning.COURSE),
                    new Contender("seeded", streams, SMALL, Learning.NONE)),
                1)
            .figures()
            .rows();

    assertThat(rows.get(2).ccc()).isEqualTo(rows.get(3).ccc()).isNotEqualTo(rows.get(1).ccc());
  }

  @Test
  void of_courseAlone_answersBecomeUsual() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("bob", 0.6f));
    MemoryConfig config =
        SMALL.toBuilder()
            .reading(SMALL.reading().toBuilder().usualFrames(10).usualShare(0.6f).build())
            .build();

    List<Row> rows =
        MemoryEvaluation.of(
                List.of(
                    new Contender("course", streams, config, Learning.COURSE),
                    new Contender("seeded", streams, config, Learning.NONE)),
                1)
            .figures()
            .rows();

    assertThat(rows.get(1).ccc()).isNotEqualTo(rows.get(2).ccc());
  }

  @Test
  void of_answersThatAreThePksOwn_areReadAtNoFace() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f));
    MemoryConfig silent =
        SMALL.toBuilder().reading(SMALL.reading().toBuilder().correction(0).build()).build();

    MemoryEvaluation.Evaluated outcome =
        MemoryEvaluation.of(List.of(new Contender("memory", streams, silent, Learning.ALL)), 1);

    assertThat(outcome.answers()).isEqualTo(streams.get(0).prior());
    assertThat(outcome.figures().seededShare()).isNull();
  }

  @Test
  void of_nobodyToCompare_isRefused() {
    assertThatThrownBy(() -> MemoryEvaluation.of(List.of(), 1))
        .hasMessageContaining("no contender");
  }

  @Test
  void contenders_theMemoryFirst_thePaperAmongThem() {
    LabelledStream ann = stream("ann", 0.7f);
    MemoryConfig changed = MemoryConfig.standard().toBuilder().epochs(2).build();

    List<Contender> contenders = MemoryEvaluation.contenders(List.of(ann), changed);

    assertThat(contenders.get(0).config().apply(ann)).isEqualTo(changed);
    assertThat(contenders)
        .extracting(contender -> contender.config().apply(ann))
        .contains(MemoryConfig.paper());
    assertThat(contenders).extracting(Contender::learning).contains(Learning.COURSE, Learning.NONE);
  }

  private static MemoryEvaluation.PerPerson none() {
    Axes axes = new Axes(null, null);
    return new MemoryEvaluation.PerPerson(0, new ByAnswer<>(axes, axes), 0, 0);
  }

  private static double pooledCcc(List<LabelledStream> streams) {
    Concordance ccc = new Concordance();
    for (LabelledStream stream : streams) {
      for (int i = 0; i < stream.size(); i++) {
        ccc.add(stream.prior()[2 * i], stream.labels()[2 * i]);
      }
    }
    return ccc.ccc().orElseThrow();
  }

  /** Forty faces whose z is the expression itself, of which the PK reads only a part. */
  private static LabelledStream stream(String person, float read) {
    SplittableRandom random = new SplittableRandom(person.hashCode());
    int n = 40;
    float[] labels = new float[2 * n];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Math.round(2 * random.nextDouble() - 1);
    }
    float[] prior = scaled(labels, read);
    long[] millis = new long[n];
    Arrays.setAll(millis, i -> 40L * i);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      names.add("x");
    }
    List<LabelledStream.Seed> seeds =
        List.of(new LabelledStream.Seed(0, new SeedPairs(Y, scaled(Y, read), Y)));
    return new LabelledStream(person, names, 2, labels, prior, labels, millis, seeds);
  }

  private static float[] scaled(float[] values, float factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }
}
