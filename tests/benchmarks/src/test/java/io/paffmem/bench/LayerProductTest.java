package io.paffmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.prior.Weights;
import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("model")
class LayerProductTest {
  private static final Map<String, Weights> SMALL =
      Map.of(
          "encoder_conv1_kernel", shaped(5, 5, 3, 2),
          "encoder_conv2_kernel", shaped(5, 5, 2, 4),
          "encoder_latent_weights", shaped(24 * 24 * 4, 7),
          "emotion_hidden_weights", shaped(7, 6),
          "emotion_affect_weights", shaped(6, 2),
          "generator_project_weights", shaped(9, 24 * 24 * 4),
          "generator_deconv1_kernel", shaped(5, 5, 3, 4),
          "generator_deconv2_kernel", shaped(5, 5, 2, 3),
          "generator_deconv3_kernel", shaped(5, 5, 3, 2));

  @Test
  void encode_smallNetwork_isCountedAsByHand() {
    List<LayerProduct> layers = LayerProduct.encode(SMALL);

    assertThat(layers)
        .containsExactly(
            new LayerProduct("conv1", 48 * 48, 75, 2),
            new LayerProduct("conv2", 24 * 24, 50, 4),
            new LayerProduct("encoder_latent", 1, 2304, 7),
            new LayerProduct("emotion_hidden", 1, 7, 6),
            new LayerProduct("emotion_affect", 1, 6, 2));
    assertThat(LayerProduct.operations(layers))
        .isEqualTo(2L * (2304 * 75 * 2 + 576 * 50 * 4 + 2304 * 7 + 42 + 12));
  }

  @Test
  void encode_blocks_areCountedAfterTheirConvolution() {
    Map<String, Weights> deep = new HashMap<>(SMALL);
    deep.put("encoder_conv2_block1_inner_kernel", shaped(3, 3, 4, 4));
    deep.put("encoder_conv2_block1_outer_kernel", shaped(3, 3, 4, 4));

    assertThat(LayerProduct.encode(deep))
        .containsSubsequence(
            new LayerProduct("conv2", 24 * 24, 50, 4),
            new LayerProduct("conv2_block1_inner", 24 * 24, 36, 4),
            new LayerProduct("conv2_block1_outer", 24 * 24, 36, 4),
            new LayerProduct("encoder_latent", 1, 2304, 7));
  }

  @Test
  void generateAndEncode_smallNetwork_countsEachPixelThatATransposedConvolutionReads() {
    List<LayerProduct> layers = LayerProduct.generateAndEncode(SMALL);

    assertThat(layers)
        .startsWith(
            new LayerProduct("generator_project", 1, 9, 2304),
            new LayerProduct("deconv1", 24 * 24, 4, 75),
            new LayerProduct("deconv2", 48 * 48, 3, 50),
            new LayerProduct("deconv3", 96 * 96, 2, 75))
        .endsWith(
            new LayerProduct("encoder_latent", 1, 2304, 7),
            new LayerProduct("emotion_hidden", 1, 7, 6),
            new LayerProduct("emotion_affect", 1, 6, 2))
        .hasSize(9);
  }

  @Test
  void encode_pksInTheBox_isAboutWhatTheirWidthsSay() {
    // Three convolutions whose cost grows with the square of the width, one that grows with it.
    assertEmbedding(BundledModel.OPEN, width -> 2304 * 75 * width + 3 * 576 * 50 * width * width);
    // One channel, and after each of the three a block of two convolutions of 3 x 3.
    assertEmbedding(
        BundledModel.STANDARD,
        width -> 2304 * 25 * width + 3 * 576 * (50 + 2 * 36) * width * width);
  }

  private static void assertEmbedding(BundledModel model, DoubleUnaryOperator products) {
    try (SavedModelPrior prior = model.load(Device.CPU)) {
      Map<String, Weights> weights = prior.weights();
      double expected = 2 * products.applyAsDouble(LayerProduct.encode(weights).get(0).columns());

      assertThat((double) LayerProduct.operations(LayerProduct.embedding(weights)))
          .as("%s", model)
          .isBetween(expected, 1.02 * expected);
    }
  }

  private static Weights shaped(int... shape) {
    return new Weights(shape, new float[0]);
  }
}
