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
  void new_peopleWithFewFaces_areLeftOut() {
    List<LabelledFace> faces = faces("few", 9);
    faces.addAll(faces("ten", 10));
    faces.addAll(faces("many", 25));

    IdentityPeople people = new IdentityPeople(faces, 10, 7);

    assertThat(people.people()).isEqualTo(2);
    assertThat(people.faces()).isEqualTo(35);
  }

  @Test
  void draw_peopleOfManyFaces_comeByTheSquareRootAndWithTwoFaces() {
    List<LabelledFace> faces = faces("four", 4);
    faces.addAll(faces("eighteen", 18));
    IdentityPeople people = new IdentityPeople(faces, 2, 3);
    Random random = new Random(1);
    int draws = 10_000;
    int four = 0;
    Set<LabelledFace> drawn = new HashSet<>();
    for (int i = 0; i < draws; i++) {
      IdentityPeople.Drawn pair = people.draw(random);
      String expected = pair.person() == 3 ? "four" : "eighteen";
      if (pair.one().equals(pair.other())
          || !pair.one().person().equals(expected)
          || !pair.other().person().equals(expected)) {
        throw new AssertionError("no two faces of " + expected);
      }
      drawn.add(pair.one());
      drawn.add(pair.other());
      four += pair.person() == 3 ? 1 : 0;
    }

    // Five standard deviations.
    double expected = Math.sqrt(4 - 0.95) / (Math.sqrt(4 - 0.95) + Math.sqrt(18 - 0.95));
    assertThat(four / (double) draws).isCloseTo(expected, within(0.024));
    assertThat(drawn).hasSize(4 + 18);
  }

  @Test
  void draw_personOfOneFace_comesWithItTwice() {
    List<LabelledFace> faces = faces("one", 1);

    IdentityPeople.Drawn pair = new IdentityPeople(faces, 1, 0).draw(new Random(1));

    assertThat(pair.one()).isSameAs(pair.other()).isSameAs(faces.get(0));
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
