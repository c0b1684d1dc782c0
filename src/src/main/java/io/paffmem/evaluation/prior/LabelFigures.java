package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the PK says of the faces of one label.
 *
 * @param count faces
 * @param label their label, the mean if they differ
 * @param arousal predicted
 * @param valence predicted
 */
public record LabelFigures(int count, Place label, Moments arousal, Moments valence) {

  /** A place on the square. */
  public record Place(double arousal, double valence) {}

  /** Mean, and population standard deviation. */
  public record Moments(double mean, double sd) {}

  /** By label, the most frequent first. */
  public static Map<String, LabelFigures> of(EmbeddedFaces faces) {
    Map<String, List<Integer>> byLabel = new TreeMap<>();
    for (int i = 0; i < faces.rows().size(); i++) {
      byLabel.computeIfAbsent(faces.rows().get(i).label(), any -> new ArrayList<>()).add(i);
    }
    List<Map.Entry<String, List<Integer>>> entries = new ArrayList<>(byLabel.entrySet());
    entries.sort((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()));
    Map<String, LabelFigures> figures = new LinkedHashMap<>();
    for (Map.Entry<String, List<Integer>> entry : entries) {
      figures.put(entry.getKey(), of(faces, entry.getValue()));
    }
    return figures;
  }

  private static LabelFigures of(EmbeddedFaces faces, List<Integer> members) {
    double arousal = 0;
    double valence = 0;
    for (int i : members) {
      Row row = faces.rows().get(i);
      arousal += row.arousal();
      valence += row.valence();
    }
    int n = members.size();
    return new LabelFigures(
        n,
        new Place(arousal / n, valence / n),
        moments(faces.affect(), members, 0),
        moments(faces.affect(), members, 1));
  }

  private static Moments moments(float[] affect, List<Integer> members, int axis) {
    double mean = 0;
    for (int i : members) {
      mean += affect[2 * i + axis];
    }
    mean /= members.size();
    double squares = 0;
    for (int i : members) {
      double difference = affect[2 * i + axis] - mean;
      squares += difference * difference;
    }
    return new Moments(mean, Math.sqrt(squares / members.size()));
  }
}
