package io.paffmem.network;

/**
 * The size of the PK.
 *
 * @param encoderWidth multiplier of every channel count of E, in (0, 1]: 1 is the paper's
 * @param generatorWidth the same of G and of the discriminators
 * @param encoderBlocks residual blocks after each of E's last three convolutions, at least 0; the
 *     paper has none
 * @param latentSize dimensions of z, at least 1: 50 in the paper
 * @param affectRepeats how often each of arousal and valence is repeated before they are joined to
 *     z, at least 1; the paper's code repeats them so that G does not overlook two numbers among
 *     fifty
 */
public record NetworkConfig(
    double encoderWidth,
    double generatorWidth,
    int encoderBlocks,
    int latentSize,
    int affectRepeats) {

  /** Side of the square face, pixels. */
  public static final int IMAGE_SIZE = 96;

  /**
   * Channels of the face: grey. Most labelled faces are grey, and a feed's white balance must not
   * move the answer.
   */
  public static final int CHANNELS = 1;

  /** Channels of a picture: RGB. */
  public static final int COLOURS = 3;

  public NetworkConfig {
    checkWidth("encoderWidth", encoderWidth);
    checkWidth("generatorWidth", generatorWidth);
    if (encoderBlocks < 0) {
      throw new IllegalArgumentException(
          "encoderBlocks is " + encoderBlocks + ", must be at least 0");
    }
    if (latentSize < 1) {
      throw new IllegalArgumentException("latentSize is " + latentSize + ", must be at least 1");
    }
    if (affectRepeats < 1) {
      throw new IllegalArgumentException(
          "affectRepeats is " + affectRepeats + ", must be at least 1");
    }
  }

  /** The paper's shapes at the given width: 1 has its 16 million parameters. */
  public static NetworkConfig ofWidth(double width) {
    return new NetworkConfig(width, width, 0, 50, 25);
  }

  /** The paper's channel count of E, narrowed; at least 2. */
  int encoderChannels(int full) {
    return narrowed(full, encoderWidth);
  }

  /** The paper's channel count of G or a discriminator, narrowed; at least 2. */
  int generatorChannels(int full) {
    return narrowed(full, generatorWidth);
  }

  private static int narrowed(int full, double width) {
    return Math.max(2, (int) Math.round(full * width));
  }

  private static void checkWidth(String name, double width) {
    if (!(width > 0 && width <= 1)) {
      throw new IllegalArgumentException(name + " is " + width + ", must be in (0, 1]");
    }
  }
}
