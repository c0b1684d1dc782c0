package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.MemoryEvaluation.Row;
import io.paffmem.evaluation.search.Parameter;
import io.paffmem.evaluation.search.Parameter.Choice;
import io.paffmem.evaluation.search.Parameter.Real;
import io.paffmem.evaluation.search.Parameter.Whole;
import io.paffmem.evaluation.search.ParzenSearch;
import io.paffmem.evaluation.search.SearchConfig;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.ReadingConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Searches the parameters of the memory: those that close most of the PK's gap on videos and lose
 * nothing on photographs.
 */
public final class MemorySearch {

  /*
   * Not searched: smoothingMillis, as every millisecond of it delays an answer; biasShare, as what
   * is taken off follows from what is known of people; the kernel, as it does what the number of
   * neighbours does; what real faces do to neurons, kappa and the capacity.
   */
  private static final List<Parameter> SPACE =
      List.of(
          new Real("reading.priorWeight", 0.5, 16, true),
          new Whole("reading.neighbours", 1, 40, true),
          new Real("reading.correction", 0, 1, false),
          new Real("reading.reach", 0.5, 60, true),
          new Real("reading.trustSeconds", 0.1, 40, true),
          new Choice("activity", List.of("SQUARED", "PLAIN")),
          new Real("insertionActivity", 0.02, 0.8, false),
          new Real("insertionHabituation", 0.05, 0.6, false),
          new Real("bestUnitLearningRate", 0.01, 0.5, true),
          new Real("neighbourLearningRate", 0.001, 0.2, true),
          new Real("bestUnitHabituationRate", 0.03, 0.6, true),
          new Real("neighbourHabituationRate", 0.01, 0.3, true),
          new Whole("maxEdgeAge", 50, 2000, true),
          new Real("labelRate", 0.05, 1, true),
          new Whole("epochs", 1, 15, false));

  private static final double WEIGHT_OF_A_LOSS = 10;

  private final List<LabelledStream> videos;
  private final List<LabelledStream> photographs;
  private final MemoryConfig start;
  private final long seed;
  private final ParzenSearch search;
  private int tried;

  /**
   * One setting and its figures.
   *
   * @param changes the parameters that were searched, as texts by name; none for the memory that
   *     the search began with
   * @param videos over all their faces
   * @param photographs likewise
   */
  public record Trial(
      int number, Map<String, String> changes, double score, Row videos, Row photographs) {}

  /**
   * A search; nothing is tried yet.
   *
   * @param start what is tried first, and keeps what is not searched
   */
  public MemorySearch(
      List<LabelledStream> videos,
      List<LabelledStream> photographs,
      MemoryConfig start,
      long seed) {
    this.videos = List.copyOf(videos);
    this.photographs = List.copyOf(photographs);
    this.start = start;
    this.seed = seed;
    this.search = new ParzenSearch(SPACE, SearchConfig.standard(), seed);
  }

  /** The parameters that are searched, in the order of {@link Trial#changes}. */
  public static List<String> parameters() {
    return SPACE.stream().map(Parameter::name).toList();
  }

  /** Tries one more: first the memory that the search begins with. */
  public Trial next() {
    double[] point = tried == 0 ? startingPoint() : search.propose();
    tried++;
    Trial trial = trial(tried == 1 ? Map.of() : texts(point));
    search.tell(point, trial.score);
    return trial;
  }

  /** Where the memory that the search begins with lies, or the end of a range that it is beyond. */
  private double[] startingPoint() {
    Map<String, String> texts = MemoryParameters.of(start);
    double[] point = new double[SPACE.size()];
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = SPACE.get(i);
      String text = texts.getOrDefault(parameter.name(), "");
      if (parameter instanceof Choice choice) {
        point[i] = choice.values().indexOf(text);
      } else if (parameter instanceof Whole whole) {
        point[i] = Math.max(whole.low(), Math.min(whole.high(), Integer.parseInt(text)));
      } else if (parameter instanceof Real real) {
        point[i] = Math.max(real.low(), Math.min(real.high(), Float.parseFloat(text)));
      }
    }
    return point;
  }

  private Trial trial(Map<String, String> changes) {
    MemoryConfig config = MemoryParameters.changed(start, changes);
    List<Row> moving = rows(videos, config);
    List<Row> still = rows(photographs, withoutPauses(config));
    return new Trial(
        tried,
        changes,
        score(moving.get(0), moving.get(1), still.get(0), still.get(1)),
        moving.get(1),
        still.get(1));
  }

  /** Photographs are far apart, and a memory that says nothing about them would cost nothing. */
  private static MemoryConfig withoutPauses(MemoryConfig config) {
    ReadingConfig reading = config.reading().toBuilder().pauseMillis(0).build();
    return config.toBuilder().reading(reading).build();
  }

  private List<Row> rows(List<LabelledStream> streams, MemoryConfig config) {
    return MemoryEvaluation.of(List.of(Contender.memory("memory", streams, config)), seed)
        .figures()
        .rows();
  }

  /**
   * The part of the PK's gap to 1 that is closed on videos, mean of arousal and valence, of CCC and
   * correlation: not by variance alone. Less, tenfold, what is lost on photographs where most is
   * lost.
   */
  static double score(Row videosPk, Row videos, Row photographsPk, Row photographs) {
    double closed =
        (closed(videosPk.ccc(), videos.ccc())
                + closed(videosPk.correlation(), videos.correlation()))
            / 2;
    double least =
        Math.min(
            least(photographsPk.ccc(), photographs.ccc()),
            least(photographsPk.correlation(), photographs.correlation()));
    return closed + WEIGHT_OF_A_LOSS * Math.min(0, least);
  }

  private static double closed(Axes pk, Axes memory) {
    return (closed(pk.arousal(), memory.arousal()) + closed(pk.valence(), memory.valence())) / 2;
  }

  private static double closed(@Nullable Double pk, @Nullable Double memory) {
    return (known(memory) - known(pk)) / (1 - known(pk));
  }

  private static double least(Axes pk, Axes memory) {
    return Math.min(
        known(memory.arousal()) - known(pk.arousal()),
        known(memory.valence()) - known(pk.valence()));
  }

  /** A series that never changes agrees with nothing. */
  private static double known(@Nullable Double figure) {
    return figure == null ? 0 : figure;
  }

  private static Map<String, String> texts(double[] point) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = SPACE.get(i);
      texts.put(parameter.name(), text(parameter, point[i]));
    }
    return texts;
  }

  private static String text(Parameter parameter, double value) {
    if (parameter instanceof Choice choice) {
      return choice.values().get((int) value);
    }
    return parameter instanceof Whole
        ? Integer.toString((int) value)
        : Float.toString((float) value);
  }
}
