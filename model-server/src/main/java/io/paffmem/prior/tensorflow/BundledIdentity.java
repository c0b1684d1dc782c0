package io.paffmem.prior.tensorflow;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.PriorKnowledge;
import org.jspecify.annotations.Nullable;

/**
 * The face-identity network in the box, which tells how a face looks; {@code docs/model-card.md}
 * says what it was trained on.
 */
public final class BundledIdentity {
  private static final String FOLDER = "identity/look-2";

  private BundledIdentity() {}

  /**
   * Loads it.
   *
   * @throws ModelException if the device is not there
   */
  public static SavedModelIdentity load(Device wished) {
    return BundledFiles.read(
        FOLDER, IdentityExport.PROPERTIES, unpacked -> SavedModelIdentity.load(unpacked, wished));
  }

  /** Loads it to stand beside a PK, where that is computed; null if its faces have another size. */
  public static @Nullable SavedModelIdentity beside(PriorKnowledge prior) {
    if (prior.imageSize() != NetworkConfig.IMAGE_SIZE) {
      return null;
    }
    return load(prior instanceof SavedModelPrior loaded ? loaded.device() : Device.CPU);
  }
}
