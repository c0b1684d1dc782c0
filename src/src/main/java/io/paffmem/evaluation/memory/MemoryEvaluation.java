package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.Bootstrap;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.evaluation.statistics.CccByPerson;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.evaluation.statistics.Intervals;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.ReadingConfig;
import io.paffmem.metric.Concordance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The memory beside its PK on labelled streams, with rows of what it must beat.
 *
 * @param gain CCC of the memory less that of the PK, 95 % by bootstrap over people
 * @param seededShare of the answers in which the memory had a say (they are not the PK's own), the
 *     part whose best-matching unit is an imagined face; null if it had none
 * @param neurons mean of the streams at their end
 * @param insertions of all streams
 * @param rows one a contender, the PK first, the memory second
 */
public record MemoryEvaluation(
    Intervals gain, @Nullable Double seededShare, double neurons, long insertions, List<Row> rows) {

  /** What a memory takes from the real faces that it sees. */
  public enum Learning {
    /** All: its neurons move, and its answers become a course. */
    ALL,
    /** The course of its answers; its neurons stay as they were seeded. */
    COURSE,
    /** Nothing. */
    NONE
  }

  /**
   * What is compared.
   *
   * @param streams the faces that all contenders see, with the seeds of this one
   * @param config of the memory on each stream
   * @param learning what the memory takes from real faces
   */
  public record Contender(
      String name,
      List<LabelledStream> streams,
      Function<LabelledStream, MemoryConfig> config,
      Learning learning) {

    /** The same memory on every stream. */
    public Contender(
        String name, List<LabelledStream> streams, MemoryConfig config, Learning learning) {
      this(name, streams, any -> config, learning);
    }
  }

  /**
   * A contender's figures over all rows.
   *
   * @param gapClosed part of the way from the PK's CCC to 1
   * @param peopleNotWorse people for whom the mean of both CCCs is not below the PK's
   * @param peopleNotWorseInCorrelation the same of both correlations, which do not rise by variance
   *     alone
   * @param neurons mean of the streams at their end; 0 for the PK
   */
  public record Row(
      String name,
      Axes ccc,
      Axes correlation,
      Axes gapClosed,
      int peopleNotWorse,
      int peopleNotWorseInCorrelation,
      double neurons) {}

  /** One person's figures. */
  public record PerPerson(int rows, ByAnswer<Axes> ccc, int neurons, long insertions) {}

  /**
   * All that is computed from the streams.
   *
   * @param answers of the memory, in the order of the streams, n x 2
   * @param perPerson by name
   */
  public record Evaluated(
      MemoryEvaluation figures, float[] answers, Map<String, PerPerson> perPerson) {}

  /**
   * The memory, then its rivals and the paper's plain setting.
   *
   * @param memory its parameters
   */
  public static List<Contender> contenders(List<LabelledStream> streams, MemoryConfig memory) {
    ReadingConfig reading = memory.reading();
    ReadingConfig joinedAndMatched = reading.toBuilder().correction(0).build();
    ReadingConfig matched = joinedAndMatched.toBuilder().contextMillis(0).build();
    // What never learns has no course of answers: nothing to join, nothing usual, no growing trust.
    ReadingConfig trusting =
        reading.toBuilder().trustFrames(0).contextMillis(0).pauseMillis(0).usualShare(0).build();
    return List.of(
        new Contender("memory", streams, memory, Learning.ALL),
        new Contender("memory, neurons as seeded", streams, memory, Learning.COURSE),
        new Contender(
            "memory that never learns online", streams, with(memory, trusting), Learning.NONE),
        new Contender(
            "PK, running mean and variance matched", streams, with(memory, matched), Learning.ALL),
        new Contender(
            "PK, matched and joined in time",
            streams,
            with(memory, joinedAndMatched),
            Learning.ALL),
        new Contender(
            "memory, the paper's plain setting", streams, MemoryConfig.paper(), Learning.ALL));
  }

  private static MemoryConfig with(MemoryConfig memory, ReadingConfig reading) {
    return memory.toBuilder().reading(reading).build();
  }

  /**
   * Runs every contender on its streams.
   *
   * @param contenders the memory first
   * @param seed of the interval
   */
  public static Evaluated of(List<Contender> contenders, long seed) {
    if (contenders.isEmpty()) {
      throw new IllegalArgumentException("no contender; name at least the memory");
    }
    List<LabelledStream> streams = contenders.get(0).streams();
    Set<String> people = new LinkedHashSet<>();
    streams.forEach(stream -> people.add(stream.person()));
    float[] labels = joined(streams.stream().map(LabelledStream::labels).toList());
    float[] prior = joined(streams.stream().map(LabelledStream::prior).toList());
    Scores pk = new Scores(streams, people.size(), prior, labels);
    List<Row> rows = new ArrayList<>();
    rows.add(pk.row("PK", pk, 0));
    @Nullable Evaluated outcome = null;
    for (Contender contender : contenders) {
      List<MemoryRun> runs = run(contender);
      float[] answers = joined(runs.stream().map(MemoryRun::answers).toList());
      double neurons = runs.stream().mapToInt(MemoryRun::neurons).average().orElse(0);
      Scores scores = new Scores(streams, people.size(), answers, labels);
      rows.add(scores.row(contender.name(), pk, neurons));
      if (outcome == null) {
        int own = runs.stream().mapToInt(MemoryRun::own).sum();
        int seeded = runs.stream().mapToInt(MemoryRun::ownSeeded).sum();
        MemoryEvaluation figures =
            new MemoryEvaluation(
                scores.gain(pk, seed),
                own == 0 ? null : seeded / (double) own,
                neurons,
                runs.stream().mapToLong(MemoryRun::insertions).sum(),
                List.of());
        outcome = new Evaluated(figures, answers, perPerson(streams, runs, scores, pk));
      }
    }
    MemoryEvaluation f = Objects.requireNonNull(outcome).figures;
    return new Evaluated(
        new MemoryEvaluation(f.gain, f.seededShare, f.neurons, f.insertions, List.copyOf(rows)),
        outcome.answers,
        outcome.perPerson);
  }

  private static List<MemoryRun> run(Contender contender) {
    return contender.streams().parallelStream()
        .map(stream -> MemoryRun.of(stream, contender.config().apply(stream), contender.learning()))
        .toList();
  }

  private static Map<String, PerPerson> perPerson(
      List<LabelledStream> streams, List<MemoryRun> runs, Scores memory, Scores pk) {
    Map<String, PerPerson> perPerson = new LinkedHashMap<>();
    Map<String, Integer> rows = new LinkedHashMap<>();
    streams.forEach(stream -> rows.merge(stream.person(), stream.size(), Integer::sum));
    for (int i = 0; i < streams.size(); i++) {
      String person = streams.get(i).person();
      MemoryRun run = runs.get(i);
      PerPerson before = perPerson.get(person);
      perPerson.put(
          person,
          new PerPerson(
              rows.getOrDefault(person, 0),
              new ByAnswer<>(pk.ofOne(person), memory.ofOne(person)),
              run.neurons(),
              run.insertions() + (before == null ? 0 : before.insertions())));
    }
    return perPerson;
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** One contender's answers beside the labels. */
  private static final class Scores {
    private final CccByPerson[] ccc;
    private final Concordance[] all = {new Concordance(), new Concordance()};

    Scores(List<LabelledStream> streams, int people, float[] answers, float[] labels) {
      ccc = new CccByPerson[] {new CccByPerson(people), new CccByPerson(people)};
      int at = 0;
      for (LabelledStream stream : streams) {
        for (int i = 0; i < stream.size(); i++) {
          for (int axis = 0; axis < 2; axis++) {
            ccc[axis].add(stream.person(), answers[at], labels[at]);
            all[axis].add(answers[at], labels[at]);
            at++;
          }
        }
      }
    }

    Row row(String name, Scores pk, double neurons) {
      return new Row(
          name,
          axes(ccc[0].ofAll(), ccc[1].ofAll()),
          new Axes(Bootstrap.orNull(all[0].correlation()), Bootstrap.orNull(all[1].correlation())),
          axes(gapClosed(0, pk), gapClosed(1, pk)),
          notWorse(pk, CccByPerson::ofOne),
          notWorse(pk, CccByPerson::correlationOfOne),
          neurons);
    }

    private double gapClosed(int axis, Scores pk) {
      double before = pk.ccc[axis].ofAll();
      return (ccc[axis].ofAll() - before) / (1 - before);
    }

    private int notWorse(Scores pk, ToDoubleBiFunction<CccByPerson, Integer> figure) {
      int people = 0;
      for (int place : ccc[0].places().values()) {
        double own = figure.applyAsDouble(ccc[0], place) + figure.applyAsDouble(ccc[1], place);
        double theirs =
            figure.applyAsDouble(pk.ccc[0], place) + figure.applyAsDouble(pk.ccc[1], place);
        // Somebody who never changes has no CCC, with the memory or without.
        people += Double.isNaN(theirs) || own >= theirs ? 1 : 0;
      }
      return people;
    }

    Axes ofOne(String person) {
      Integer place = ccc[0].places().get(person);
      return place == null ? new Axes(null, null) : axes(ccc[0].ofOne(place), ccc[1].ofOne(place));
    }

    Intervals gain(Scores pk, long seed) {
      return new Intervals(gain(0, pk, seed), gain(1, pk, seed));
    }

    private @Nullable Interval gain(int axis, Scores pk, long seed) {
      return new Bootstrap(ccc[axis].places().size(), seed)
          .of(times -> ccc[axis].of(times) - pk.ccc[axis].of(times));
    }

    private static Axes axes(double arousal, double valence) {
      return new Axes(Bootstrap.orNull(arousal), Bootstrap.orNull(valence));
    }
  }
}
