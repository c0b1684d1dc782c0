package io.paffmem.training.faces;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Labelled faces of one origin, drawn so that rare expressions are not drowned: a face's chance
 * falls with how many share its cell of the arousal/valence square, to the power of 0.9, but is at
 * most twelve times the mean chance. An even square would show the few faces of rare expressions so
 * often that they are learnt by heart.
 */
public final class FaceSet {
  private static final int CELLS_PER_AXIS = 10;
  private static final double BALANCE = 0.9;
  private static final double MOST_FAVOURED = 12;

  private final String name;
  private final List<LabelledFace> faces;
  private final double[] cumulative;
  private final Map<String, List<LabelledFace>> people = new HashMap<>();

  /**
   * @param name for messages
   * @param faces at least one
   */
  public FaceSet(String name, List<LabelledFace> faces) {
    if (faces.isEmpty()) {
      throw new IllegalArgumentException("face set " + name + " is empty; add faces to it");
    }
    this.name = name;
    this.faces = List.copyOf(faces);
    this.cumulative = balance(this.faces);
    for (LabelledFace face : this.faces) {
      people.computeIfAbsent(face.person(), none -> new ArrayList<>()).add(face);
    }
  }

  /** Where the faces come from. */
  public String name() {
    return name;
  }

  /** The faces, in their given order. */
  public List<LabelledFace> faces() {
    return faces;
  }

  /** The faces of a person, in their given order; empty for a stranger. */
  List<LabelledFace> of(String person) {
    return people.getOrDefault(person, List.of());
  }

  /** One face, by the balanced chances. */
  public LabelledFace draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return faces.get(low);
  }

  /**
   * Splits by person, so that nobody is on two sides.
   *
   * @param share of the people to validate on, in (0, 1)
   * @param seed other seeds choose other people
   * @throws IllegalArgumentException if nobody is left on one side
   */
  public Split split(double share, long seed) {
    List<LabelledFace> training = new ArrayList<>();
    List<LabelledFace> validation = new ArrayList<>();
    for (LabelledFace face : faces) {
      (isValidation(face.person(), share, seed) ? validation : training).add(face);
    }
    return new Split(
        side("train on", training, share, seed), side("validate on", validation, share, seed));
  }

  /**
   * Keeps some people of this set back, by a draw of its own: one that {@link #split} does not
   * know.
   *
   * @param share of the people to keep back, in [0, 1)
   * @return the others, and those kept back; where one of both would be empty, all faces in both
   */
  public Reserve reserve(double share, long seed) {
    List<LabelledFace> used = new ArrayList<>();
    List<LabelledFace> kept = new ArrayList<>();
    for (LabelledFace face : faces) {
      (isValidation(face.person(), share, ~seed) ? kept : used).add(face);
    }
    return used.isEmpty() || kept.isEmpty()
        ? new Reserve(this, this)
        : new Reserve(new FaceSet(name, used), new FaceSet(name, kept));
  }

  /** What {@link #reserve} makes of a set. */
  public record Reserve(FaceSet used, FaceSet kept) {}

  private FaceSet side(String purpose, List<LabelledFace> side, double share, long seed) {
    if (side.isEmpty()) {
      throw new IllegalArgumentException(
          "face set "
              + name
              + " has nobody to "
              + purpose
              + " when a share of "
              + share
              + " of its people is kept for validation by seed "
              + seed
              + "; add people, or choose another share or seed");
    }
    return new FaceSet(name, side);
  }

  /** Both sides of a split by person. */
  public record Split(FaceSet training, FaceSet validation) {}

  /** Whether a person is validated on: a hash, so that it holds for any order and any subset. */
  public static boolean isValidation(String person, double share, long seed) {
    long hash = seed * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < person.length(); i++) {
      hash = (hash ^ person.charAt(i)) * 0x100000001B3L;
    }
    hash ^= hash >>> 32;
    hash *= 0xD6E8FEB86659FD93L;
    hash ^= hash >>> 32;
    return (hash >>> 11) * 0x1p-53 < share;
  }

  private static double[] balance(List<LabelledFace> faces) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (LabelledFace face : faces) {
      counts.merge(cell(face), 1, Integer::sum);
    }
    double[] cumulative = new double[faces.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += chance(counts, faces.get(i));
      cumulative[i] = sum;
    }
    double most = MOST_FAVOURED * sum / cumulative.length;
    sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.min(most, chance(counts, faces.get(i)));
      cumulative[i] = sum;
    }
    return cumulative;
  }

  private static double chance(Map<Integer, Integer> counts, LabelledFace face) {
    return Math.pow(counts.getOrDefault(cell(face), 1), -BALANCE);
  }

  private static int cell(LabelledFace face) {
    return cell(face.arousal()) * CELLS_PER_AXIS + cell(face.valence());
  }

  private static int cell(float value) {
    return Math.min(CELLS_PER_AXIS - 1, (int) ((value + 1) / 2 * CELLS_PER_AXIS));
  }
}
