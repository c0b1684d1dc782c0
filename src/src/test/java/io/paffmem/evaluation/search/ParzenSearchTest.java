package io.paffmem.evaluation.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.evaluation.search.Parameter.Choice;
import io.paffmem.evaluation.search.Parameter.Real;
import io.paffmem.evaluation.search.Parameter.Whole;
import io.paffmem.evaluation.search.ParzenSearch.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ParzenSearchTest {
  private static final int TRIALS = 80;
  private static final int SEEDS = 20;
  private static final List<Parameter> SPACE =
      List.of(
          new Real("place", -5, 10, false),
          new Real("rate", 1e-4, 1, true),
          new Whole("count", 1, 50, false),
          new Choice("kind", List.of("a", "b", "c")));

  /** 0 at (4, 0.01, 20, b), less elsewhere. */
  private static double worth(double[] point) {
    double place = (point[0] - 4) / 15;
    double rate = Math.log10(point[1] / 0.01) / 4;
    double count = (point[2] - 20) / 49;
    double kind = point[3] == 1 ? 0 : 0.3;
    return -(place * place + rate * rate + count * count + kind * kind);
  }

  /** A valley that is not along the axes (Branin), negated; its best is -0.397887. */
  private static double branin(double[] point) {
    double x = point[0];
    double y = point[1];
    double valley = y - 5.1 * x * x / (4 * Math.PI * Math.PI) + 5 * x / Math.PI - 6;
    return -(valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10);
  }

  @Test
  void propose_inTheMean_beatsRandomSearch() {
    List<Parameter> plane = List.of(new Real("x", -5, 10, false), new Real("y", 0, 15, false));

    assertThat(meanOfBest(SPACE, ParzenSearchTest::worth, SearchConfig.standard()))
        .isGreaterThan(meanOfBest(SPACE, ParzenSearchTest::worth, random()));
    assertThat(meanOfBest(plane, ParzenSearchTest::branin, SearchConfig.standard()))
        .isGreaterThan(meanOfBest(plane, ParzenSearchTest::branin, random()));
  }

  @Test
  void propose_sameSeedAndScores_sameProposals() {
    List<String> first = proposals(7);

    assertThat(proposals(7)).isEqualTo(first);
    assertThat(proposals(8)).isNotEqualTo(first);
  }

  @Test
  void propose_always_staysInTheSpace() {
    ParzenSearch search = new ParzenSearch(SPACE, new SearchConfig(5, 0.15, 10), 3);
    for (int i = 0; i < 200; i++) {
      double[] point = search.propose();

      assertThat(point[0]).isBetween(-5.0, 10.0);
      assertThat(point[1]).isBetween(1e-4, 1.0);
      assertThat(point[2]).isBetween(1.0, 50.0).isEqualTo(Math.rint(point[2]));
      assertThat(point[3]).isIn(0.0, 1.0, 2.0);
      // The best lie at an end of each range.
      search.tell(point, point[0] + point[2] - point[1]);
    }
    assertThat(search.best().point()[0]).isGreaterThan(9);
  }

  @Test
  void propose_allScoresAlike_goesOn() {
    ParzenSearch search = new ParzenSearch(SPACE, new SearchConfig(2, 0.5, 4), 3);
    for (int i = 0; i < 10; i++) {
      search.tell(search.propose(), 1);
    }

    assertThat(search.propose()).hasSize(4);
  }

  @Test
  void best_isTheFirstOfTheHighest() {
    ParzenSearch search = new ParzenSearch(SPACE, SearchConfig.standard(), 1);
    double[] first = {1, 0.1, 3, 0};
    search.tell(new double[] {0, 0.1, 3, 0}, -1);
    search.tell(first, 2);
    search.tell(new double[] {2, 0.1, 3, 0}, 2);
    first[0] = 9;

    Trial best = search.best();

    assertThat(best.score()).isEqualTo(2);
    assertThat(best.point()).containsExactly(1, 0.1, 3, 0);
  }

  @Test
  void mistakes_areRefused() {
    ParzenSearch search = new ParzenSearch(SPACE, SearchConfig.standard(), 1);

    assertThatThrownBy(search::best).hasMessageContaining("nothing was tried");
    assertThatThrownBy(() -> search.tell(new double[3], 1)).hasMessageContaining("3 values");
    assertThatThrownBy(() -> search.tell(new double[4], Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new SearchConfig(1, 1, 0))
        .hasMessageContaining("startTrials = 1")
        .hasMessageContaining("goodShare = 1.0")
        .hasMessageContaining("candidates = 0");
    assertThatThrownBy(() -> new Real("r", 0, 1, true))
        .hasMessageContaining("r cannot be searched");
    assertThatThrownBy(() -> new Whole("w", 2, 2, false)).hasMessageContaining("w cannot");
    assertThatThrownBy(() -> new Choice("c", List.of("one"))).hasMessageContaining("no choice");
  }

  /** Never leaves its start. */
  private static SearchConfig random() {
    return new SearchConfig(TRIALS, 0.15, 1);
  }

  private static double meanOfBest(
      List<Parameter> space, ToDoubleFunction<double[]> worth, SearchConfig config) {
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      ParzenSearch search = new ParzenSearch(space, config, seed);
      for (int i = 0; i < TRIALS; i++) {
        double[] point = search.propose();
        search.tell(point, worth.applyAsDouble(point));
      }
      sum += search.best().score();
    }
    return sum / SEEDS;
  }

  private static List<String> proposals(long seed) {
    ParzenSearch search = new ParzenSearch(SPACE, new SearchConfig(5, 0.15, 10), seed);
    List<String> proposals = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      double[] point = search.propose();
      proposals.add(Arrays.toString(point));
      search.tell(point, worth(point));
    }
    return proposals;
  }
}
