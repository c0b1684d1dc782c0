package io.paffmem.app.train;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.start.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How large a PK's networks are, and where they are trained. */
final class NetworkOptions {
  @Option(
      names = "--width",
      paramLabel = "W",
      description = "Width of the networks in (0, 1]; 1 is the paper's. Default ${DEFAULT-VALUE}.")
  private double width = 0.25;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where to compute; gpu refuses to start without one. Default: auto.")
  private Device device = Device.AUTO;

  @Option(
      names = "--encoder-width",
      paramLabel = "W",
      description = "Width of E alone; default: that of --width.")
  private @Nullable Double encoderWidth;

  @Option(
      names = "--encoder-blocks",
      paramLabel = "N",
      description =
          "Residual blocks after each of E's last three convolutions; the paper has none. Default"
              + " ${DEFAULT-VALUE}.")
  private int encoderBlocks;

  NetworkConfig network() {
    NetworkConfig paper = NetworkConfig.ofWidth(width);
    return new NetworkConfig(
        encoderWidth == null ? width : encoderWidth,
        width,
        encoderBlocks,
        paper.latentSize(),
        paper.affectRepeats());
  }

  Device device() {
    return device;
  }

  void check(Problems problems) {
    check("--width", width, problems);
    if (encoderWidth != null) {
      check("--encoder-width", encoderWidth, problems);
    }
    problems.addIf(encoderBlocks < 0, "--encoder-blocks is %s, must be at least 0", encoderBlocks);
  }

  private static void check(String option, double width, Problems problems) {
    problems.addIf(!(width > 0 && width <= 1), "%s is %s, must be in (0, 1]", option, width);
  }
}
