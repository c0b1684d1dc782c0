package io.paffmem.training;

import io.paffmem.metric.Concordance;
import io.paffmem.network.NetworkConfig;
import io.paffmem.training.TrainingReport.Agreement;
import io.paffmem.training.faces.Augmentation;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import io.paffmem.training.graph.TrainingGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the PK does on the people kept from training. */
public final class Validation {
  private static final int PREDICTION_BATCH = 64;

  private final List<FaceSet> sets = new ArrayList<>();
  private final List<String> judged = new ArrayList<>();

  /**
   * Adds faces of people whom training does not see.
   *
   * @param judges whether the best checkpoint is chosen by them
   */
  void add(FaceSet faces, boolean judges) {
    sets.add(faces);
    if (judges) {
      judged.add(faces.name());
    }
  }

  List<FaceSet> sets() {
    return sets;
  }

  /** CCC by face set. */
  Map<String, Agreement> agreements(TrainingGraph graph) {
    Map<String, Agreement> agreements = new LinkedHashMap<>();
    for (FaceSet set : sets) {
      agreements.put(set.name(), agreement(graph, set.faces()));
    }
    return agreements;
  }

  /** Mean over the judged sets, or over all if none was to judge. */
  double score(Map<String, Agreement> agreements) {
    return agreements.entrySet().stream()
        .filter(entry -> judged.isEmpty() || judged.contains(entry.getKey()))
        .mapToDouble(entry -> entry.getValue().mean())
        .average()
        .orElse(0);
  }

  private static Agreement agreement(TrainingGraph graph, List<LabelledFace> faces) {
    Concordance arousal = new Concordance();
    Concordance valence = new Concordance();
    for (int from = 0; from < faces.size(); from += PREDICTION_BATCH) {
      List<LabelledFace> some =
          faces.subList(from, Math.min(faces.size(), from + PREDICTION_BATCH));
      float[] predicted = graph.predict(plain(some), some.size());
      for (int i = 0; i < some.size(); i++) {
        arousal.add(predicted[2 * i], some.get(i).arousal());
        valence.add(predicted[2 * i + 1], some.get(i).valence());
      }
    }
    return new Agreement(arousal.ccc(), valence.ccc());
  }

  /** The faces as they are, in the networks' size: n x 96 x 96 luminance values. */
  public static byte[] plain(List<LabelledFace> faces) {
    int size = NetworkConfig.IMAGE_SIZE;
    byte[] grey = new byte[faces.size() * size * size];
    for (int i = 0; i < faces.size(); i++) {
      Augmentation.plain(faces.get(i), size, grey, i * size * size);
    }
    return grey;
  }
}
