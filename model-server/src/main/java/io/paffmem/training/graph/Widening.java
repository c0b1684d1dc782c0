package io.paffmem.training.graph;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Weights;
import java.util.Optional;

/**
 * Puts the weights of a layer into a wider one, which then computes the same on the channels that
 * the narrow one has (Chen, Goodfellow, Shlens, Net2Net, 2016): a new channel begins with its fresh
 * weights, and nothing reads it yet.
 *
 * <p>A first layer for RGB becomes one for grey, where all three channels are alike: its kernels
 * are added up.
 */
final class Widening {
  /** Pixels of what E's dense layer sees: each has its own weights for each channel. */
  private static final int LAST_PIXELS =
      (NetworkConfig.IMAGE_SIZE >> 4) * (NetworkConfig.IMAGE_SIZE >> 4);

  private static final String LATENT = "latent_weights";

  /** A layer's weights as places x inputs x outputs. */
  private record Layer(int places, int inputs, int outputs) {
    static Optional<Layer> of(String name, int[] shape) {
      return switch (shape.length) {
        case 1 -> Optional.of(new Layer(1, 1, shape[0]));
        case 2 -> {
          int places = name.endsWith(LATENT) ? LAST_PIXELS : 1;
          yield shape[0] % places == 0
              ? Optional.of(new Layer(places, shape[0] / places, shape[1]))
              : Optional.empty();
        }
        case 4 -> Optional.of(new Layer(shape[0] * shape[1], shape[2], shape[3]));
        default -> Optional.empty();
      };
    }

    int at(int place, int input, int output) {
      return (place * inputs + input) * outputs + output;
    }
  }

  private Widening() {}

  /**
   * The wide layer's weights.
   *
   * @param name of the variable
   * @param narrow what it has in the narrower network
   * @param shape in the wider network
   * @param fresh values there before
   * @return empty if the one does not fit into the other
   */
  static Optional<float[]> widened(String name, Weights narrow, int[] shape, float[] fresh) {
    Optional<Layer> from = Layer.of(name, narrow.shape());
    Optional<Layer> to = Layer.of(name, shape);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Layer small = from.get();
    Layer large = to.get();
    boolean greyed = small.inputs == NetworkConfig.COLOURS && large.inputs == 1;
    if (narrow.shape().length != shape.length
        || small.places != large.places
        || small.outputs > large.outputs
        || (small.inputs > large.inputs && !greyed)) {
      return Optional.empty();
    }
    float[] values = fresh.clone();
    for (int place = 0; place < large.places; place++) {
      for (int output = 0; output < small.outputs; output++) {
        for (int input = 0; input < large.inputs; input++) {
          values[large.at(place, input, output)] = 0;
        }
        for (int input = 0; input < small.inputs; input++) {
          values[large.at(place, greyed ? 0 : input, output)] +=
              narrow.values()[small.at(place, input, output)];
        }
      }
    }
    return Optional.of(values);
  }
}
