package io.paffmem.bench;

import io.paffmem.prior.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A layer as the product of two matrices, as im2col makes it of a convolution.
 *
 * @param rows of one face: the pixels that a convolution writes, or a transposed one reads
 */
record LayerProduct(String layer, int rows, int inner, int columns) {
  private static final int SIDE = 96;

  /** Floating-point operations for one face; a multiply-add is two. */
  long operations() {
    return 2L * rows * inner * columns;
  }

  static long operations(List<LayerProduct> layers) {
    return layers.stream().mapToLong(LayerProduct::operations).sum();
  }

  /** E: convolutions of stride 2 with their residual blocks, then dense. */
  static List<LayerProduct> embedding(Map<String, Weights> weights) {
    List<LayerProduct> layers = new ArrayList<>();
    int side = SIDE;
    for (int i = 1; weights.containsKey("encoder_conv" + i + "_kernel"); i++) {
      side = (side + 1) / 2;
      layers.add(convolution(weights, "encoder", "conv" + i, side));
      for (int block = 1; ; block++) {
        String name = "conv" + i + "_block" + block;
        if (!weights.containsKey("encoder_" + name + "_inner_kernel")) {
          break;
        }
        layers.add(convolution(weights, "encoder", name + "_inner", side));
        layers.add(convolution(weights, "encoder", name + "_outer", side));
      }
    }
    layers.add(dense(weights, "encoder_latent"));
    return layers;
  }

  /** E and D_em. */
  static List<LayerProduct> encode(Map<String, Weights> weights) {
    List<LayerProduct> layers = new ArrayList<>(embedding(weights));
    layers.add(dense(weights, "emotion_hidden"));
    layers.add(dense(weights, "emotion_affect"));
    return layers;
  }

  /** G, then E and D_em. */
  static List<LayerProduct> generateAndEncode(Map<String, Weights> weights) {
    List<LayerProduct> layers = new ArrayList<>();
    LayerProduct project = dense(weights, "generator_project");
    layers.add(project);
    int channels = shape(weights, "generator_deconv1_kernel")[3];
    int side = (int) Math.round(Math.sqrt(project.columns() / (double) channels));
    for (int i = 1; weights.containsKey("generator_deconv" + i + "_kernel"); i++) {
      int[] shape = shape(weights, "generator_deconv" + i + "_kernel");
      layers.add(
          new LayerProduct("deconv" + i, side * side, shape[3], shape[0] * shape[1] * shape[2]));
      side = Math.min(SIDE, side * 2);
    }
    for (int i = 1; weights.containsKey("generator_refine" + i + "_kernel"); i++) {
      layers.add(convolution(weights, "generator", "refine" + i, SIDE));
    }
    layers.addAll(encode(weights));
    return layers;
  }

  /**
   * A convolution of a network.
   *
   * @param side of what it writes
   */
  private static LayerProduct convolution(
      Map<String, Weights> weights, String network, String layer, int side) {
    int[] shape = shape(weights, network + "_" + layer + "_kernel");
    return new LayerProduct(layer, side * side, shape[0] * shape[1] * shape[2], shape[3]);
  }

  private static LayerProduct dense(Map<String, Weights> weights, String layer) {
    int[] shape = shape(weights, layer + "_weights");
    return new LayerProduct(layer, 1, shape[0], shape[1]);
  }

  private static int[] shape(Map<String, Weights> weights, String name) {
    return Objects.requireNonNull(weights.get(name), name).shape();
  }
}
