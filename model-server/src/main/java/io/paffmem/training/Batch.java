package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one step sees.
 *
 * @param faces n
 * @param grey n x 96 x 96 luminance values
 * @param affect n x 2 true labels
 * @param edit n x 2 labels that the edited faces aim at
 * @param edited n x 96 x 96 luminance values of the true edited faces, where they are known
 * @param editKnown n, 1 where the true edited face is known and 0 where not
 * @param latent n x latentSize draws from U(-1, 1)
 */
record Batch(
    int faces,
    byte[] grey,
    float[] affect,
    float[] edit,
    byte[] edited,
    float[] editKnown,
    float[] latent) {

  /** A face set and its part of every batch. */
  record Weighted(FaceSet faces, double weight) {}

  static Batch draw(
      List<Weighted> sets, TrainingConfig config, int latentSize, RandomGenerator random) {
    int n = config.batch();
    int pixels = NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE;
    Batch batch =
        new Batch(
            n,
            new byte[n * pixels],
            new float[2 * n],
            new float[2 * n],
            new byte[n * pixels],
            new float[n],
            new float[n * latentSize]);
    for (int i = 0; i < n; i++) {
      FaceSet set = pick(sets, (i + random.nextDouble()) / n);
      LabelledFace face = set.draw(random);
      Augmentation.TRAINING.apply(
          face, random, NetworkConfig.IMAGE_SIZE, batch.grey, batch.edited, i * pixels);
      batch.affect[2 * i] = face.arousal();
      batch.affect[2 * i + 1] = face.valence();
      LabelledFace edited = face.edited();
      if (edited != null) {
        batch.editKnown[i] = 1;
        batch.edit[2 * i] = edited.arousal();
        batch.edit[2 * i + 1] = edited.valence();
      } else {
        // An edit aims where labels of the same origin lie: elsewhere D_real would know it by y
        // alone and G would learn to deceive it instead of learning the expression.
        LabelledFace aim = set.draw(random);
        batch.edit[2 * i] = jitter(aim.arousal(), config.editJitter(), random);
        batch.edit[2 * i + 1] = jitter(aim.valence(), config.editJitter(), random);
      }
    }
    for (int i = 0; i < batch.latent.length; i++) {
      batch.latent[i] = 2 * random.nextFloat() - 1;
    }
    return batch;
  }

  private static FaceSet pick(List<Weighted> sets, double at) {
    double total = 0;
    for (Weighted set : sets) {
      total += set.weight;
    }
    double rest = at * total;
    for (Weighted set : sets) {
      rest -= set.weight;
      if (rest < 0) {
        return set.faces;
      }
    }
    return sets.get(sets.size() - 1).faces;
  }

  private static float jitter(float value, double deviation, RandomGenerator random) {
    return (float) Math.max(-1, Math.min(1, value + deviation * random.nextGaussian()));
  }
}
