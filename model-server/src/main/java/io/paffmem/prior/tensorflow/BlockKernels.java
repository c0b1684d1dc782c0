package io.paffmem.prior.tensorflow;

import io.paffmem.prior.Weights;

/**
 * Kernels of layers whose pixels are taken in blocks of 2 x 2: a map of side x side x channels
 * becomes one of side/2 x side/2 x 4 channels, those of the upper left pixel first, then upper
 * right, lower left, lower right (TensorFlow's SpaceToDepth). Every result is the kernel of an
 * ordinary convolution of stride 1 and padding SAME, 3 x 3 blocks. Taps that the layer does not
 * have are 0.
 *
 * <p>Paddings are those of TensorFlow's SAME on maps of even side: of a kernel of k taps and stride
 * s, (k - s) / 2 pixels, rounded down and at least 0, lie before the first.
 */
final class BlockKernels {
  private static final int BLOCK = 2;
  private static final int PIXELS = BLOCK * BLOCK;

  /** Blocks across the kernel of a result. */
  private static final int SIDE = 3;

  /** The largest kernel that reaches no further than the next block. */
  private static final int LARGEST = 5;

  /** Where no pixel is read. */
  private static final int NONE = Integer.MIN_VALUE;

  /** In one dimension: which pixel an output reads with a tap, counted from its block's first. */
  private interface Reach {
    int pixel(int output, int tap);
  }

  private BlockKernels() {}

  /** Whether a kernel's layer can be written on blocks: square, 5 x 5 at most. */
  static boolean fits(int[] kernelShape) {
    return kernelShape.length == 4 && kernelShape[0] == kernelShape[1] && kernelShape[0] <= LARGEST;
  }

  /**
   * A convolution of stride 1, from blocks to blocks.
   *
   * @param kernel k x k x in x out
   * @return 3 x 3 x 4 in x 4 out
   */
  static Weights convolution(Weights kernel) {
    int before = before(kernel, 1);
    return spread(kernel, false, BLOCK, BLOCK, (output, tap) -> output - before + tap);
  }

  /**
   * A convolution of stride 2, from blocks to pixels.
   *
   * @param kernel k x k x in x out
   * @return 3 x 3 x 4 in x out
   */
  static Weights halvingConvolution(Weights kernel) {
    int before = before(kernel, BLOCK);
    return spread(kernel, false, BLOCK, 1, (output, tap) -> tap - before);
  }

  /**
   * A transposed convolution of stride 1, from blocks to blocks.
   *
   * @param kernel k x k x out x in
   * @return 3 x 3 x 4 in x 4 out
   */
  static Weights transposedConvolution(Weights kernel) {
    int before = before(kernel, 1);
    return spread(kernel, true, BLOCK, BLOCK, (output, tap) -> output + before - tap);
  }

  /**
   * A transposed convolution of stride 2, from pixels to blocks.
   *
   * @param kernel k x k x out x in
   * @return 3 x 3 x in x 4 out
   */
  static Weights doublingConvolution(Weights kernel) {
    int before = before(kernel, BLOCK);
    return spread(
        kernel,
        true,
        1,
        BLOCK,
        (output, tap) -> {
          int doubled = output + before - tap;
          return doubled % BLOCK == 0 ? doubled / BLOCK : NONE;
        });
  }

  /**
   * A weighted sum over the channels of each pixel, from blocks to blocks.
   *
   * @param weights one a channel
   * @return 1 x 1 x 4 channels x 4
   */
  static Weights channelSum(float[] weights) {
    int channels = weights.length;
    float[] values = new float[PIXELS * channels * PIXELS];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      for (int channel = 0; channel < channels; channel++) {
        values[(pixel * channels + channel) * PIXELS + pixel] = weights[channel];
      }
    }
    return new Weights(new int[] {1, 1, PIXELS * channels, PIXELS}, values);
  }

  /** One value a channel, for each pixel of a block. */
  static Weights repeated(float[] values) {
    float[] repeated = new float[PIXELS * values.length];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      System.arraycopy(values, 0, repeated, pixel * values.length, values.length);
    }
    return new Weights(new int[] {repeated.length}, repeated);
  }

  private static int before(Weights kernel, int stride) {
    return Math.max(0, (kernel.shape()[0] - stride) / 2);
  }

  /**
   * Puts each tap where its pixel lies among the blocks.
   *
   * @param outBeforeIn whether the kernel is a transposed convolution's
   * @param inputSide pixels of a block of the input in each dimension, 1 or 2
   * @param outputSide the same of the output
   */
  private static Weights spread(
      Weights kernel, boolean outBeforeIn, int inputSide, int outputSide, Reach reach) {
    int taps = kernel.shape()[0];
    int in = kernel.shape()[outBeforeIn ? 3 : 2];
    int out = kernel.shape()[outBeforeIn ? 2 : 3];
    int inputs = inputSide * inputSide * in;
    int outputs = outputSide * outputSide * out;
    float[] spread = new float[SIDE * SIDE * inputs * outputs];
    for (int place = 0; place < outputSide * outputSide * taps * taps; place++) {
      int tapX = place % taps;
      int tapY = place / taps % taps;
      int toX = place / (taps * taps) % outputSide;
      int toY = place / (taps * taps * outputSide);
      int x = reach.pixel(toX, tapX);
      int y = reach.pixel(toY, tapY);
      if (x == NONE || y == NONE) {
        continue;
      }
      int block = (1 + Math.floorDiv(y, inputSide)) * SIDE + 1 + Math.floorDiv(x, inputSide);
      int from = Math.floorMod(y, inputSide) * inputSide + Math.floorMod(x, inputSide);
      int to = toY * outputSide + toX;
      int tap = (tapY * taps + tapX) * in * out;
      for (int i = 0; i < in; i++) {
        int row = ((block * inputs) + from * in + i) * outputs + to * out;
        for (int o = 0; o < out; o++) {
          spread[row + o] = kernel.values()[tap + (outBeforeIn ? o * in + i : i * out + o)];
        }
      }
    }
    return new Weights(new int[] {SIDE, SIDE, inputs, outputs}, spread);
  }
}
