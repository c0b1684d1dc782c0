package io.paffmem.evaluation.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SpectrumTest {
  private static final int SIDE = 32;
  private static final Spectrum SPECTRUM = new Spectrum(SIDE);

  @Test
  void nearNyquist_slowWaves_isNothing() {
    assertThat(SPECTRUM.nearNyquist(columns(x -> 200))).isCloseTo(0, within(1e-9));
    // Rounded to whole bytes, which is a little noise.
    assertThat(SPECTRUM.nearNyquist(columns(wave(0.25, 50)))).isLessThan(1e-3);
  }

  @Test
  void nearNyquist_stripesOfAPixel_growsWithTheSquareOfTheirContrast() {
    double faint = SPECTRUM.nearNyquist(columns(wave(0.5, 10)));
    double strong = SPECTRUM.nearNyquist(columns(wave(0.5, 20)));

    // Parseval: the sum of squares of (10 / 255) under the window, whose mean square is 3 / 8.
    assertThat(faint).isCloseTo(SIDE * SIDE * Math.pow(10 / 255.0 * 3 / 8, 2), within(1e-6));
    assertThat(strong / faint).isCloseTo(4, within(1e-9));
  }

  @Test
  void nearNyquist_rowsOrColumns_isTheSame() {
    byte[] columns = columns(wave(0.45, 40));
    byte[] rows = new byte[columns.length];
    for (int i = 0; i < SIDE * SIDE * 3; i++) {
      int pixel = i / 3;
      rows[i] = columns[3 * (pixel % SIDE * SIDE + pixel / SIDE) + i % 3];
    }

    assertThat(SPECTRUM.nearNyquist(rows)).isCloseTo(SPECTRUM.nearNyquist(columns), within(1e-9));
    assertThat(SPECTRUM.nearNyquist(rows)).isGreaterThan(1);
  }

  private static DoubleUnaryOperator wave(double cyclesPerPixel, double contrast) {
    return x -> 128 + contrast * Math.cos(2 * Math.PI * cyclesPerPixel * x);
  }

  /** A grey picture whose columns have these values. */
  private static byte[] columns(DoubleUnaryOperator value) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.round(value.applyAsDouble(i / 3 % SIDE));
    }
    return rgb;
  }
}
