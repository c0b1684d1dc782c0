package io.paffmem.training.identity;

import io.paffmem.training.faces.LabelledFace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The people of one face set that the identity network is trained on, drawn so that those with many
 * faces do not drown the others: a person's chance is the square root of their faces, less {@link
 * #FIRST_FACE}. People of one face, who show only what others look like, come seldom.
 */
final class IdentityPeople {
  private static final double FIRST_FACE = 0.95;

  private final List<List<LabelledFace>> trained = new ArrayList<>();
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
        trained.add(theirs);
      }
    }
    cumulative = new double[trained.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.sqrt(trained.get(i).size() - FIRST_FACE);
      cumulative[i] = sum;
    }
  }

  /** Two faces of one of them, and the person's number; one face twice where there is no other. */
  record Drawn(LabelledFace one, LabelledFace other, int person) {}

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
    int one = random.nextInt(theirs.size());
    int other =
        theirs.size() == 1 ? one : (one + 1 + random.nextInt(theirs.size() - 1)) % theirs.size();
    return new Drawn(theirs.get(one), theirs.get(other), first + person);
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
