package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.evaluation.statistics.CccByPerson;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.evaluation.statistics.Intervals;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import io.paffmem.memory.ReadingConfig;
import io.paffmem.metric.Concordance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The memory beside its PK on labelled streams, with rows of what it must beat. Faces without a
 * label are seen, and not compared.
 *
 * @param gain CCC of the memory less that of the PK, 95 % by bootstrap over people
 * @param seededShare of the answers in which the memory had a say (they are not the PK's own), the
 *     part whose best-matching unit is an imagined face; null if it had none
 * @param neurons mean of the streams at their end
 * @param insertions of all streams
 * @param rows one a contender, the PK first, the memory second
 * @param minutes of videos longer than two minutes, minute by minute; else none
 */
public record MemoryEvaluation(
    Intervals gain,
    @Nullable Double seededShare,
    double neurons,
    long insertions,
    List<Row> rows,
    List<Minute> minutes) {

  private static final long MINUTE = 60_000;

  /** What is compared with labels. */
  public enum Level {
    /** Each face's answer. */
    FRAMES,
    /** The mean of the answers to faces that follow one another under one name. */
    UTTERANCES
  }

  /**
   * What is compared.
   *
   * @param streams the faces that all contenders see, with the seeds of this one
   * @param run what it answers to a stream
   * @param isBase whether gains are also counted from it: of these contenders one, if any
   */
  public record Contender(
      String name,
      List<LabelledStream> streams,
      Function<LabelledStream, MemoryRun> run,
      boolean isBase) {

    /** A memory of these parameters. */
    public static Contender memory(String name, List<LabelledStream> streams, MemoryConfig config) {
      return new Contender(name, streams, stream -> MemoryRun.of(stream, config), false);
    }
  }

  /**
   * A contender's figures over all rows.
   *
   * @param meanOfPeople mean of each person's own CCC, of those who have one
   * @param gapClosed part of the way from the PK's CCC to 1
   * @param beyondBase part of the way from the base's CCC to 1
   * @param lessBase CCC less the base's, 95 % by bootstrap over people
   * @param peopleNotWorse people for whom the mean of both CCCs is not below the base's
   * @param peopleNotWorseInCorrelation the same of both correlations, which do not rise by variance
   *     alone
   * @param bias mean over people of how far the mean answer is from the mean label
   * @param neurons mean of the streams at their end; 0 for the PK
   */
  public record Row(
      String name,
      Axes ccc,
      Axes meanOfPeople,
      Axes correlation,
      Axes gapClosed,
      Axes beyondBase,
      Intervals lessBase,
      int peopleNotWorse,
      int peopleNotWorseInCorrelation,
      Axes bias,
      double neurons) {}

  /** One person's figures. */
  public record PerPerson(int rows, ByAnswer<Axes> ccc, int neurons, long insertions) {}

  /**
   * One minute of all videos.
   *
   * @param minute from 1
   * @param base CCC of the base
   * @param memory CCC of the memory
   */
  public record Minute(int minute, Axes base, Axes memory) {}

  /**
   * All that is computed from the streams.
   *
   * @param answers of the memory, in the order of the streams, n x 2
   * @param perPerson by name
   */
  public record Evaluated(
      MemoryEvaluation figures, float[] answers, Map<String, PerPerson> perPerson) {}

  /**
   * The memory, then its rivals, its parts and the paper's plain setting.
   *
   * @param memory its parameters
   */
  public static List<Contender> contenders(List<LabelledStream> streams, MemoryConfig memory) {
    ReadingConfig reading = memory.reading();
    float millis = reading.smoothingMillis();
    MemoryConfig joined = with(memory, reading.toBuilder().correction(0).biasShare(0).build());
    return List.of(
        Contender.memory("memory", streams, memory),
        new Contender("PK joined in time", streams, stream -> MemoryRun.of(stream, joined), true),
        rival(
            "PK less its running median, joined",
            streams,
            stream -> Rivals.lessRunningMedian(stream, millis)),
        rival(
            "PK joined, running mean and variance matched",
            streams,
            stream -> Rivals.matched(stream, millis)),
        Contender.memory(
            "memory, its neurons alone",
            streams,
            with(memory, reading.toBuilder().biasShare(0).build())),
        Contender.memory(
            "memory, the person's bias alone",
            streams,
            with(memory, reading.toBuilder().correction(0).build())),
        Contender.memory(
            "memory, neurons moved by real faces",
            streams,
            memory.toBuilder().onlineSteps(1).build()),
        Contender.memory("memory, the paper's plain setting", streams, MemoryConfig.paper()),
        Contender.memory(
            "the same, neurons for real faces",
            streams,
            MemoryConfig.paper().toBuilder().onlineInsertion(OnlineInsertion.PRIOR_LABEL).build()));
  }

  private static Contender rival(
      String name, List<LabelledStream> streams, Function<LabelledStream, float[]> answers) {
    return new Contender(name, streams, stream -> MemoryRun.without(answers.apply(stream)), false);
  }

  private static MemoryConfig with(MemoryConfig memory, ReadingConfig reading) {
    return memory.toBuilder().reading(reading).build();
  }

  /** Runs every contender on its streams and compares each face's answer. */
  public static Evaluated of(List<Contender> contenders, long seed) {
    return of(contenders, Level.FRAMES, seed);
  }

  /**
   * Runs every contender on its streams.
   *
   * @param contenders the memory first
   * @param seed of the intervals
   */
  public static Evaluated of(List<Contender> contenders, Level level, long seed) {
    if (contenders.isEmpty()) {
      throw new IllegalArgumentException("no contender; name at least the memory");
    }
    List<LabelledStream> streams = contenders.get(0).streams();
    List<Outcome> outcomes = contenders.stream().map(Outcome::of).toList();
    Outcome prior =
        new Outcome("PK", streams.stream().map(s -> MemoryRun.without(s.prior())).toList());
    int base = 0;
    while (base < contenders.size() && !contenders.get(base).isBase()) {
      base++;
    }
    Scores pk = new Scores(streams, prior, level);
    Outcome ofBase = base == contenders.size() ? prior : outcomes.get(base);
    Scores from = base == contenders.size() ? pk : new Scores(streams, ofBase, level);
    List<Row> rows = new ArrayList<>();
    rows.add(pk.row(prior, pk, from, seed));
    for (Outcome outcome : outcomes) {
      rows.add(new Scores(streams, outcome, level).row(outcome, pk, from, seed));
    }
    Outcome memory = outcomes.get(0);
    Scores own = new Scores(streams, memory, level);
    int had = memory.runs.stream().mapToInt(MemoryRun::own).sum();
    int seeded = memory.runs.stream().mapToInt(MemoryRun::ownSeeded).sum();
    MemoryEvaluation figures =
        new MemoryEvaluation(
            own.less(pk, seed),
            had == 0 ? null : seeded / (double) had,
            memory.neurons(),
            memory.runs.stream().mapToLong(MemoryRun::insertions).sum(),
            List.copyOf(rows),
            minutes(streams, ofBase, memory));
    return new Evaluated(figures, memory.answers(), perPerson(streams, memory, own, pk));
  }

  private static List<Minute> minutes(List<LabelledStream> streams, Outcome base, Outcome memory) {
    Map<Integer, Concordance[]> byMinute = new TreeMap<>();
    for (int s = 0; s < streams.size(); s++) {
      LabelledStream stream = streams.get(s);
      for (int i = 0; i < stream.size(); i++) {
        Concordance[] minute =
            byMinute.computeIfAbsent(
                (int) ((stream.millis()[i] - stream.millis()[0]) / MINUTE) + 1,
                any ->
                    new Concordance[] {
                      new Concordance(), new Concordance(), new Concordance(), new Concordance()
                    });
        for (int axis = 0; axis < 2 && !Float.isNaN(stream.labels()[2 * i]); axis++) {
          int at = 2 * i + axis;
          minute[axis].add(base.runs.get(s).answers()[at], stream.labels()[at]);
          minute[2 + axis].add(memory.runs.get(s).answers()[at], stream.labels()[at]);
        }
      }
    }
    List<Minute> minutes = new ArrayList<>();
    if (byMinute.size() > 2) {
      byMinute.forEach(
          (minute, ccc) ->
              minutes.add(
                  new Minute(
                      minute,
                      new Axes(Bootstrap.orNull(ccc[0].ccc()), Bootstrap.orNull(ccc[1].ccc())),
                      new Axes(Bootstrap.orNull(ccc[2].ccc()), Bootstrap.orNull(ccc[3].ccc())))));
    }
    return List.copyOf(minutes);
  }

  private static Map<String, PerPerson> perPerson(
      List<LabelledStream> streams, Outcome memory, Scores own, Scores pk) {
    Map<String, PerPerson> perPerson = new LinkedHashMap<>();
    Map<String, Integer> rows = new LinkedHashMap<>();
    streams.forEach(stream -> rows.merge(stream.person(), stream.size(), Integer::sum));
    for (int i = 0; i < streams.size(); i++) {
      String person = streams.get(i).person();
      MemoryRun run = memory.runs.get(i);
      PerPerson before = perPerson.get(person);
      perPerson.put(
          person,
          new PerPerson(
              rows.getOrDefault(person, 0),
              new ByAnswer<>(pk.ofOne(person), own.ofOne(person)),
              run.neurons(),
              run.insertions() + (before == null ? 0 : before.insertions())));
    }
    return perPerson;
  }

  /** What a contender answered to each stream. */
  private record Outcome(String name, List<MemoryRun> runs) {
    static Outcome of(Contender contender) {
      return new Outcome(
          contender.name(), contender.streams().parallelStream().map(contender.run()).toList());
    }

    double neurons() {
      return runs.stream().mapToInt(MemoryRun::neurons).average().orElse(0);
    }

    float[] answers() {
      float[] all = new float[runs.stream().mapToInt(run -> run.answers().length).sum()];
      int at = 0;
      for (MemoryRun run : runs) {
        System.arraycopy(run.answers(), 0, all, at, run.answers().length);
        at += run.answers().length;
      }
      return all;
    }
  }

  /** One contender's answers beside the labels. */
  private static final class Scores {
    private final CccByPerson[] ccc;
    private final Concordance[] all = {new Concordance(), new Concordance()};

    /** By person: sums of answer less label on each axis, and how many. */
    private final Map<String, double[]> biases = new LinkedHashMap<>();

    Scores(List<LabelledStream> streams, Outcome outcome, Level level) {
      Set<String> people = new LinkedHashSet<>();
      streams.forEach(stream -> people.add(stream.person()));
      ccc = new CccByPerson[] {new CccByPerson(people.size()), new CccByPerson(people.size())};
      for (int s = 0; s < streams.size(); s++) {
        add(streams.get(s), outcome.runs.get(s).answers(), level);
      }
    }

    private void add(LabelledStream stream, float[] answers, Level level) {
      float[] labels = stream.labels();
      double[] sums = new double[2];
      int count = 0;
      for (int i = 0; i < stream.size(); i++) {
        if (Float.isNaN(labels[2 * i])) {
          continue;
        }
        sums[0] += answers[2 * i];
        sums[1] += answers[2 * i + 1];
        count++;
        boolean last =
            i + 1 == stream.size()
                || Float.isNaN(labels[2 * i + 2])
                || !stream.names().get(i).equals(stream.names().get(i + 1));
        if (level == Level.FRAMES || last) {
          double[] bias = biases.computeIfAbsent(stream.person(), any -> new double[3]);
          for (int axis = 0; axis < 2; axis++) {
            double answer = sums[axis] / count;
            ccc[axis].add(stream.person(), answer, labels[2 * i + axis]);
            all[axis].add(answer, labels[2 * i + axis]);
            bias[axis] += answer - labels[2 * i + axis];
          }
          bias[2]++;
          sums = new double[2];
          count = 0;
        }
      }
    }

    Row row(Outcome outcome, Scores pk, Scores base, long seed) {
      return new Row(
          outcome.name,
          axes(ccc[0].ofAll(), ccc[1].ofAll()),
          axes(meanOfPeople(0), meanOfPeople(1)),
          new Axes(Bootstrap.orNull(all[0].correlation()), Bootstrap.orNull(all[1].correlation())),
          axes(gapClosed(0, pk), gapClosed(1, pk)),
          axes(gapClosed(0, base), gapClosed(1, base)),
          less(base, seed),
          notWorse(base, CccByPerson::ofOne),
          notWorse(base, CccByPerson::correlationOfOne),
          axes(bias(0), bias(1)),
          outcome.neurons());
    }

    private double meanOfPeople(int axis) {
      return ccc[axis].places().values().stream()
          .mapToDouble(ccc[axis]::ofOne)
          .filter(own -> !Double.isNaN(own))
          .average()
          .orElse(Double.NaN);
    }

    private double bias(int axis) {
      return biases.values().stream()
          .mapToDouble(sums -> Math.abs(sums[axis] / sums[2]))
          .average()
          .orElse(Double.NaN);
    }

    private double gapClosed(int axis, Scores from) {
      double before = from.ccc[axis].ofAll();
      return (ccc[axis].ofAll() - before) / (1 - before);
    }

    private int notWorse(Scores from, ToDoubleBiFunction<CccByPerson, Integer> figure) {
      int people = 0;
      for (int place : ccc[0].places().values()) {
        double own = figure.applyAsDouble(ccc[0], place) + figure.applyAsDouble(ccc[1], place);
        double theirs =
            figure.applyAsDouble(from.ccc[0], place) + figure.applyAsDouble(from.ccc[1], place);
        // Somebody who never changes has no CCC, with the memory or without.
        people += Double.isNaN(theirs) || own >= theirs ? 1 : 0;
      }
      return people;
    }

    Axes ofOne(String person) {
      Integer place = ccc[0].places().get(person);
      return place == null ? new Axes(null, null) : axes(ccc[0].ofOne(place), ccc[1].ofOne(place));
    }

    Intervals less(Scores from, long seed) {
      return new Intervals(less(0, from, seed), less(1, from, seed));
    }

    private @Nullable Interval less(int axis, Scores from, long seed) {
      return new Bootstrap(ccc[axis].places().size(), seed)
          .of(times -> ccc[axis].of(times) - from.ccc[axis].of(times));
    }

    private static Axes axes(double arousal, double valence) {
      return new Axes(Bootstrap.orNull(arousal), Bootstrap.orNull(valence));
    }
  }
}
