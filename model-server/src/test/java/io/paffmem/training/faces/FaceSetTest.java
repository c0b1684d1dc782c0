package io.paffmem.training.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaceSetTest {

  @Test
  void split_people_areOnOneSideOnly() {
    FaceSet.Split split = people(200, 3).split(0.3, 5);

    Set<String> training = names(split.training());
    Set<String> validation = names(split.validation());
    assertThat(training).doesNotContainAnyElementsOf(validation);
    assertThat(training.size() + validation.size()).isEqualTo(200);
    assertThat(split.training().faces().size() + split.validation().faces().size()).isEqualTo(600);
    assertThat(split.training().name()).isEqualTo("people");
    assertThat(split.validation().name()).isEqualTo("people");
  }

  @Test
  void split_share_isAboutRight() {
    for (double share : new double[] {0.15, 0.5, 0.8}) {
      for (long seed = 0; seed < 5; seed++) {
        int validated = names(people(2_000, 1).split(share, seed).validation()).size();

        // Five standard deviations of a binomial draw.
        double tolerance = 5 * Math.sqrt(share * (1 - share) / 2_000);
        assertThat(validated / 2_000.0)
            .as("share %s, seed %d", share, seed)
            .isCloseTo(share, within(tolerance));
      }
    }
  }

  @Test
  void split_otherOrder_choosesTheSamePeople() {
    List<LabelledFace> faces = new ArrayList<>(people(100, 2).faces());
    Set<String> before = names(new FaceSet("a", faces).split(0.3, 1).validation());
    Collections.shuffle(faces, new Random(2));

    assertThat(names(new FaceSet("b", faces).split(0.3, 1).validation())).isEqualTo(before);
  }

  @Test
  void reserve_people_areKeptBackByADrawThatTheSplitDoesNotKnow() {
    FaceSet.Split split = people(2_000, 1).split(0.3, 7);
    FaceSet.Reserve reserve = split.training().reserve(0.1, 7);

    assertThat(names(reserve.used())).doesNotContainAnyElementsOf(names(reserve.kept()));
    assertThat(reserve.used().faces().size() + reserve.kept().faces().size())
        .isEqualTo(split.training().faces().size());
    assertThat(reserve.kept().faces().size() / (double) split.training().faces().size())
        .isCloseTo(0.1, within(0.04));
  }

  @Test
  void reserve_ofNothing_leavesAllFacesInBoth() {
    FaceSet people = people(5, 1);

    FaceSet.Reserve reserve = people.reserve(0, 7);

    assertThat(reserve.used().faces()).isEqualTo(people.faces());
    assertThat(reserve.kept().faces()).isEqualTo(people.faces());
  }

  @Test
  void draw_oneRareFace_hasTwelveTimesTheMeanChanceAtMost() {
    List<LabelledFace> faces = new ArrayList<>();
    byte[] grey = new byte[4];
    for (int i = 0; i < 999; i++) {
      faces.add(new LabelledFace(grey, 2, 0, 0, "common-" + i));
    }
    faces.add(new LabelledFace(grey, 2, -0.5f, -0.5f, "rare"));
    FaceSet set = new FaceSet("set", faces);
    Random random = new Random(3);
    int rare = 0;
    for (int i = 0; i < 100_000; i++) {
      rare += set.draw(random).person().equals("rare") ? 1 : 0;
    }

    // Chances before the bound: 999 of 999^-0.9 each, and one of 1, which would be a third of all.
    double common = 999 * Math.pow(999, -0.9);
    double bounded = 12 * (common + 1) / 1_000;
    assertThat(rare / 100_000.0).isCloseTo(bounded / (common + bounded), within(0.002));
  }

  @Test
  void split_otherSeed_choosesOtherPeople() {
    FaceSet people = people(100, 1);

    assertThat(names(people.split(0.3, 1).validation()))
        .isNotEqualTo(names(people.split(0.3, 2).validation()));
  }

  @Test
  void split_oneSideEmpty_saysWhichSideOfWhichSetAndWhatToDo() {
    FaceSet one = people(1, 4);

    assertThatThrownBy(() -> one.split(0.001, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("face set people has nobody to validate on")
        .hasMessageContaining("0.001")
        .hasMessageContaining("add people");
    assertThatThrownBy(() -> one.split(0.999, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("face set people has nobody to train on");
  }

  @Test
  void new_noFaces_isRefusedByName() {
    assertThatThrownBy(() -> new FaceSet("photographs", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("photographs is empty");
  }

  @Test
  void draw_rareLabel_comesByAPowerOfItsCount() {
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      faces.add(face("p" + i, 0.5f, 0.5f));
    }
    for (int i = 0; i < 4; i++) {
      faces.add(face("rare" + i, -0.9f, -0.9f));
    }
    FaceSet set = new FaceSet("skewed", faces);
    Random random = new Random(3);
    int draws = 20_000;
    int rare = 0;
    int first = 0;
    for (int i = 0; i < draws; i++) {
      LabelledFace drawn = set.draw(random);
      rare += drawn.arousal() < 0 ? 1 : 0;
      first += drawn.person().equals("rare0") ? 1 : 0;
    }

    // A cell of n faces comes by n^(1 - 0.9); the rare four share theirs. Five deviations.
    double share = Math.pow(4, 0.1) / (Math.pow(4, 0.1) + Math.pow(100, 0.1));
    assertThat(rare / (double) draws).isCloseTo(share, within(0.0175));
    assertThat(first / (double) draws).isCloseTo(share / 4, within(0.010));
  }

  @Test
  void draw_cornersOfTheSquare_areCellsLikeOthers() {
    FaceSet set = new FaceSet("corners", List.of(face("low", -1, -1), face("high", 1, 1)));
    Random random = new Random(4);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      drawn.add(set.draw(random).person());
    }

    assertThat(drawn).containsExactlyInAnyOrder("low", "high");
  }

  @Test
  void labelledFace_wrongShapeOrLabel_isRefused() {
    assertThatThrownBy(() -> new LabelledFace(new byte[5], 2, 0, 0, "p"))
        .hasMessageContaining("has 4 pixels, not 5");
    assertThatThrownBy(() -> new LabelledFace(new byte[1], 1, 0, 0, "p"))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> new LabelledFace(new byte[4], 2, 1.1f, 0, "p"))
        .hasMessageContaining("outside [-1, 1]");
    assertThatThrownBy(() -> new LabelledFace(new byte[4], 2, 0, Float.NaN, "p"))
        .hasMessageContaining("outside [-1, 1]");
  }

  private static FaceSet people(int people, int facesEach) {
    List<LabelledFace> faces = new ArrayList<>();
    for (int i = 0; i < people * facesEach; i++) {
      faces.add(face("person-" + i % people, 0, 0));
    }
    return new FaceSet("people", faces);
  }

  private static LabelledFace face(String person, float arousal, float valence) {
    return new LabelledFace(new byte[4], 2, arousal, valence, person);
  }

  private static Set<String> names(FaceSet set) {
    Set<String> names = new HashSet<>();
    set.faces().forEach(face -> names.add(face.person()));
    return names;
  }
}
