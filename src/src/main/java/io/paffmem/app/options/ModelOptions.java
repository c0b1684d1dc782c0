package io.paffmem.app.options;

import io.paffmem.prior.tensorflow.BundledModel;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which PK, and where it is computed. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "standard|open|DIR",
      description =
          "The PK: standard and open are in the box, DIR is a SavedModel. open was trained on openly"
              + " licensed photographs only. Default: standard.")
  private String model = BundledModel.STANDARD.label();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where the PK is computed; gpu refuses to start without one. Default: auto.")
  private Device device = Device.AUTO;

  public Device device() {
    return device;
  }

  public SavedModelPrior load() {
    return BundledModel.labelled(model)
        .map(bundled -> bundled.load(device))
        .orElseGet(() -> SavedModelPrior.load(Path.of(model), device));
  }
}
