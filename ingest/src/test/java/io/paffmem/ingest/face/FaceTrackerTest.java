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
  private final FaceTracker tracker = new FaceTracker(config(0.25f, 3), Appearance.ofColours());

  @Test
  void advance_firstFace_isTakenAsItIs() {
    assertThat(advance(scene, List.of(FACE))).isEqualTo(detected(FACE));
  }

  @Test
  void advance_severalFaces_takesTheLargest() {
    Box small = new Box(10, 10, 30, 30);
    Box large = new Box(100, 50, 45, 45);

    assertThat(advance(scene, List.of(small, large, FACE))).isEqualTo(detected(large));
  }

  @Test
  void advance_movedALittle_goesAQuarterOfTheWay() {
    advance(scene, List.of(FACE));

    Sighting second = advance(scene, List.of(new Box(54, 44, 48, 48)));
    Sighting third = advance(scene, List.of(new Box(54, 44, 48, 48)));

    assertThat(second)
        .satisfies(sighting -> assertThat(box(sighting)).isEqualTo(new Box(51, 41, 42, 42)));
    assertThat(third)
        .satisfies(
            sighting -> assertThat(box(sighting)).isEqualTo(new Box(51.75f, 41.75f, 43.5f, 43.5f)));
  }

  @Test
  void advance_jitteringBox_isSteadierThanItsDetections() {
    Box box = FACE;
    double largestStep = 0;
    for (int i = 0; i < 40; i++) {
      Box jittered = new Box(50 + 3 * (i % 2), 40, 40, 40);
      Sighting sighting = advance(scene, List.of(jittered));
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
    advance(scene, List.of(FACE));
    Box elsewhere = new Box(140, 40, 40, 40);

    assertThat(advance(Pictures.noise(2), List.of(elsewhere))).isEqualTo(detected(elsewhere));
  }

  @Test
  void advance_missedWhileAnotherFaceIsSeen_switchesOnlyAfterTheBound() {
    advance(scene, List.of(FACE));
    Box other = new Box(140, 40, 45, 45);

    assertThat(advance(scene, List.of(other))).isEqualTo(new Sighting.Carried(FACE, 1));
    assertThat(advance(scene, List.of(other))).isEqualTo(new Sighting.Carried(FACE, 2));
    assertThat(advance(scene, List.of(other))).isEqualTo(new Sighting.Carried(FACE, 3));
    assertThat(advance(scene, List.of(other))).isEqualTo(detected(other));
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Carried(other, 1));
  }

  @Test
  void advance_slightlyLargerFaceBeside_staysWithTheFaceItFollows() {
    advance(scene, List.of(FACE));

    assertThat(advance(scene, List.of(new Box(120, 40, 50, 50), FACE))).isEqualTo(detected(FACE));
  }

  @Test
  void advance_muchLargerFaceBeside_staysWithTheFaceItFollows() {
    advance(scene, List.of(FACE));
    Box closer = new Box(100, 40, 70, 70);

    assertThat(advance(scene, List.of(closer, FACE))).isEqualTo(detected(FACE));
  }

  @Test
  void advance_muchLargerFaceInFront_isNotTakenForTheFaceItFollows() {
    advance(scene, List.of(FACE));

    Sighting sighting = advance(scene, List.of(new Box(40, 30, 62, 62)));

    assertThat(sighting).isEqualTo(new Sighting.Carried(FACE, 1));
  }

  @Test
  void advance_posterBesideTheFace_isNeverFollowedWhileTheSceneLasts() {
    Picture room = Pictures.posterBeside();
    Box poster = Pictures.POSTER;
    Box living = Pictures.LIVING;
    advance(room, List.of(living));
    assertThat(advance(room, List.of(poster, living))).isEqualTo(detected(living));

    Picture left = Pictures.posterAlone();
    for (int i = 0; i < 100; i++) {
      assertThat(advance(left, List.of(poster))).isNotEqualTo(detected(poster));
    }

    assertThat(advance(room, List.of(poster, living))).isEqualTo(detected(living));
  }

  @Test
  void advance_somebodyElseInThePlace_isFollowedOnlyAfterASecond() {
    advance(Pictures.posterBeside(), List.of(Pictures.LIVING));
    Picture other = Pictures.otherInThePlace();

    int passed = 0;
    while (!advance(other, List.of(Pictures.LIVING)).equals(detected(Pictures.LIVING))) {
      passed++;
    }

    assertThat(passed).isBetween(20, 35);
  }

  @Test
  void advance_missedDetections_carriesTheBoxUpToTheBoundAndNoFurther() {
    advance(scene, List.of(FACE));

    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 1));
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 2));
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 3));
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_foundAgain_mayBeCarriedAnew() {
    advance(scene, List.of(FACE));
    advance(scene, NONE);
    advance(scene, NONE);

    assertThat(advance(scene, List.of(FACE))).isEqualTo(detected(FACE));
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Carried(FACE, 1));
  }

  @Test
  void advance_sceneCut_carriesNothing() {
    advance(scene, List.of(FACE));

    assertThat(advance(Pictures.noise(2), NONE)).isEqualTo(new Sighting.Nothing());
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_pictureGoneBlack_carriesNothing() {
    advance(scene, List.of(FACE));

    Picture black = Pictures.plain(Pictures.WIDTH, Pictures.HEIGHT, 0, 0, 0);
    assertThat(advance(black, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_neverAFace_isNothing() {
    assertThat(advance(scene, NONE)).isEqualTo(new Sighting.Nothing());
  }

  @Test
  void advance_carryingSwitchedOff_neverCarries() {
    FaceTracker strict = new FaceTracker(config(1, 0), Appearance.ofColours());
    strict.advance(scene, List.of(Face.at(FACE)), true);

    assertThat(strict.advance(scene, List.of(), true)).isEqualTo(new Sighting.Nothing());
  }

  private Sighting advance(Picture picture, List<Box> faces) {
    return tracker.advance(picture, faces.stream().map(Face::at).toList(), true);
  }

  private static Sighting detected(Box box) {
    return new Sighting.Detected(box, Face.at(box));
  }

  private static Box box(Sighting sighting) {
    return ((Sighting.Detected) sighting).box();
  }

  private static FaceConfig config(float smoothing, int maxCarried) {
    return new FaceConfig(
        320, 1.1, 5, 0.1, 1, 48, smoothing, 0.3f, maxCarried, 0.5, 0.4f, 0.75f, 1.05f, 92);
  }
}
