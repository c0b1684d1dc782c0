package io.paffmem.ingest.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.synthetic.SyntheticMeeting;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.Picture;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Three people who do not exist, two of whom walk past each other and back. */
final class MeetingTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  @Test
  void find_twoCross_eachKeepsTheirNumber() {
    // The detector that sees the truth: what is tested is who is who. The cascade's own figure is
    // in the documents.
    for (int seed = 0; seed < 6; seed++) {
      SyntheticMeeting meeting = meeting(seed);
      Map<Integer, Set<Integer>> numbers =
          numbers(meeting, new PeopleFinder(FaceConfig.defaults(), TrackConfig.defaults()));

      assertThat(numbers.values())
          .as("seed %d", seed)
          .allSatisfy(each -> assertThat(each).hasSize(1));
      Set<Integer> all = new HashSet<>();
      numbers.values().forEach(all::addAll);
      assertThat(all).as("seed %d", seed).containsExactlyInAnyOrder(1, 2, 3);
    }
  }

  @Test
  void find_sameMeetingTwice_givesTheSameNumbersAndBoxes() {
    SyntheticMeeting meeting = meeting(3);
    List<List<TrackedFace>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      PeopleFinder finder = new PeopleFinder(FaceConfig.defaults(), TrackConfig.defaults());
      List<TrackedFace> seen = new ArrayList<>();
      for (int index = 0; index < 60; index++) {
        seen.addAll(finder.find(picture(meeting, index), new Truth(meeting, index)));
      }
      runs.add(seen);
    }

    assertThat(runs.get(0)).isNotEmpty().isEqualTo(runs.get(1));
  }

  @Test
  void find_cutAndTheSamePeopleAgain_givesThemTheirNumbers() {
    SyntheticMeeting meeting = meeting(1);
    PeopleFinder finder = new PeopleFinder(FaceConfig.defaults(), TrackConfig.defaults());
    Map<Integer, Box> before = new TreeMap<>();
    for (int index = 0; index < 10; index++) {
      for (TrackedFace one : finder.find(picture(meeting, index), new Truth(meeting, index))) {
        before.put(one.number(), one.box());
      }
    }
    byte[] black = new byte[3 * WIDTH * HEIGHT];
    finder.find(new Picture(10, 400_000, WIDTH, HEIGHT, black), picture -> List.of());

    Map<Integer, Box> after = new TreeMap<>();
    for (int index = 11; index < 20; index++) {
      for (TrackedFace one : finder.find(picture(meeting, index), new Truth(meeting, index))) {
        after.putIfAbsent(one.number(), one.box());
      }
    }

    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (number, box) -> {
          Box was = before.get(number);
          assertThat(was).isNotNull();
          assertThat(box.overlap(was)).isGreaterThan(0.3f);
        });
  }

  @Test
  void find_somebodyElseInThePlaceOfOneWhoLeft_getsAnotherNumber() {
    SyntheticMeeting meeting = meeting(2);
    SyntheticMeeting others = meeting(5);
    PeopleFinder finder = new PeopleFinder(FaceConfig.defaults(), TrackConfig.defaults());
    for (int index = 0; index < 10; index++) {
      finder.find(picture(meeting, index), new Truth(meeting, index));
    }
    assertThat(finder.people()).isEqualTo(3);

    Set<Integer> numbers = new HashSet<>();
    for (int index = 10; index < 20; index++) {
      for (TrackedFace one : finder.find(picture(others, index), new Truth(others, index))) {
        numbers.add(one.number());
      }
    }

    assertThat(numbers).containsExactlyInAnyOrder(4, 5, 6);
  }

  @Test
  void find_faceOfOnePicture_isNobody() {
    SyntheticMeeting meeting = meeting(2);
    PeopleFinder finder = new PeopleFinder(FaceConfig.defaults(), TrackConfig.defaults());
    finder.find(picture(meeting, 0), picture -> List.of());
    finder.find(picture(meeting, 1), picture -> List.of());

    List<TrackedFace> seen =
        finder.find(picture(meeting, 2), picture -> List.of(Face.at(new Box(100, 200, 60, 60))));
    finder.find(picture(meeting, 3), picture -> List.of());

    assertThat(seen).isEmpty();
    assertThat(finder.people()).isZero();
  }

  private static SyntheticMeeting meeting(int seed) {
    SyntheticPeople people = new SyntheticPeople(seed);
    return new SyntheticMeeting(
        List.of(people.person(0), people.person(1), people.person(2)),
        seed,
        new SyntheticVideo.Format(WIDTH, HEIGHT, 12.5, 8));
  }

  private static Picture picture(SyntheticMeeting meeting, int index) {
    byte[] bgr = ((DataBufferByte) meeting.frame(index).getRaster().getDataBuffer()).getData();
    return new Picture(index, index * 80_000L, WIDTH, HEIGHT, bgr);
  }

  /** The numbers that each of the people was seen under. */
  private static Map<Integer, Set<Integer>> numbers(SyntheticMeeting meeting, PeopleFinder finder) {
    Map<Integer, Set<Integer>> numbers = new TreeMap<>();
    for (int index = 0; index < meeting.frameCount(); index++) {
      List<SyntheticMeeting.Place> places = meeting.places(index);
      for (TrackedFace one : finder.find(picture(meeting, index), new Truth(meeting, index))) {
        int whose = -1;
        float best = 0;
        for (int person = 0; person < places.size(); person++) {
          float overlap = box(places.get(person)).overlap(one.box());
          if (places.get(person).hidden() <= Truth.HIDDEN && overlap > best) {
            best = overlap;
            whose = person;
          }
        }
        numbers.computeIfAbsent(whose, any -> new HashSet<>()).add(one.number());
      }
    }
    return numbers;
  }

  private static Box box(SyntheticMeeting.Place place) {
    return new Box(place.x(), place.y(), place.side(), place.side());
  }

  /** Finds every face of which more than half can be seen. */
  private record Truth(SyntheticMeeting meeting, int index) implements FaceDetector {
    static final float HIDDEN = 0.5f;

    @Override
    public List<Face> detect(Picture picture) {
      List<Face> faces = new ArrayList<>();
      for (SyntheticMeeting.Place place : meeting.places(index)) {
        if (place.hidden() <= HIDDEN) {
          faces.add(new Face(box(place), 1 - place.hidden() / 2, null));
        }
      }
      return faces;
    }
  }
}
