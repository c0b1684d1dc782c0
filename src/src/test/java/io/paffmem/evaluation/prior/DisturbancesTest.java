package io.paffmem.evaluation.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.prior.Encodings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DisturbancesTest {
  private static final double ROUNDING = 1e-6;

  @Test
  void shift_rightAndDown_movesPixelsAndRepeatsTheEdge() {
    // Pixels 1 2 / 3 4, each three bytes.
    byte[] rgb = new byte[3 * PlainPrior.BYTES];
    for (int i = 0; i < PlainPrior.BYTES; i++) {
      rgb[i] = (byte) (1 + i / 3);
    }

    Disturbances.shift(rgb, 0, PlainPrior.BYTES, PlainPrior.SIDE, 1, 0);
    Disturbances.shift(rgb, 0, 2 * PlainPrior.BYTES, PlainPrior.SIDE, 0, 1);

    assertThat(pixels(rgb, 1)).containsExactly(1, 1, 3, 3);
    assertThat(pixels(rgb, 2)).containsExactly(1, 2, 1, 2);
  }

  @Test
  void reencoding_imaginationHalvesTheLabel_medianOfWhatThatMoves() {
    // z is (0, a, v) with the label (a, v), so half of the label is what moves.
    List<Row> rows = new ArrayList<>();
    float[] z = new float[300];
    List<Double> expected = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      float arousal = random.nextFloat();
      float valence = random.nextFloat();
      rows.add(new Row("p", "x", arousal, valence));
      z[3 * i + 1] = arousal;
      z[3 * i + 2] = valence;
      expected.add((arousal * arousal + valence * valence) / 4.0);
    }
    expected.sort(null);
    EmbeddedFaces faces = new EmbeddedFaces(rows, 3, z, new float[200], 0);

    double median = Disturbances.reencoding(new PlainPrior(0.5f), faces).orElseThrow();

    assertThat(median).isCloseTo((expected.get(49) + expected.get(50)) / 2, within(ROUNDING));
    assertThat(Disturbances.reencoding(new PlainPrior(1), faces).orElseThrow())
        .isCloseTo(0, within(ROUNDING));
  }

  @Test
  void pixelShift_firstPixelStays_zMovesOnlyWhereItsPixelDoes() {
    // z looks at the first pixel alone, which both shifts repeat.
    PlainPrior prior = new PlainPrior(1);
    Faces faces = new Faces();
    for (int i = 0; i < 50; i++) {
      faces.add("p" + i, "x", 0, 0, PlainPrior.face(i, 2, 3, 90, 90, 90, 80, 80, 80, 7, 7, 7));
    }

    assertThat(Disturbances.pixelShift(prior, faces).orElseThrow()).isZero();
    assertThat(prior.runs.stream().mapToInt(run -> run).sum()).isEqualTo(150);
  }

  @Test
  void pixelShift_encoderOfTheLastPixel_medianOfBothDirections() {
    // Pixels 0 0 / 0 60: shifted right the last one shows its left neighbour, shifted down the
    // upper one, so d2 is 0.36 each time.
    PlainPrior prior =
        new PlainPrior(1) {
          @Override
          public Encodings encode(byte[] pixels, int faces) {
            float[] z = new float[3 * faces];
            for (int i = 0; i < faces; i++) {
              z[3 * i] = pixels[(i + 1) * BYTES - 1] / 100f;
            }
            return new Encodings(z, new float[2 * faces]);
          }
        };
    Faces faces = new Faces();
    for (int i = 0; i < 30; i++) {
      faces.add("p", "x", 0, 0, PlainPrior.face(0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 60, 60));
    }
    faces.addUnreadable("p", "x");

    assertThat(Disturbances.pixelShift(prior, faces).orElseThrow())
        .isCloseTo(0.36, within(ROUNDING));
  }

  @Test
  void pixelShift_nothingReadable_noFigure() {
    Faces faces = new Faces();
    faces.addUnreadable("p", "x");

    assertThat(Disturbances.pixelShift(new PlainPrior(1), faces)).isEmpty();
  }

  @Test
  void nextFrame_acrossBatchesAndInterruptions_onlyNeighboursCount() {
    NextFrame nextFrame = new NextFrame(new PlainPrior(1));
    // Steps of 10 grey levels: d2 0.01; between the two videos a jump of 100.
    for (int i = 0; i < 100; i++) {
      nextFrame.add(PlainPrior.face(i % 2 == 0 ? 0 : 10, 0, 0));
    }
    nextFrame.interrupt();
    nextFrame.add(PlainPrior.face(110, 0, 0));

    assertThat(nextFrame.median().orElseThrow()).isCloseTo(0.01, within(ROUNDING));

    NextFrame jump = new NextFrame(new PlainPrior(1));
    jump.add(PlainPrior.face(0, 0, 0));
    jump.interrupt();
    jump.add(PlainPrior.face(110, 0, 0));
    assertThat(jump.median()).isEmpty();
  }

  @Test
  void nextFrame_lastOfABatchAndFirstOfTheNext_countAsNeighbours() {
    NextFrame nextFrame = new NextFrame(new PlainPrior(1));
    for (int i = 0; i < EmbeddedFaces.BATCH; i++) {
      nextFrame.interrupt();
      nextFrame.add(PlainPrior.face(0, 0, 0));
    }
    nextFrame.add(PlainPrior.face(50, 0, 0));

    assertThat(nextFrame.median().orElseThrow()).isCloseTo(0.25, within(ROUNDING));
  }

  private static List<Integer> pixels(byte[] rgb, int face) {
    List<Integer> pixels = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pixels.add((int) rgb[face * PlainPrior.BYTES + 3 * i]);
    }
    return pixels;
  }
}
