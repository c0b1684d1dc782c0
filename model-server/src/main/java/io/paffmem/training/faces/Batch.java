package io.paffmem.training.faces;

import io.paffmem.network.NetworkConfig;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.faces.Augmentation.Change;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one step sees. It consists of groups of four faces that belong together, so that there is
 * something to compare within a person:
 *
 * <table>
 * <caption>Groups</caption>
 * <tr><td>photographs</td><td>a face, itself changed otherwise, the same person with another
 * expression, the same person again (strangers where there are no more pictures of them)</td></tr>
 * <tr><td>scenes known, G sees it</td><td>two expressions in each of two scenes: in each scene one
 * is the other's true edited face</td></tr>
 * <tr><td>scenes known, only read</td><td>a face, itself changed otherwise, another expression in
 * its scene, its expression in another scene</td></tr>
 * </table>
 *
 * @param faces n
 * @param grey n x 96 x 96 luminance values
 * @param affect n x 2 true labels
 * @param edit n x 2 labels that the edited faces aim at
 * @param truth n, the row of the true edited face, or the own row where it is not known
 * @param truthKnown n, 1 where the true edited face is known and 0 where not
 * @param person n, equal for faces of one person within a group
 * @param picture n, equal for faces made of one picture
 * @param origin n, 0 photograph, 1 where scenes are known
 * @param latent n x latentSize draws from U(-1, 1)
 */
