package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.evaluation.statistics.Axes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a PK knows how sure it is: how many labels lie in the intervals that its standard
 * deviations promise, and how its error falls when the least certain faces are left out.
 *
 * @param held80 share of the labels in the interval for 80 per cent
 * @param held90 the same for 90 per cent
 * @param held90ByLabel the same for the faces of each label, the most frequent first
 * @param errorByCoverage root of the mean squared error of the most certain faces, by their share
 *     of all: 1, 0.75, 0.5, 0.25; faces are ordered on each axis by itself
 */
public record Certainty(
    Axes held80, Axes held90, Map<String, Axes> held90ByLabel, Map<Double, Axes> errorByCoverage) {
  private static final double EIGHTY = 1.2816;
  private static final double NINETY = 1.6449;
  private static final double[] COVERAGES = {1, 0.75, 0.5, 0.25};

  /** Null where the PK does not tell, and without faces. */
  public static @Nullable Certainty of(EmbeddedFaces faces) {
    float[] deviation = faces.deviation();
    if (deviation == null || faces.rows().isEmpty()) {
      return null;
    }
    List<Integer> all = IntStream.range(0, faces.rows().size()).boxed().toList();
    Map<String, List<Integer>> byLabel = new TreeMap<>();
    for (int i : all) {
      byLabel.computeIfAbsent(faces.rows().get(i).label(), any -> new ArrayList<>()).add(i);
    }
    Map<String, Axes> held = new LinkedHashMap<>();
    byLabel.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
        .forEach(
            entry -> held.put(entry.getKey(), held(faces, deviation, entry.getValue(), NINETY)));
    Map<Double, Axes> errors = new LinkedHashMap<>();
    for (double coverage : COVERAGES) {
      errors.put(
          coverage,
          new Axes(
              error(faces, deviation, all, 0, coverage),
              error(faces, deviation, all, 1, coverage)));
    }
    return new Certainty(
        held(faces, deviation, all, EIGHTY), held(faces, deviation, all, NINETY), held, errors);
  }

  private static Axes held(
      EmbeddedFaces faces, float[] deviation, List<Integer> members, double deviations) {
    return new Axes(
        share(faces, deviation, members, 0, deviations),
        share(faces, deviation, members, 1, deviations));
  }

  private static double share(
      EmbeddedFaces faces, float[] deviation, List<Integer> members, int axis, double deviations) {
    int held = 0;
    for (int i : members) {
      held += Math.abs(error(faces, i, axis)) <= deviations * deviation[2 * i + axis] ? 1 : 0;
    }
    return (double) held / members.size();
  }

  private static double error(
      EmbeddedFaces faces, float[] deviation, List<Integer> all, int axis, double coverage) {
    List<Integer> surest = new ArrayList<>(all);
    surest.sort(Comparator.comparingDouble(i -> deviation[2 * i + axis]));
    int count = Math.max(1, (int) Math.round(coverage * surest.size()));
    double squares = 0;
    for (int i : surest.subList(0, count)) {
      squares += Math.pow(error(faces, i, axis), 2);
    }
    return Math.sqrt(squares / count);
  }

  private static double error(EmbeddedFaces faces, int face, int axis) {
    Row row = faces.rows().get(face);
    return faces.affect()[2 * face + axis] - (axis == 0 ? row.arousal() : row.valence());
  }
}
