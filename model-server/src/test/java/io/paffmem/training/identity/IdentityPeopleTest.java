package io.paffmem.training.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.training.faces.LabelledFace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdentityPeopleTest {
  @Test
  void new_peopleWithFewFaces_areLeftOutAndOneFaceInTenIsKept() {
    List<LabelledFace> faces = faces("few", 9);
    faces.addAll(faces("ten", 10));
    faces.addAll(faces("many", 25));

    IdentityPeople people = new IdentityPeople(faces, 10, 7);

    assertThat(people.people()).isEqualTo(2);
    assertThat(people.faces()).isEqualTo(9 + 23);
    assertThat(people.kept())
        .extracting(LabelledFace::person)
        .containsExactly("ten", "many", "many");
    assertThat(List.of(people.keptPerson(0), people.keptPerson(1), people.keptPerson(2)))
        .containsExactly(7, 8, 8);
  }

  @Test
  void draw_peopleOfManyFaces_comeByTheSquareRootAndKeptFacesNever() {
    List<LabelledFace> faces = faces("four", 4);
    faces.addAll(faces("eighteen", 18));
    IdentityPeople people = new IdentityPeople(faces, 2, 3);
    Set<LabelledFace> kept = new HashSet<>(people.kept());
    Random random = new Random(1);
    int draws = 10_000;
    int four = 0;
    Set<LabelledFace> drawn = new HashSet<>();
    for (int i = 0; i < draws; i++) {
      IdentityPeople.Drawn one = people.draw(random);
      assertThatIsOf(one);
      drawn.add(one.face());
      four += one.person() == 3 ? 1 : 0;
    }

    // 4 faces against 17, one of 18 being kept: 2 / (2 + sqrt 17); five standard deviations.
    assertThat(four / (double) draws).isCloseTo(2 / (2 + Math.sqrt(17)), within(0.024));
    assertThat(drawn).hasSize(4 + 17).doesNotContainAnyElementsOf(kept);
  }

  private static void assertThatIsOf(IdentityPeople.Drawn drawn) {
    String expected = drawn.person() == 3 ? "four" : "eighteen";
    if (!drawn.face().person().equals(expected)) {
      throw new AssertionError(drawn.face().person() + " is not person " + drawn.person());
    }
  }

  @Test
  void pairable_peopleOfOneFace_areLeftOutAndOthersAreBounded() {
    List<LabelledFace> faces = faces("one", 1);
    faces.addAll(faces("two", 2));
    faces.addAll(faces("nine", 9));
    faces.addAll(faces("three", 3));

    assertThat(IdentityPeople.pairable(faces, 4, 100))
        .extracting(LabelledFace::person)
        .containsExactly("two", "two", "nine", "nine", "nine", "nine", "three", "three", "three");
    assertThat(IdentityPeople.pairable(faces, 4, 5))
        .extracting(LabelledFace::person)
        .containsExactly("two", "two", "three", "three", "three");
  }

  private static List<LabelledFace> faces(String person, int count) {
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faces.add(new LabelledFace(new byte[] {(byte) i, 0, 0, 0}, 2, 0, 0, person));
    }
    return faces;
  }
}
