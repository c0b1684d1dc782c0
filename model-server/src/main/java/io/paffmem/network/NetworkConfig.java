package io.paffmem.network;

/**
 * The size of the PK.
 *
 * @param width multiplier of every channel count, in (0, 1]: 1 is the paper's (16 million
 *     parameters)
 * @param latentSize dimensions of z, at least 1: 50 in the paper
 * @param affectRepeats how often each of arousal and valence is repeated before they are joined to
 *     z, at least 1; the paper's code repeats them so that G does not overlook two numbers among
 *     fifty
 */
public record NetworkConfig(double width, int latentSize, int affectRepeats) {

  /** Side of the square face, pixels. */
  public static final int IMAGE_SIZE = 96;

  /** Colour channels of the face. */
  public static final int CHANNELS = 3;

  public NetworkConfig {
    if (!(width > 0 && width <= 1)) {
      throw new IllegalArgumentException("width is " + width + ", must be in (0, 1]");
    }
    if (latentSize < 1) {
      throw new IllegalArgumentException("latentSize is " + latentSize + ", must be at least 1");
    }
    if (affectRepeats < 1) {
      throw new IllegalArgumentException(
          "affectRepeats is " + affectRepeats + ", must be at least 1");
    }
  }

  /** The paper's shapes at the given width. */
  public static NetworkConfig ofWidth(double width) {
    return new NetworkConfig(width, 50, 25);
  }

  /** The paper's channel count, narrowed; at least 2. */
  int channels(int full) {
    return Math.max(2, (int) Math.round(full * width));
  }
}
