package io.paffmem.ingest.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.schemas.avro.FaceQuality;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FaceMeterTest {
  private static final int SIDE = 96;

  private final FaceMeter meter = new FaceMeter(SIDE);

  @Test
  void measure_lessLightAndContrast_sameSharpness() {
    float bright = sharpness(stripes(4, 200));
    float dark = sharpness(stripes(4, 50));

    assertThat(dark).isCloseTo(bright, within(0.01f * bright));
  }

  @Test
  void measure_finerDetail_isSharper() {
    assertThat(sharpness(stripes(4, 200))).isGreaterThan(1.5f * sharpness(stripes(12, 200)));
  }

  @Test
  void measure_oneColour_isNotSharpAndNotReadable() {
    FaceQuality quality = measure(new byte[3 * SIDE * SIDE], 90, 0, null, null);

    assertThat(quality.getSharpness()).isZero();
    assertThat(quality.getReadable()).isFalse();
  }

  @Test
  void measure_sharpAndLargeAndUpright_isReadable() {
    FaceQuality quality = measure(stripes(4, 200), 90, 0, 10f, 5f);

    assertThat(quality.getReadable()).isTrue();
    assertThat(quality.getSide()).isEqualTo(90);
    assertThat(quality.getScore()).isEqualTo(0.75f);
    assertThat(quality.getYawDegrees()).isEqualTo(10);
    assertThat(quality.getRollDegrees()).isEqualTo(5);
  }

  @Test
  void measure_anyOneThingTooBad_isNotReadable() {
    byte[] sharp = stripes(4, 200);

    assertThat(measure(sharp, 12, 0, null, null).getReadable()).as("small").isFalse();
    assertThat(measure(sharp, 90, 0.5f, null, null).getReadable()).as("cut off").isFalse();
    assertThat(measure(sharp, 90, 0, -60f, null).getReadable()).as("turned").isFalse();
    assertThat(measure(sharp, 90, 0, null, -60f).getReadable()).as("tilted").isFalse();
  }

  @Test
  void faults_ofWhatIsMeasured_sayWhatIsTooBad() {
    byte[] sharp = stripes(4, 200);
    byte[] flat = new byte[3 * SIDE * SIDE];

    assertThat(Readability.faults(measure(sharp, 90, 0, 10f, 5f))).isEmpty();
    assertThat(Readability.faults(measure(sharp, 12, 0, null, null)))
        .containsExactly(Readability.Fault.TOO_SMALL);
    assertThat(Readability.faults(measure(flat, 90, 0.5f, -60f, 60f)))
        .extracting(Readability.Fault::code)
        .containsExactly("blurred", "cut_off", "turned", "tilted");
    assertThat(Readability.faults(measure(sharp, Float.NaN, 0, null, null)))
        .containsExactly(Readability.Fault.TOO_SMALL);
  }

  private float sharpness(byte[] crop) {
    return measure(crop, 90, 0, null, null).getSharpness();
  }

  private FaceQuality measure(
      byte[] crop, float side, float cutOff, @Nullable Float yaw, @Nullable Float roll) {
    return meter.measure(crop, side, cutOff, 0.75f, yaw, roll);
  }

  /** Bars of that many pixels, black and of that level. */
  private static byte[] stripes(int width, int level) {
    byte[] bgr = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < bgr.length; i++) {
      bgr[i] = (byte) (i / 3 % SIDE / width % 2 * level);
    }
    return bgr;
  }
}
