package io.paffmem.app.train;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Device;
import java.util.List;
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

  NetworkConfig network() {
    return NetworkConfig.ofWidth(width);
  }

  Device device() {
    return device;
  }

  void check(List<String> problems) {
    if (!(width > 0 && width <= 1)) {
      problems.add("--width is " + width + ", must be in (0, 1]");
    }
  }
}