public record Batch(
    int faces,
    byte[] grey,
    float[] affect,
    float[] edit,
    int[] truth,
    float[] truthKnown,
    int[] person,
    int[] picture,
    int[] origin,
    float[] latent) {

  /** Faces of a group. */
  public static final int GROUP = 4;

  private static final int PIXELS = NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE;
  private static final int TRIES = 8;

  /** A face set and its part of every batch. */
  public record Weighted(FaceSet faces, double weight) {}

  /** Draws the faces that G sees, then those that are only read; each by the sets' weights. */
  public static Batch draw(
      List<Weighted> sets, TrainingConfig config, int latentSize, RandomGenerator random) {
    int n = config.batch();
    Batch batch =
        new Batch(
            n,
            new byte[n * PIXELS],
            new float[2 * n],
            new float[2 * n],
            new int[n],
            new float[n],
            new int[n],
            new int[n],
            new int[n],
            new float[n * latentSize]);
    batch.fill(sets, config, 0, config.generated(), random);
    batch.fill(sets, config, config.generated(), n, random);
    for (int i = 0; i < batch.latent.length; i++) {
      batch.latent[i] = 2 * random.nextFloat() - 1;
    }
    return batch;
  }

  private void fill(
      List<Weighted> sets, TrainingConfig config, int from, int to, RandomGenerator random) {
    boolean generated = from < config.generated();
    int groups = (to - from) / GROUP;
    double phase = random.nextDouble();
    for (int g = 0; g < groups; g++) {
      FaceSet set = pick(sets, (g + phase) / groups);
      LabelledFace first = set.draw(random);
      int row = from + g * GROUP;
      if (first.scene().isEmpty()) {
        photographs(set, first, row, generated, config.editJitter(), random);
      } else {
        scenes(set, first, row, generated, random);
      }
    }
  }

  private void photographs(
      FaceSet set,
      LabelledFace first,
      int row,
      boolean generated,
      double jitter,
      RandomGenerator random) {
    List<LabelledFace> album = set.of(first.person());
    LabelledFace second = album.size() > 1 ? otherLabel(album, first, random) : set.draw(random);
    LabelledFace third = album.size() > 2 ? other(album, first, second, random) : set.draw(random);
    LabelledFace[] group = {first, first, second, third};
    Augmentation augmentation = generated ? Augmentation.WHOLE : Augmentation.PATCHED;
    for (int k = 0; k < GROUP; k++) {
      int i = row + k;
      put(group[k], augmentation.draw(random), i);
      picture[i] = k == 1 ? row : i;
      // Strangers get numbers of their own.
      person[i] = group[k].person().equals(first.person()) ? row : i;
      origin[i] = 0;
      truth[i] = i;
      // An edit aims where labels of the same origin lie: elsewhere D_real would know it by y
      // alone and G would learn to deceive it instead of learning the expression.
      LabelledFace aim = set.draw(random);
      edit[2 * i] = jitter(aim.arousal(), jitter, random);
      edit[2 * i + 1] = jitter(aim.valence(), jitter, random);
    }
  }

  private void scenes(
      FaceSet set, LabelledFace first, int row, boolean generated, RandomGenerator random) {
    List<LabelledFace> album = set.of(first.person());
    LabelledFace edited = counterpart(album, first, true, false, random);
    LabelledFace again = counterpart(album, first, false, true, random);
    if (generated) {
      LabelledFace editedAgain = exactly(album, edited, again);
      Change change = Augmentation.WHOLE.draw(random);
      Change changeAgain = Augmentation.WHOLE.draw(random);
      put(first, change, row);
      put(edited, change, row + 1);
      put(again, changeAgain, row + 2);
      put(editedAgain, changeAgain, row + 3);
      for (int k = 0; k < GROUP; k++) {
        int i = row + k;
        int pair = row + (k ^ 1);
        picture[i] = i;
        truth[i] = pair;
        truthKnown[i] = 1;
        edit[2 * i] = affect[2 * pair];
        edit[2 * i + 1] = affect[2 * pair + 1];
      }
    } else {
      LabelledFace[] group = {first, first, edited, again};
      for (int k = 0; k < GROUP; k++) {
        int i = row + k;
        put(group[k], Augmentation.PATCHED.draw(random), i);
        picture[i] = k == 1 ? row : i;
        truth[i] = i;
      }
    }
    for (int i = row; i < row + GROUP; i++) {
      person[i] = row;
      origin[i] = 1;
    }
  }

  private void put(LabelledFace face, Change change, int row) {
    change.apply(face, NetworkConfig.IMAGE_SIZE, grey, row * PIXELS);
    affect[2 * row] = face.arousal();
    affect[2 * row + 1] = face.valence();
  }

  /** Another picture of the person, of another expression if a few tries find one. */
  private static LabelledFace otherLabel(
      List<LabelledFace> album, LabelledFace face, RandomGenerator random) {
    LabelledFace found = other(album, face, face, random);
    for (int i = 0; i < TRIES && found.sameLabel(face); i++) {
      found = other(album, face, face, random);
    }
    return found;
  }

  /** A picture of the person that is neither of two. */
  private static LabelledFace other(
      List<LabelledFace> album, LabelledFace one, LabelledFace two, RandomGenerator random) {
    int at = random.nextInt(album.size());
    while (album.get(at).equals(one) || album.get(at).equals(two)) {
      at = (at + 1) % album.size();
    }
    return album.get(at);
  }

  /** A face of the person that has the same scene or label and differs in the other. */
  private static LabelledFace counterpart(
      List<LabelledFace> album,
      LabelledFace face,
      boolean sameScene,
      boolean sameLabel,
      RandomGenerator random) {
    int begin = random.nextInt(album.size());
    for (int i = 0; i < album.size(); i++) {
      LabelledFace candidate = album.get((begin + i) % album.size());
      if (candidate.scene().equals(face.scene()) == sameScene
          && candidate.sameLabel(face) == sameLabel) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        face.person()
            + " has no face with "
            + (sameScene ? "the same scene and another label" : "the same label and another scene")
            + "; where scenes are known, each label is needed in at least two of them");
  }

  private static LabelledFace exactly(
      List<LabelledFace> album, LabelledFace label, LabelledFace scene) {
    for (LabelledFace candidate : album) {
      if (candidate.scene().equals(scene.scene()) && candidate.sameLabel(label)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        label.person() + " lacks a label in a scene; where scenes are known, each has all labels");
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
