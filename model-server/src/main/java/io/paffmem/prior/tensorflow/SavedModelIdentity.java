package io.paffmem.prior.tensorflow;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** A face-identity network from a SavedModel folder, as {@link IdentityExport} writes it. */
public final class SavedModelIdentity implements IdentityModel, AutoCloseable {
  private static final Shape IMAGES =
      Shape.of(-1, NetworkConfig.IMAGE_SIZE, NetworkConfig.IMAGE_SIZE, NetworkConfig.COLOURS);

  private final SavedModelBundle bundle;
  private final SessionFunction identify;
  private final int size;

  private SavedModelIdentity(SavedModelBundle bundle, int size) {
    this.bundle = bundle;
    this.identify = bundle.function(IdentityExport.IDENTIFY);
    this.size = size;
  }

  /**
   * Loads a network and checks its signature {@code identify}.
   *
   * @param folder of the SavedModel
   * @throws ModelException if it is missing, unreadable or has no such signature, or if the device
   *     is not there
   */
  public static SavedModelIdentity load(Path folder, Device wished) {
    if (!Files.isRegularFile(folder.resolve("saved_model.pb"))) {
      throw new ModelException(
          "no SavedModel in "
              + folder
              + " (no saved_model.pb there); name the folder that './paffmem train identity'"
              + " exported");
    }
    SavedModelBundle bundle = open(folder, wished.verified());
    try {
      Optional<Signature> found =
          bundle.signatures().stream()
              .filter(signature -> signature.key().equals(IdentityExport.IDENTIFY))
              .findAny();
      return new SavedModelIdentity(bundle, embeddingSize(folder, found.orElse(null)));
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] embed(byte[] rgb, int faces) {
    long needed =
        (long) faces * NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE * NetworkConfig.COLOURS;
    if (faces < 1 || rgb.length < needed) {
      throw new IllegalArgumentException(
          faces + " faces need " + needed + " bytes of pixels, there are " + rgb.length);
    }
    Shape shape =
        Shape.of(faces, NetworkConfig.IMAGE_SIZE, NetworkConfig.IMAGE_SIZE, NetworkConfig.COLOURS);
    try (TUint8 images = TUint8.tensorOf(shape, DataBuffers.of(rgb).narrow(needed));
        Result result = identify.call(Map.of(IdentityExport.IMAGES, images))) {
      float[] embeddings = new float[faces * size];
      TFloat32 output = (TFloat32) result.get(IdentityExport.EMBEDDING).orElseThrow();
      output.asRawTensor().data().asFloats().read(embeddings);
      return embeddings;
    }
  }

  private static SavedModelBundle open(Path folder, Device device) {
    try {
      return SavedModelBundle.loader(folder.toString())
          .withConfigProto(device.sessionConfig())
          .load();
    } catch (RuntimeException e) {
      throw new ModelException(
          "the SavedModel in " + folder + " cannot be read; export it again", e);
    }
  }

  private static int embeddingSize(Path folder, @Nullable Signature identify) {
    TensorDescription images =
        identify == null ? null : identify.getInputs().get(IdentityExport.IMAGES);
    TensorDescription embedding =
        identify == null ? null : identify.getOutputs().get(IdentityExport.EMBEDDING);
    if (images == null
        || images.dataType != DataType.DT_UINT8
        || !IMAGES.isCompatibleWith(images.shape)
        || embedding == null
        || embedding.dataType != DataType.DT_FLOAT
        || embedding.shape.numDimensions() != 2
        || embedding.shape.get(1) < 1) {
      throw new ModelException(
          "the SavedModel in "
              + folder
              + " has no signature identify that makes of images (uint8 n x 96 x 96 x 3) an"
              + " embedding (float n x d); name a network of './paffmem train identity'");
    }
    return (int) embedding.shape.get(1);
  }

  @Override
  public void close() {
    bundle.close();
  }
}
