package io.paffmem.ingest.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.ingest.video.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaceTrackerTest {
  private static final Box FACE = new Box(50, 40, 40, 40);
  private static final List<Box> NONE = List.of();

  private final Picture scene = Pictures.noise(1);
  private final FaceTracker tracker = new FaceTracker(config(0.25f, 3));

  @Test
  void advance_firstFace_isTakenAsItIs() {
    assertThat(tracker.advance(scene, List.of(FACE))).isEqualTo(new Sighting.Detected(FACE));
  }

  @Test
  void advance_severalFaces_takesTheLargest() {
    Box small = new Box(10, 10, 30, 30);
    Box large = new Box(100, 50, 45, 45);

    assertThat(tracker.advance(scene, List.of(small, large, FACE)))
        .isEqualTo(new Sighting.Detected(large));
  }

  @Test
  void advance_movedALittle_goesAQuarterOfTheWay() {
    tracker.advance(scene, List.of(FACE));

    Sighting second = tracker.advance(scene, List.of(new Box(54, 44, 48, 48)));
    Sighting third = tracker.advance(scene, List.of(new Box(54, 44, 48, 48)));

    assertThat(second).isEqualTo(new Sighting.Detected(new Box(51, 41, 42, 42)));
    assertThat(third).isEqualTo(new Sighting.Detected(new Box(51.75f, 41.75f, 43.5f, 43.5f)));
  }

  @Test
  void advance_jitteringBox_isSteadierThanItsDetections() {
    Box box = FACE;
    double largestStep = 0;
    for (int i = 0; i < 40; i++) {
      Box jittered = new Box(50 + 3 * (i % 2), 40, 40, 40);
      Sighting sighting = tracker.advance(scene, List.of(jittered));
      assertThat(sighting).isInstanceOf(Sighting.Detected.class);
      Box next = ((Sighting.Detected) sighting).box();
      largestStep = Math.max(largestStep, Math.abs(next.x() - box.x()));
      box = next;
    }
    assertThat(largestStep).isLessThan(1);
    assertThat(box.x()).isCloseTo(51.5f, within(0.5f));
  }

  @Test
  void advance_movedElsewhere_isFollowedAtOnce() {
    tracker.advance(scene, List.of(FACE));
    Box elsewhere = new Box(140, 40, 40, 40);

    assertThat(tracker.advance(Pictures.noise(2), List.of(elsewhere)))
        .isEqualTo(new Sighting.Detected(elsewhere));
  }

  @Test
  void advance_missedWhileAnotherFaceIsSeen_switchesOnlyAfterTheBound() {
    tracker.advance(scene, List.of(FACE));
    Box other = new Box(140, 40, 45, 45);

    assertThat(tracker.advance(scene, List.of(other))).isEqualTo(new Sighting.Carried(FACE, 1));
    assertThat(tracker.advance(scene, List.of(other))).isEqualTo(new Sighting.Carried(FACE, 2));
    assertThat(tracker.advance(scene, List.of(other))).isEqualTo(new Sighting.Carried(FACE, 3));
    assertThat(tracker.advance(scene, List.of(other))).isEqualTo(new Sighting.Detected(other));
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Carried(other, 1));
  }

  @Test
  void advance_slightlyLargerFaceBeside_staysWithTheFaceItFollows() {
    tracker.advance(scene, List.of(FACE));

    assertThat(tracker.advance(scene, List.of(new Box(120, 40, 50, 50), FACE)))
        .isEqualTo(new Sighting.Detected(FACE));
  }

  @Test
  void advance_muchLargerFaceBeside_takesThatOne() {
    tracker.advance(scene, List.of(FACE));
    Box closer = new Box(100, 40, 70, 70);

    assertThat(tracker.advance(scene, List.of(closer, FACE)))
        .isEqualTo(new Sighting.Detected(closer));
  }

  @Test
  void advance_missedDetections_carriesTheBoxUpToTheBoundAndNoFurther() {
    tracker.advance(scene, List.of(FACE));

    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 1));
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 2));
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 3));
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_foundAgain_mayBeCarriedAnew() {
    tracker.advance(scene, List.of(FACE));
    tracker.advance(scene, NONE);
    tracker.advance(scene, NONE);

    assertThat(tracker.advance(scene, List.of(FACE))).isEqualTo(new Sighting.Detected(FACE));
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 1));
  }

  @Test
  void advance_sceneCut_carriesNothing() {
    tracker.advance(scene, List.of(FACE));

    assertThat(tracker.advance(Pictures.noise(2), NONE)).isEqualTo(new Sighting.Nothing());
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_pictureGoneBlack_carriesNothing() {
    tracker.advance(scene, List.of(FACE));

    Picture black = Pictures.plain(Pictures.WIDTH, Pictures.HEIGHT, 0, 0, 0);
    assertThat(tracker.advance(black, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_neverAFace_isNothing() {
    assertThat(tracker.advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_carryingSwitchedOff_neverCarries() {
    FaceTracker strict = new FaceTracker(config(1, 0));
    strict.advance(scene, List.of(FACE));

    assertThat(strict.advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  private static FaceConfig config(float smoothing, int maxCarried) {
    return new FaceConfig(320, 1.1, 5, 0.1, 1, smoothing, 0.3f, maxCarried, 0.5, 1.05f, 92);
  }
}
