package io.paffmem.prior.tensorflow;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.Activations;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.prior.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Signature.TensorDescription;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** A PK from a SavedModel folder, as {@link PriorExport} writes it. */
public final class SavedModelPrior implements PriorKnowledge {
  private static final String UNKNOWN_NAME = "pk";
  private static final int HASH_BYTES = 4;
  private static final String VARIABLES = "variables";
  private static final String GRAPH = "saved_model.pb";
  private static final DataType FLOAT = DataType.DT_FLOAT;
  private static final DataType BYTE = DataType.DT_UINT8;

  private final FrozenGraph graph;
  private final Device device;
  private final FaceChunks chunks;
  private final String modelVersion;
  private final int latentSize;
  private final SessionFunction encode;
  private final boolean tellsDeviation;
  private final SessionFunction generate;
  private final SessionFunction generateAndEncode;
  private final @Nullable SessionFunction activations;
  private volatile boolean closed;

  private SavedModelPrior(
      FrozenGraph graph,
      Map<String, Signature> signatures,
      Device device,
      String modelVersion,
      int latentSize) {
    this.graph = graph;
    this.device = device;
    this.chunks = FaceChunks.on(device);
    this.modelVersion = modelVersion;
    this.latentSize = latentSize;
    this.encode = function(graph, signatures, PriorExport.ENCODE);
    this.tellsDeviation =
        Objects.requireNonNull(signatures.get(PriorExport.ENCODE))
            .outputNames()
            .contains(PriorExport.DEVIATION);
    this.generate = function(graph, signatures, PriorExport.GENERATE);
    this.generateAndEncode = function(graph, signatures, PriorExport.GENERATE_AND_ENCODE);
    this.activations =
        signatures.containsKey(PriorExport.ACTIVATIONS)
            ? function(graph, signatures, PriorExport.ACTIVATIONS)
            : null;
  }

  private static SessionFunction function(
      FrozenGraph graph, Map<String, Signature> signatures, String key) {
    return graph.session().function(Objects.requireNonNull(signatures.get(key), key));
  }

  /**
   * Loads the standard PK in the box.
   *
   * @throws ModelException if the device is not there
   */
  public static SavedModelPrior bundled(Device wished) {
    return BundledModel.STANDARD.load(wished);
  }

  /** Version of the standard PK in the box, without loading it. */
  public static String bundledVersion() {
    return BundledModel.STANDARD.version();
  }

  /**
   * Loads a PK and checks its shape.
   *
   * @param folder of the SavedModel
   * @throws ModelException if it is missing, unreadable or of another shape, or if the device is
   *     not there
   */
  public static SavedModelPrior load(Path folder, Device wished) {
    if (!Files.isRegularFile(folder.resolve(GRAPH))) {
      throw new ModelException(
          "no SavedModel in "
              + folder
              + " (no saved_model.pb there); name the folder that training exported");
    }
    Device device = wished.verifiedForFaces();
    String version = version(folder);
    try (SavedModelBundle bundle = open(folder, device)) {
      Map<String, Signature> signatures = new HashMap<>();
      bundle.signatures().forEach(signature -> signatures.put(signature.key(), signature));
      int latentSize = check(folder, signatures);
      // Without it TensorFlow loads the graph alone, and fails with the first face.
      if (!Files.isRegularFile(folder.resolve(VARIABLES).resolve("variables.index"))) {
        throw new ModelException(
            "the SavedModel in "
                + folder
                + " cannot be read: no variables/variables.index there; export it again");
      }
      FrozenGraph graph = FrozenGraph.of(bundle, device.facesConfig(), device == Device.CPU);
      return new SavedModelPrior(graph, signatures, device, version, latentSize);
    }
  }

  @Override
  public String modelVersion() {
    return modelVersion;
  }

  @Override
  public int latentSize() {
    return latentSize;
  }

  @Override
  public int imageSize() {
    return NetworkConfig.IMAGE_SIZE;
  }

  @Override
  public int facesPerRun() {
    return chunks.facesPerRun();
  }

  /** The device that computes: CPU or GPU. */
  public Device device() {
    return device;
  }

  /** The trained numbers of E, G and D_em, by the names that the networks give them. */
  public Map<String, Weights> weights() {
    return graph.weights();
  }

  @Override
  public Encodings encode(byte[] pixels, int faces) {
    check(pixels, faces);
    float[] z = new float[faces * latentSize];
    float[] affect = new float[faces * 2];
    float[] deviation = tellsDeviation ? new float[faces * 2] : null;
    chunks.compute(
        faces,
        (first, some) -> {
          try (TUint8 images = images(pixels, first, some);
              Result result = call(encode, Map.of(PriorExport.IMAGES, images))) {
            read(result, PriorExport.Z, z, first, some);
            read(result, PriorExport.AFFECT, affect, first, some);
            if (deviation != null) {
              read(result, PriorExport.DEVIATION, deviation, first, some);
            }
          }
        });
    return new Encodings(z, affect, deviation);
  }

