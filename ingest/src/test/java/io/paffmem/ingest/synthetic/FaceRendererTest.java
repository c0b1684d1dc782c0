package io.paffmem.ingest.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaceRendererTest {
  private static final int SIDE = FaceRenderer.CROP_SIZE;

  private final SyntheticPeople people = new SyntheticPeople(11);
  private final FaceRenderer renderer = new FaceRenderer();

  @Test
  void faceCrop_sameInputs_samePixels() {
    FaceScene scene = FaceScene.random(new SplittableRandom(3));
    ShownAffect affect = new ShownAffect(0.4f, -0.6f);

    byte[] first = renderer.faceCrop(people.person(5), affect, scene);
    renderer.frame(people.person(6), ShownAffect.NEUTRAL, FaceScene.PLAIN, 160, 120);
    byte[] again = new FaceRenderer().faceCrop(new SyntheticPeople(11).person(5), affect, scene);

    assertThat(again).isEqualTo(first).hasSize(FaceRenderer.CROP_BYTES);
    assertThat(renderer.faceCrop(people.person(5), affect, scene)).isEqualTo(first);
  }

  @Test
  void faceCrop_intoArray_writesOnlyItsPlace() {
    byte[] three = new byte[3 * FaceRenderer.CROP_BYTES];
    byte[] alone = renderer.faceCrop(people.person(1), ShownAffect.NEUTRAL, FaceScene.PLAIN);

    renderer.faceCrop(
        people.person(1), ShownAffect.NEUTRAL, FaceScene.PLAIN, three, FaceRenderer.CROP_BYTES);

    assertThat(three).startsWith(new byte[FaceRenderer.CROP_BYTES]);
    assertThat(three).endsWith(new byte[FaceRenderer.CROP_BYTES]);
    assertThat(three).containsSequence(alone);
  }

  @Test
  void faceCrop_otherPeople_lookDifferent() {
    for (int i = 0; i < 20; i++) {
      byte[] one = renderer.faceCrop(people.person(i), ShownAffect.NEUTRAL, FaceScene.PLAIN);
      byte[] other = renderer.faceCrop(people.person(i + 1), ShownAffect.NEUTRAL, FaceScene.PLAIN);

      assertThat(meanDifference(one, other, 0, SIDE))
          .as("person %d and the next", i)
          .isGreaterThan(4);
    }
  }

  @Test
  void faceCrop_valenceFromLowToHigh_changesMouthMoreThanForehead() {
    for (int i = 0; i < 20; i++) {
      byte[] sad = renderer.faceCrop(people.person(i), new ShownAffect(0, -1), FaceScene.PLAIN);
      byte[] glad = renderer.faceCrop(people.person(i), new ShownAffect(0, 1), FaceScene.PLAIN);

      double mouth = meanDifference(sad, glad, 62, 90);
      double crown = meanDifference(sad, glad, 0, 12);
      assertThat(mouth).as("mouth of person %d", i).isGreaterThan(3);
      assertThat(mouth).as("mouth against crown of person %d", i).isGreaterThan(3 * crown);
    }
  }

  @Test
  void faceCrop_arousalFromLowToHigh_changesEyes() {
    for (int i = 0; i < 20; i++) {
      byte[] calm = renderer.faceCrop(people.person(i), new ShownAffect(-1, 0), FaceScene.PLAIN);
      byte[] excited = renderer.faceCrop(people.person(i), new ShownAffect(1, 0), FaceScene.PLAIN);

      assertThat(meanDifference(calm, excited, 26, 48)).as("eyes of person %d", i).isGreaterThan(2);
    }
  }

  @Test
  void frame_anySize_holdsTheFaceCropsFace() {
    BufferedImage frame =
        renderer.frame(people.person(2), ShownAffect.NEUTRAL, FaceScene.PLAIN, 321, 243);

    assertThat(frame.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
    assertThat(frame.getWidth()).isEqualTo(321);
    assertThat(frame.getHeight()).isEqualTo(243);
    byte[] bgr = ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
    byte[] crop = renderer.faceCrop(people.person(2), ShownAffect.NEUTRAL, FaceScene.PLAIN);
    int cheekInFrame = 3 * (118 * 321 + 174);
    int cheekInCrop = 3 * (55 * SIDE + 59);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(bgr[cheekInFrame + 2 - channel] & 255)
          .isBetween(
              (crop[cheekInCrop + channel] & 255) - 25, (crop[cheekInCrop + channel] & 255) + 25);
    }
  }

  @Test
  void faceScene_outsideItsRanges_isRefused() {
    assertThatThrownBy(() -> lit(1.2f)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lit(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void faceCrop_lightFromTheRight_brightensTheRight() {
    byte[] left = renderer.faceCrop(people.person(4), ShownAffect.NEUTRAL, lit(-1));
    byte[] right = renderer.faceCrop(people.person(4), ShownAffect.NEUTRAL, lit(1));

    int rightCheek = 3 * (SIDE * 55 + 70) + 1;
    assertThat(right[rightCheek] & 255).isGreaterThan(left[rightCheek] & 255);
  }

  private static FaceScene lit(float lightX) {
    return new FaceScene(0, 0, 0, 0, 0, 1, lightX, 0, 0.8f, 1, 0, 0, 0, 0, 0, 0, 1, 1);
  }

  /** Mean absolute difference of the grey levels in some rows of two crops. */
  private static double meanDifference(byte[] one, byte[] other, int fromRow, int toRow) {
    long sum = 0;
    for (int i = 3 * SIDE * fromRow; i < 3 * SIDE * toRow; i++) {
      sum += Math.abs((one[i] & 255) - (other[i] & 255));
    }
    return (double) sum / (3 * SIDE * (toRow - fromRow));
  }
}
