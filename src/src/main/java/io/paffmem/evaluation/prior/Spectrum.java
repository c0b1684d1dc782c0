package io.paffmem.evaluation.prior;

/** Frequencies of a picture's luminance, by the discrete Fourier transform under a Hann window. */
final class Spectrum {
  /** Cycles a pixel from which a frequency counts as near the Nyquist frequency, which is 0.5. */
  private static final double NEAR_NYQUIST = 0.4;

  private final int side;
  private final double[] window;
  private final double[] cos;
  private final double[] sin;

  /** Of square pictures of that side, pixels. */
  Spectrum(int side) {
    this.side = side;
    window = new double[side];
    cos = new double[side];
    sin = new double[side];
    for (int i = 0; i < side; i++) {
      double angle = 2 * Math.PI * i / side;
      window[i] = 0.5 - 0.5 * Math.cos(angle);
      cos[i] = Math.cos(angle);
      sin[i] = Math.sin(angle);
    }
  }

  /**
   * Power of the luminance in [0, 1] near the Nyquist frequency, along either axis.
   *
   * @param face side x side x 3 RGB bytes
   */
  double nearNyquist(byte[] face) {
    double[] real = new double[side * side];
    double[] imaginary = new double[side * side];
    for (int i = 0; i < real.length; i++) {
      double luminance =
          (0.299 * (face[3 * i] & 0xFF)
                  + 0.587 * (face[3 * i + 1] & 0xFF)
                  + 0.114 * (face[3 * i + 2] & 0xFF))
              / 255;
      real[i] = luminance * window[i / side] * window[i % side];
    }
    transform(real, imaginary, side, 1);
    transform(real, imaginary, 1, side);
    double power = 0;
    for (int i = 0; i < real.length; i++) {
      if (isNearNyquist(i / side) || isNearNyquist(i % side)) {
        power += real[i] * real[i] + imaginary[i] * imaginary[i];
      }
    }
    return power / real.length;
  }

  private boolean isNearNyquist(int index) {
    return Math.min(index, side - index) >= NEAR_NYQUIST * side;
  }

  /** Discrete Fourier transform of each line: lines lie {@code line} apart, values {@code step}. */
  private void transform(double[] real, double[] imaginary, int line, int step) {
    double[] re = new double[side];
    double[] im = new double[side];
    for (int l = 0; l < side; l++) {
      for (int k = 0; k < side; k++) {
        double sumReal = 0;
        double sumImaginary = 0;
        for (int n = 0; n < side; n++) {
          int at = l * line + n * step;
          int turn = k * n % side;
          sumReal += real[at] * cos[turn] + imaginary[at] * sin[turn];
          sumImaginary += imaginary[at] * cos[turn] - real[at] * sin[turn];
        }
        re[k] = sumReal;
        im[k] = sumImaginary;
      }
      for (int k = 0; k < side; k++) {
        real[l * line + k * step] = re[k];
        imaginary[l * line + k * step] = im[k];
      }
    }
  }
}
