package io.paffmem.training.identity;

import io.paffmem.training.faces.LabelledFace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The people of one face set that the identity network is trained on, drawn so that those with many
 * faces do not drown the others: a person's chance is the square root of their faces.
 */
final class IdentityPeople {
  /** Of so many faces of a person one is kept, to see whether the person is known again. */
  private static final int KEPT_ONE_IN = 10;

  private final List<List<LabelledFace>> trained = new ArrayList<>();
  private final List<LabelledFace> kept = new ArrayList<>();
  private final List<Integer> keptPersons = new ArrayList<>();
  private final double[] cumulative;
  private final int first;

  /**
   * @param faces of people to train on
   * @param leastFaces people with fewer are left out
   * @param first number of the first person
   */
  IdentityPeople(List<LabelledFace> faces, int leastFaces, int first) {
    this.first = first;
    for (List<LabelledFace> theirs : byPerson(faces).values()) {
      if (theirs.size() >= leastFaces) {
        List<LabelledFace> seen = new ArrayList<>();
        for (int i = 0; i < theirs.size(); i++) {
          if (i % KEPT_ONE_IN == KEPT_ONE_IN - 1) {
            kept.add(theirs.get(i));
            keptPersons.add(first + trained.size());
          } else {
            seen.add(theirs.get(i));
          }
        }
        trained.add(seen);
      }
    }
    cumulative = new double[trained.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.sqrt(trained.get(i).size());
      cumulative[i] = sum;
    }
  }

  /** A face of one of them, and the person's number. */
  record Drawn(LabelledFace face, int person) {}

  int people() {
    return trained.size();
  }

  /** Faces that are trained on. */
  int faces() {
    return trained.stream().mapToInt(List::size).sum();
  }

  Drawn draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int person = 0;
    while (cumulative[person] <= at) {
      person++;
    }
    List<LabelledFace> theirs = trained.get(person);
    return new Drawn(theirs.get(random.nextInt(theirs.size())), first + person);
  }

  /** Faces of these people that are not trained on. */
  List<LabelledFace> kept() {
    return kept;
  }

  /** Number of the person of each of {@link #kept}. */
  int keptPerson(int face) {
    return keptPersons.get(face);
  }

  /** The first faces of every person who has at least two. */
  static List<LabelledFace> pairable(List<LabelledFace> faces, int mostEach, int mostOfAll) {
    List<LabelledFace> chosen = new ArrayList<>();
    for (List<LabelledFace> theirs : byPerson(faces).values()) {
      int count = Math.min(mostEach, theirs.size());
      if (count >= 2 && chosen.size() + count <= mostOfAll) {
        chosen.addAll(theirs.subList(0, count));
      }
    }
    return chosen;
  }

  private static Map<String, List<LabelledFace>> byPerson(List<LabelledFace> faces) {
    Map<String, List<LabelledFace>> people = new LinkedHashMap<>();
    for (LabelledFace face : faces) {
      people.computeIfAbsent(face.person(), any -> new ArrayList<>()).add(face);
    }
    return people;
  }
}
