package io.paffmem.prior.tensorflow;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
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

  private final FrozenGraph graph;
  private final SessionFunction identify;
  private final FaceChunks chunks;
  private final int size;
  private final int version;

  private SavedModelIdentity(
      FrozenGraph graph, Signature identify, Device device, int size, int version) {
    this.graph = graph;
    this.identify = graph.session().function(identify);
    this.chunks = FaceChunks.on(device);
    this.size = size;
    this.version = version;
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
    Device device = wished.verifiedForFaces();
    try (SavedModelBundle bundle = open(folder, device)) {
      Signature identify =
          bundle.signatures().stream()
              .filter(signature -> signature.key().equals(IdentityExport.IDENTIFY))
              .findAny()
              .orElse(null);
      int size = embeddingSize(folder, identify);
      return new SavedModelIdentity(
          FrozenGraph.of(bundle, device.facesConfig(), false),
          Objects.requireNonNull(identify),
          device,
          size,
          checksum(folder));
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public float[] embed(byte[] rgb, int faces) {
    long needed =
        (long) faces * NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE * NetworkConfig.COLOURS;
    if (faces < 1 || rgb.length < needed) {
      throw new IllegalArgumentException(
          faces + " faces need " + needed + " bytes of pixels, there are " + rgb.length);
    }
    float[] embeddings = new float[faces * size];
    chunks.compute(faces, (first, some) -> embed(rgb, first, some, embeddings));
    return embeddings;
  }

  private void embed(byte[] rgb, int first, int faces, float[] into) {
    Shape shape =
        Shape.of(faces, NetworkConfig.IMAGE_SIZE, NetworkConfig.IMAGE_SIZE, NetworkConfig.COLOURS);
    long bytes = shape.size();
    long from = first * (bytes / faces);
    try (TUint8 images = TUint8.tensorOf(shape, DataBuffers.of(rgb).slice(from, bytes));
        Result result = identify.call(Map.of(IdentityExport.IMAGES, images))) {
      TFloat32 output = (TFloat32) result.get(IdentityExport.EMBEDDING).orElseThrow();
      output.asRawTensor().data().asFloats().read(into, first * size, faces * size);
    }
  }

  /** Of all that embeddings depend on. */
  private static int checksum(Path folder) {
    CRC32C checksum = new CRC32C();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        checksum.update(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new ModelException("the SavedModel in " + folder + " cannot be read: " + e, e);
    }
    return (int) checksum.getValue();
  }

  private static SavedModelBundle open(Path folder, Device device) {
    try {
      return SavedModelBundle.loader(folder.toString())
          .withConfigProto(device.facesConfig())
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
    graph.close();
  }
}
