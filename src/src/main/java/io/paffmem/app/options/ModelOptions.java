package io.paffmem.app.options;

import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which PK, and where it is computed. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "SavedModel of another PK than the one in the box.")
  private @Nullable Path model;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where the PK is computed; gpu refuses to start without one. Default: auto.")
  private Device device = Device.AUTO;

  public Device device() {
    return device;
  }

  public SavedModelPrior load() {
    Path folder = model;
    return folder == null ? SavedModelPrior.bundled(device) : SavedModelPrior.load(folder, device);
  }
}
