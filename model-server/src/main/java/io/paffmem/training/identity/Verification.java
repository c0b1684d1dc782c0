package io.paffmem.training.identity;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Whether two faces are told to be one person's: all pairs of some faces, by their cosines. */
final class Verification {
  private final float[] same;
  private final float[] different;

  /**
   * @param embeddings persons.size() x size, each row of length 1
   * @param persons whose face each row is
   */
  Verification(float[] embeddings, int size, List<String> persons) {
    int faces = persons.size();
    float[] sames = new float[faces * (faces - 1) / 2];
    float[] differents = new float[sames.length];
    int s = 0;
    int d = 0;
    for (int i = 0; i < faces; i++) {
      for (int j = 0; j < i; j++) {
        float cosine = 0;
        for (int k = 0; k < size; k++) {
          cosine += embeddings[i * size + k] * embeddings[j * size + k];
        }
        if (persons.get(i).equals(persons.get(j))) {
          sames[s++] = cosine;
        } else {
          differents[d++] = cosine;
        }
      }
    }
    same = Arrays.copyOf(sames, s);
    different = Arrays.copyOf(differents, d);
    Arrays.sort(same);
    Arrays.sort(different);
  }

  /** Pairs of one person's faces. */
  int samePairs() {
    return same.length;
  }

  /**
   * The chance that a pair of one person's faces is nearer than a pair of two people's (the area
   * under the ROC curve), ties counting half; empty where there is no pair of either kind.
   */
  OptionalDouble auc() {
    if (same.length == 0 || different.length == 0) {
      return OptionalDouble.empty();
    }
    double won = 0;
    int below = 0;
    int notAbove = 0;
    for (float cosine : same) {
      while (below < different.length && different[below] < cosine) {
        below++;
      }
      while (notAbove < different.length && different[notAbove] <= cosine) {
        notAbove++;
      }
      won += (below + notAbove) / 2.0;
    }
    return OptionalDouble.of(won / ((double) same.length * different.length));
  }
}
