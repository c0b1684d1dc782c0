package io.paffmem.training.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.prior.Weights;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideningTest {
  private static final Random RANDOM = new Random(4);

  @Test
  void widened_equalShapes_areTheWeights() {
    Weights narrow = weights(3, 3, 2, 4);

    assertThat(widened("encoder_conv2_kernel", narrow, 3, 3, 2, 4)).isEqualTo(narrow.values());
  }

  @Test
  void widened_twoDenseLayers_computeTheSame() {
    Weights first = weights(3, 4);
    Weights second = weights(4, 2);
    float[] x = {0.3f, -0.6f, 0.9f};

    float[] wideFirst = widened("a_weights", first, 3, 7);
    float[] wideSecond = widened("b_weights", second, 7, 2);

    assertThat(product(product(x, wideFirst, 7), wideSecond, 2))
        .isEqualTo(product(product(x, first.values(), 4), second.values(), 2));
    // The new channels are there, each with weights of its own, and nothing reads them.
    assertThat(Arrays.copyOfRange(wideFirst, 4, 7)).doesNotContain(0);
    assertThat(Arrays.copyOfRange(wideSecond, 8, 14)).containsOnly(0);
  }

  @Test
  void widened_denseLayerOnPixels_keepsEachPixelsChannels() {
    Weights narrow = weights(36 * 2, 5);

    float[] wide = widened("encoder_latent_weights", narrow, 36 * 3, 5);

    for (int pixel = 0; pixel < 36; pixel++) {
      assertThat(Arrays.copyOfRange(wide, 15 * pixel, 15 * pixel + 10))
          .isEqualTo(Arrays.copyOfRange(narrow.values(), 10 * pixel, 10 * pixel + 10));
      assertThat(Arrays.copyOfRange(wide, 15 * pixel + 10, 15 * pixel + 15)).containsOnly(0);
    }
  }

  @Test
  void widened_threeColoursToGrey_areAddedUp() {
    Weights narrow = new Weights(new int[] {1, 1, 3, 2}, new float[] {1, 2, 10, 20, 100, 200});

    assertThat(widened("encoder_conv1_kernel", narrow, 1, 1, 1, 2)).containsExactly(111, 222);
  }

  @Test
  void widened_narrowerOrOtherKernels_isRefused() {
    Weights narrow = weights(3, 3, 2, 4);

    for (int[] shape : new int[][] {{3, 3, 2, 3}, {3, 3, 1, 4}, {5, 5, 2, 4}, {18, 4}, {4}}) {
      assertThat(Widening.widened("k", narrow, shape, new float[size(shape)])).isEmpty();
    }
  }

  private static float[] widened(String name, Weights narrow, int... shape) {
    float[] fresh = new float[size(shape)];
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = 1 + RANDOM.nextFloat();
    }
    return Widening.widened(name, narrow, shape, fresh).orElseThrow();
  }

  private static Weights weights(int... shape) {
    float[] values = new float[size(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = RANDOM.nextFloat() - 0.5f;
    }
    return new Weights(shape, values);
  }

  private static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static float[] product(float[] x, float[] weights, int outputs) {
    float[] y = new float[outputs];
    for (int input = 0; input < x.length; input++) {
      for (int output = 0; output < outputs; output++) {
        y[output] += x[input] * weights[input * outputs + output];
      }
    }
    return y;
  }
}