  @Override
  public byte[] generate(float[] z, float[] affect, int faces) {
    check(z, affect, faces);
    int faceBytes = faceBytes();
    byte[] rgb = new byte[faces * faceBytes];
    chunks.compute(
        faces,
        (first, some) -> {
          try (TFloat32 zTensor = matrix(z, first, some, latentSize);
              TFloat32 affectTensor = matrix(affect, first, some, 2);
              Result result =
                  call(
                      generate, Map.of(PriorExport.Z, zTensor, PriorExport.AFFECT, affectTensor))) {
            output(result, PriorExport.IMAGES)
                .asRawTensor()
                .data()
                .read(rgb, first * faceBytes, some * faceBytes);
          }
        });
    return rgb;
  }

  @Override
  public Encodings generateAndEncode(float[] z, float[] affect, int faces) {
    check(z, affect, faces);
    float[] again = new float[faces * latentSize];
    float[] affectAgain = new float[faces * 2];
    chunks.compute(
        faces,
        (first, some) -> {
          try (TFloat32 zTensor = matrix(z, first, some, latentSize);
              TFloat32 affectTensor = matrix(affect, first, some, 2);
              Result result =
                  call(
                      generateAndEncode,
                      Map.of(PriorExport.Z, zTensor, PriorExport.AFFECT, affectTensor))) {
            read(result, PriorExport.Z, again, first, some);
            read(result, PriorExport.AFFECT, affectAgain, first, some);
          }
        });
    return new Encodings(again, affectAgain);
  }

  @Override
  public Activations activations(byte[] pixels, int faces) {
    SessionFunction known = activations;
    if (known == null) {
      throw new ModelException(
          "the PK "
              + modelVersion
              + " was exported before PKs could tell their activations; export it again");
    }
    check(pixels, faces);
    try (TUint8 images = images(pixels, 0, faces);
        Result result = call(known, Map.of(PriorExport.IMAGES, images))) {
      int side = (int) output(result, PriorExport.MEANS).shape().get(1);
      float[] means = new float[faces * side * side];
      read(result, PriorExport.MEANS, means, 0, faces);
      return new Activations(means, side);
    }
  }

  private void check(byte[] pixels, int faces) {
    long needed = (long) faces * faceBytes();
    if (faces < 1 || pixels.length < needed) {
      throw new IllegalArgumentException(
          faces + " faces need " + needed + " bytes of pixels, there are " + pixels.length);
    }
  }

  private void check(float[] z, float[] affect, int faces) {
    if (faces < 1 || z.length != faces * latentSize || affect.length != faces * 2) {
      throw new IllegalArgumentException(
          faces + " faces, but " + z.length + " numbers of z and " + affect.length + " of affect");
    }
  }

  private Result call(SessionFunction function, Map<String, Tensor> inputs) {
    if (closed) {
      throw new IllegalStateException("the PK " + modelVersion + " is closed");
    }
    return function.call(inputs);
  }

  private int faceBytes() {
    return imageSize() * imageSize() * NetworkConfig.COLOURS;
  }

  private TUint8 images(byte[] pixels, int first, int faces) {
    long size = faceBytes();
    return TUint8.tensorOf(
        Shape.of(faces, imageSize(), imageSize(), NetworkConfig.COLOURS),
        DataBuffers.of(pixels).slice(first * size, faces * size));
  }

  private static TFloat32 matrix(float[] values, int first, int rows, int columns) {
    return TFloat32.tensorOf(
        Shape.of(rows, columns),
        DataBuffers.of(values).slice((long) first * columns, (long) rows * columns));
  }

  /** Reads rows of an output into their place among those of the whole batch. */
  private static void read(Result result, String name, float[] into, int first, int rows) {
    FloatDataBuffer data = output(result, name).asRawTensor().data().asFloats();
    int columns = (int) (data.size() / rows);
    data.read(into, first * columns, rows * columns);
  }

  private static Tensor output(Result result, String name) {
    return result.get(name).orElseThrow();
  }

  private static SavedModelBundle open(Path folder, Device device) {
    try {
      return SavedModelBundle.loader(folder.toString())
          .withConfigProto(device.facesConfig())
          .load();
    } catch (RuntimeException e) {
      throw new ModelException(
          "the SavedModel in " + folder + " cannot be read: " + firstLine(e) + "; export it again",
          e);
    }
  }

