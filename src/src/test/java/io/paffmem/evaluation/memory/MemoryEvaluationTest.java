package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.MemoryEvaluation.Row;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.ReadingConfig;
import io.paffmem.metric.Concordance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryEvaluationTest {
  private static final int SIDE = 9;

  /** Wished for: a grid over the square, so that neurons know well what the PK reads at them. */
  private static final float[] Y = grid();

  private static final MemoryConfig SMALL =
      MemoryConfig.standard().toBuilder()
          .dimensions(MemoryConfig.dimensionsFor(2))
          .insertionActivity(0.95f)
          .insertionHabituation(1)
          .reading(new ReadingConfig(ReadingConfig.Rule.CORRECTED, 1, 1, 0, 1, 4, 0, 0, 0, 0))
          .build();

  @Test
  void of_pkThatReadsTooLittle_theMemoryAddsWhatItLacks() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("bob", 0.7f));

    MemoryEvaluation.Evaluated outcome =
        MemoryEvaluation.of(
            List.of(
                Contender.memory("memory", streams, SMALL),
                Contender.memory("seeded", streams, SMALL)),
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
        MemoryEvaluation.of(List.of(Contender.memory("memory", streams, SMALL)), 1);

    assertThat(outcome.perPerson().getOrDefault("ann", none()).rows()).isEqualTo(80);
    assertThat(outcome.figures().rows().get(1).peopleNotWorse()).isEqualTo(1);
    // An interval over one person is none.
    assertThat(outcome.figures().gain().arousal()).isNull();
  }

  @Test
  void of_neuronsMovedByRealFaces_answerOtherwise() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("bob", 0.7f));
    MemoryConfig moved = SMALL.toBuilder().onlineSteps(1).build();

    List<Row> rows =
        MemoryEvaluation.of(
                List.of(
                    Contender.memory("memory", streams, SMALL),
                    Contender.memory("moved", streams, moved)),
                1)
            .figures()
            .rows();

    assertThat(rows.get(2).ccc()).isNotEqualTo(rows.get(1).ccc());
  }

  @Test
  void of_aBase_gainsAreCountedFromIt() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f), stream("bob", 0.7f));
    Contender half =
        new Contender("half", streams, s -> MemoryRun.without(scaled(s.labels(), 0.5f)), true);

    List<Row> rows =
        MemoryEvaluation.of(List.of(Contender.memory("memory", streams, SMALL), half), 1)
            .figures()
            .rows();

    assertThat(rows.get(2).beyondBase().arousal()).isZero();
    assertThat(rows.get(2).lessBase().arousal()).isEqualTo(new Interval(0, 0));
    assertThat(rows.get(0).beyondBase().arousal()).isPositive(); // the PK reads 0.7
    assertThat(rows.get(1).beyondBase().arousal())
        .isGreaterThan(rows.get(0).beyondBase().arousal());
    assertThat(rows.get(2).bias().arousal()).isPositive();
  }

  @Test
  void of_facesWithoutALabel_areSeen_andNotCompared() {
    LabelledStream ann = stream("ann", 0.7f);
    float[] labels = ann.labels().clone();
    Arrays.fill(labels, 0, 40, Float.NaN);
    LabelledStream half =
        new LabelledStream(
            ann.person(), ann.names(), 2, ann.z(), ann.prior(), labels, ann.millis(), ann.seeds());

    MemoryEvaluation.Evaluated outcome =
        MemoryEvaluation.of(List.of(Contender.memory("memory", List.of(half), SMALL)), 1);

    Concordance second = new Concordance();
    for (int i = 20; i < 40; i++) {
      second.add(ann.prior()[2 * i], ann.labels()[2 * i]);
    }
    assertThat(outcome.figures().rows().get(0).ccc().arousal())
        .isEqualTo(second.ccc().orElseThrow(), within(1e-9));
    assertThat(outcome.answers()).hasSize(80);
  }

  @Test
  void of_utterances_areTheMeansOfTheirFaces() {
    LabelledStream ann = stream("ann", 0.7f);
    List<String> names = new ArrayList<>();
    float[] labels = new float[80];
    for (int i = 0; i < 40; i++) {
      int utterance = i / 10;
      names.add("u" + utterance);
      labels[2 * i] = utterance / 4f;
      labels[2 * i + 1] = -labels[2 * i];
    }
    LabelledStream four =
        new LabelledStream(
            "ann", names, 2, ann.z(), ann.prior(), labels, ann.millis(), ann.seeds());

    Row pk =
        MemoryEvaluation.of(
                List.of(Contender.memory("memory", List.of(four), SMALL)),
                MemoryEvaluation.Level.UTTERANCES,
                1)
            .figures()
            .rows()
            .get(0);

    Concordance means = new Concordance();
    for (int u = 0; u < 4; u++) {
      double sum = 0;
      for (int i = 10 * u; i < 10 * u + 10; i++) {
        sum += ann.prior()[2 * i];
      }
      means.add(sum / 10, u / 4f);
    }
    assertThat(pk.ccc().arousal()).isEqualTo(means.ccc().orElseThrow(), within(1e-6));
  }

  @Test
  void rivals_medianAndMoments_takeOffWhatIsAlwaysThere() {
    int n = 2000;
    float[] prior = new float[2 * n];
    long[] millis = new long[n];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      prior[2 * i] = 0.3f + (i % 2 == 0 ? 0.2f : -0.2f);
      prior[2 * i + 1] = -0.3f;
      millis[i] = 1000L * i;
      names.add("x");
    }
    LabelledStream shifted =
        new LabelledStream("ann", names, 2, prior, prior, prior, millis, List.of());

    float[] median = Rivals.lessRunningMedian(shifted, 100);
    float[] matched = Rivals.matched(shifted, 100);

    assertThat(median[2 * n - 1]).isZero();
    assertThat(Math.abs(median[2 * n - 2])).isLessThanOrEqualTo(0.4f);
    // Of a mean of 0.3, six tenths; and stretched towards a deviation of 0.577.
    assertThat((matched[2 * n - 2] + matched[2 * n - 4]) / 2).isLessThan(0.2f);
    assertThat(matched[2 * n - 4] - matched[2 * n - 2]).isGreaterThan(0.4f);
  }

  @Test
  void of_answersThatAreThePksOwn_areReadAtNoFace() {
    List<LabelledStream> streams = List.of(stream("ann", 0.7f));
    MemoryConfig silent =
        SMALL.toBuilder().reading(SMALL.reading().toBuilder().correction(0).build()).build();

    MemoryEvaluation.Evaluated outcome =
        MemoryEvaluation.of(List.of(Contender.memory("memory", streams, silent)), 1);

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

    assertThat(contenders).extracting(Contender::name).startsWith("memory", "PK joined in time");
    assertThat(contenders).filteredOn(Contender::isBase).hasSize(1);
    assertThat(contenders)
        .extracting(Contender::name)
        .contains("memory, the paper's plain setting", "PK less its running median, joined");
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

  private static float[] grid() {
    float[] y = new float[2 * SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int at = 2 * (row * SIDE + column);
        y[at] = 2f * row / (SIDE - 1) - 1;
        y[at + 1] = 2f * column / (SIDE - 1) - 1;
      }
    }
    return y;
  }

  private static float[] scaled(float[] values, float factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }
}
