package io.paffmem.training.ablation;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.training.config.TrainingConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What all rows of an ablation share.
 *
 * @param network of the PKs
 * @param training how they are trained; each row has loss weights of its own
 * @param steps of each row, at least 1
 * @param reportEvery steps between checkpoints, at least 1
 * @param readerSteps steps that a D_em is trained afterwards, for rows without one; at least 1
 * @param identity folder of a face-identity network; without one no row has the identity loss
 * @param device where to compute
 */
public record AblationConfig(
    NetworkConfig network,
    TrainingConfig training,
    long steps,
    long reportEvery,
    int readerSteps,
    Optional<Path> identity,
    Device device) {

  public AblationConfig {
    if (steps < 1) {
      throw new IllegalArgumentException("steps is " + steps + ", must be at least 1");
    }
    if (reportEvery < 1) {
      throw new IllegalArgumentException("reportEvery is " + reportEvery + ", must be at least 1");
    }
    if (readerSteps < 1) {
      throw new IllegalArgumentException("readerSteps is " + readerSteps + ", must be at least 1");
    }
  }
}