  /** The latent size, once every signature has the shape that this program needs. */
  private static int check(Path folder, Map<String, Signature> signatures) {
    int size = NetworkConfig.IMAGE_SIZE;
    Shape images = Shape.of(-1, size, size, NetworkConfig.COLOURS);
    Signature encode = signature(folder, signatures, PriorExport.ENCODE);
    Map<String, TensorDescription> embedded = encode.getOutputs();
    Shape anyZ = Shape.of(-1, -1);
    TensorDescription z = tensor(folder, encode, embedded, PriorExport.Z, FLOAT, anyZ);
    long latent = z.shape.numDimensions() == 2 ? z.shape.get(1) : -1;
    if (latent < 1) {
      throw otherShape(folder, encode, PriorExport.Z, z, FLOAT + " of known width");
    }
    Shape zShape = Shape.of(-1, latent);
    Shape affect = Shape.of(-1, 2);
    tensor(folder, encode, encode.getInputs(), PriorExport.IMAGES, BYTE, images);
    tensor(folder, encode, embedded, PriorExport.AFFECT, FLOAT, affect);
    if (embedded.containsKey(PriorExport.DEVIATION)) {
      tensor(folder, encode, embedded, PriorExport.DEVIATION, FLOAT, affect);
    }
    Signature generate = signature(folder, signatures, PriorExport.GENERATE);
    Signature again = signature(folder, signatures, PriorExport.GENERATE_AND_ENCODE);
    for (Signature imagine : List.of(generate, again)) {
      tensor(folder, imagine, imagine.getInputs(), PriorExport.Z, FLOAT, zShape);
      tensor(folder, imagine, imagine.getInputs(), PriorExport.AFFECT, FLOAT, affect);
    }
    tensor(folder, generate, generate.getOutputs(), PriorExport.IMAGES, BYTE, images);
    tensor(folder, again, again.getOutputs(), PriorExport.Z, FLOAT, zShape);
    tensor(folder, again, again.getOutputs(), PriorExport.AFFECT, FLOAT, affect);
    Signature activations = signatures.get(PriorExport.ACTIVATIONS);
    if (activations != null) {
      tensor(folder, activations, activations.getInputs(), PriorExport.IMAGES, BYTE, images);
      Shape maps = Shape.of(-1, -1, -1);
      tensor(folder, activations, activations.getOutputs(), PriorExport.MEANS, FLOAT, maps);
    }
    return (int) latent;
  }

  private static Signature signature(Path folder, Map<String, Signature> signatures, String key) {
    Signature found = signatures.get(key);
    if (found == null) {
      throw new ModelException(
          "the SavedModel in "
              + folder
              + " has no signature "
              + key
              + " but "
              + signatures.keySet()
              + "; it is no PK");
    }
    return found;
  }

  private static TensorDescription tensor(
      Path folder,
      Signature signature,
      Map<String, TensorDescription> tensors,
      String name,
      DataType type,
      Shape shape) {
    TensorDescription found = tensors.get(name);
    if (found == null || found.dataType != type || !shape.isCompatibleWith(found.shape)) {
      throw otherShape(folder, signature, name, found, type + " " + shape);
    }
    return found;
  }

  private static ModelException otherShape(
      Path folder,
      Signature signature,
      String name,
      @Nullable TensorDescription found,
      String wanted) {
    return new ModelException(
        "the SavedModel in "
            + folder
            + " is of another shape: "
            + name
            + " of its signature "
            + signature.key()
            + (found == null ? " is missing" : " is " + found.dataType + " " + found.shape)
            + ", not "
            + wanted
            + "; it is no PK");
  }

  static String version(Path folder) {
    String name = UNKNOWN_NAME;
    Path file = folder.resolve(PriorExport.PROPERTIES);
    try {
      if (Files.exists(file)) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
          properties.load(reader);
        }
        name = properties.getProperty(PriorExport.NAME, UNKNOWN_NAME);
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Only what answers depend on: a changed model card beside it is no new model.
      digest.update(Files.readAllBytes(folder.resolve(GRAPH)));
      Path variables = folder.resolve(VARIABLES);
      if (Files.isDirectory(variables)) {
        try (Stream<Path> children = Files.list(variables)) {
          for (Path child : children.filter(Files::isRegularFile).sorted().toList()) {
            digest.update(child.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(child));
          }
        }
      }
      byte[] hash = Arrays.copyOf(digest.digest(), HASH_BYTES);
      return name + "-" + HexFormat.of().formatHex(hash);
    } catch (IOException e) {
      throw new ModelException("the SavedModel in " + folder + " cannot be read: " + e, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  @Override
  public void close() {
    closed = true;
    graph.close();
  }
}
