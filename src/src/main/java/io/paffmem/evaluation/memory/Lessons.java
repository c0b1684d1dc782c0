package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.Taught;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What memories are taught along streams, and how far that helps. */
public final class Lessons {
  /** Labels as near to the middle of the square count as neutral. */
  public static final float NEUTRAL = 0.2f;

  private Lessons() {}

  /**
   * Said of some faces of a stream when the last of them has been answered.
   *
   * @param from place of the first of them in the stream
   * @param to place of the last, which is included
   * @param neutral that they are at rest; then both labels are 0
   */
  public record Lesson(int from, int to, boolean neutral, float arousal, float valence) {}

  /**
   * Chooses labels that are spread over the square: the one nearest to its middle, then again and
   * again the one that is farthest from all chosen.
   *
   * @param labels n x 2; NaN for a face without one
   * @param count how many, or all if there are fewer
   * @return places, in the order of the stream
   */
  public static List<Integer> spread(float[] labels, int count) {
    int n = labels.length / 2;
    double[] apart = new double[n];
    for (int i = 0; i < n; i++) {
      // Below every true distance, and the largest near the middle.
      apart[i] =
          Float.isNaN(labels[2 * i])
              ? Double.NEGATIVE_INFINITY
              : -1 - squared(labels[2 * i], labels[2 * i + 1]);
    }
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count) {
      int best = 0;
      for (int i = 1; i < n; i++) {
        best = apart[i] > apart[best] ? i : best;
      }
      if (n == 0 || apart[best] == Double.NEGATIVE_INFINITY || apart[best] == 0) {
        break;
      }
      boolean isFirst = chosen.isEmpty();
      chosen.add(best);
      for (int i = 0; i < n; i++) {
        double to =
            squared(labels[2 * i] - labels[2 * best], labels[2 * i + 1] - labels[2 * best + 1]);
        if (apart[i] != Double.NEGATIVE_INFINITY) {
          apart[i] = isFirst ? to : Math.min(apart[i], to);
        }
      }
    }
    return chosen.stream().sorted().toList();
  }

  private static double squared(float arousal, float valence) {
    return (double) arousal * arousal + (double) valence * valence;
  }

  /** A memory that is taught. */
  public static Contender contender(
      String name,
      List<LabelledStream> streams,
      MemoryConfig config,
      IdentityHashMap<LabelledStream, List<Lesson>> lessons) {
    return new Contender(
        name,
        streams,
        stream -> MemoryRun.of(stream, config, lessons.getOrDefault(stream, List.of())),
        false);
  }

  /**
   * How a taught memory answers each person, beside the same memory untaught.
   *
   * @param worstError the largest of all people's mean error, as a multiple of the one untaught
   * @param doubled people whose mean error at least doubled
   * @param restArousal between people, standard deviation of their mean answer to faces labelled
   *     within {@link #NEUTRAL} of neutral; null with fewer than two people who showed any
   * @param untaughtRestArousal the same untaught
   */
  public record PerPerson(
      String name,
      double worstError,
      int doubled,
      @Nullable Double restArousal,
      @Nullable Double restValence,
      @Nullable Double untaughtRestArousal,
      @Nullable Double untaughtRestValence) {}

  /** Compares what a contender answers each person with what another does. */
  public static PerPerson perPerson(Contender taught, Contender untaught) {
    Map<String, Sums> ofTaught = sums(taught);
    Map<String, Sums> ofUntaught = sums(untaught);
    double worst = 0;
    int doubled = 0;
    for (Map.Entry<String, Sums> person : ofTaught.entrySet()) {
      Sums before = ofUntaught.getOrDefault(person.getKey(), new Sums());
      double ratio = person.getValue().error() / Math.max(1e-6, before.error());
      worst = Math.max(worst, ratio);
      doubled += ratio >= 2 ? 1 : 0;
    }
    return new PerPerson(
        taught.name(),
        worst,
        doubled,
        spread(ofTaught, 0),
        spread(ofTaught, 1),
        spread(ofUntaught, 0),
        spread(ofUntaught, 1));
  }

  private static Map<String, Sums> sums(Contender contender) {
    Map<String, Sums> people = new TreeMap<>();
    for (LabelledStream stream : contender.streams()) {
      float[] answers = contender.run().apply(stream).answers();
      Sums sums = people.computeIfAbsent(stream.person(), any -> new Sums());
      for (int i = 0; i < stream.size(); i++) {
        if (!Float.isNaN(stream.labels()[2 * i])) {
          sums.add(answers, stream.labels(), 2 * i);
        }
      }
    }
    return people;
  }

  private static @Nullable Double spread(Map<String, Sums> people, int axis) {
    double[] means =
        people.values().stream()
            .filter(sums -> sums.atRest > 0)
            .mapToDouble(sums -> sums.rest[axis] / sums.atRest)
            .toArray();
    if (means.length < 2) {
      return null;
    }
    double mean = 0;
    for (double each : means) {
      mean += each / means.length;
    }
    double squares = 0;
    for (double each : means) {
      squares += (each - mean) * (each - mean);
    }
    return Math.sqrt(squares / (means.length - 1));
  }

  /** Of one person. */
  private static final class Sums {
    private double errors;
    private int count;
    private final double[] rest = new double[2];
    private int atRest;

    void add(float[] answers, float[] labels, int at) {
      errors += Math.sqrt(squared(answers[at] - labels[at], answers[at + 1] - labels[at + 1]));
      count++;
      if (squared(labels[at], labels[at + 1]) <= NEUTRAL * (double) NEUTRAL) {
        rest[0] += answers[at];
        rest[1] += answers[at + 1];
        atRest++;
      }
    }

    double error() {
      return count == 0 ? 0 : errors / count;
    }
  }

  /** Whether a face at rest is read so that it may be taught as neutral. */
  static boolean isCalm(float[] readings, Lesson lesson) {
    int count = lesson.to - lesson.from + 1;
    float[] arousal = new float[count];
    float[] valence = new float[count];
    for (int i = 0; i < count; i++) {
      arousal[i] = readings[2 * (lesson.from + i)];
      valence[i] = readings[2 * (lesson.from + i) + 1];
    }
    return Taught.isCalm(arousal, valence);
  }
}
