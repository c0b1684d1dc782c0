package io.paffmem.training.graph;

import static java.util.Objects.requireNonNull;

import io.paffmem.network.IdentityNetwork;
import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.tensorflow.IdentityExport;
import io.paffmem.training.graph.FlatSignature.Argument;
import io.paffmem.training.graph.FlatSignature.Node;
import io.paffmem.training.graph.FlatSignature.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * L_iden of the paper (eq. 2): how far apart a face and its reconstruction are in the feature maps
 * of a face-identity network.
 *
 * <p>The network comes from a SavedModel with the signature {@code features}: {@code face}, float n
 * x 96 x 96 x 3 in [-1, 1], to {@code conv1} ... {@code conv5}, float maps of any shape. {@link
 * IdentityExport} writes one; VGG-Face is saved so with its resizing and scaling inside. Its nodes
 * are copied into the graph that trains, its variables as constants: gradients flow through it to
 * the faces, and nothing can move its weights.
 */
public final class IdentityLoss {
  private static final Shape FACES =
      Shape.of(-1, NetworkConfig.IMAGE_SIZE, NetworkConfig.IMAGE_SIZE, NetworkConfig.COLOURS);

  private final Ops tf;
  private final Path folder;
  private final FlatSignature signature;

  /** By node: its outputs where they are the same for every face, which are built once. */
  private final Map<Integer, Output<?>[]> constants = new HashMap<>();

  /**
   * Reads a network.
   *
   * @param tf of the graph that is being built
   * @param folder of the SavedModel
   * @throws ModelException if it is missing, unreadable or has no such signature
   */
  IdentityLoss(Ops tf, Path folder) {
    this.tf = tf.withSubScope("identity");
    this.folder = folder;
    if (!Files.isRegularFile(folder.resolve("saved_model.pb"))) {
      throw new ModelException(
          "no SavedModel in "
              + folder
              + " (no saved_model.pb there); name the folder of a face-identity network");
    }
    try (SavedModelBundle bundle = open()) {
      SignatureDef features = features(bundle.metaGraphDef());
      List<String> maps = new ArrayList<>();
      for (int i = 0; i < IdentityNetwork.MAPS; i++) {
        maps.add(features.getOutputsOrThrow(IdentityNetwork.mapName(i)).getName());
      }
      String face = features.getInputsOrThrow(IdentityExport.FACE).getName();
      signature = flat(bundle.metaGraphDef().getGraphDef(), face, maps);
      for (int i = 0; i < signature.nodes().size(); i++) {
        freeze(i, bundle);
      }
    }
  }

  /**
   * The five feature maps.
   *
   * @param face n x 96 x 96 x 3 in [-1, 1]
   */
  List<Operand<TFloat32>> apply(Operand<TFloat32> face) {
    Map<Integer, Output<?>[]> made = new HashMap<>(constants);
    for (int i = 0; i < signature.nodes().size(); i++) {
      Node node = signature.nodes().get(i);
      if (!made.containsKey(i) && !FlatSignature.isHandle(node)) {
        made.put(i, copy(node, made, face));
      }
    }
    List<Operand<TFloat32>> maps = new ArrayList<>();
    for (Source source : signature.outputs()) {
      maps.add(tensor(source, made, face).expect(TFloat32.class));
    }
    return maps;
  }

  /**
   * The sum over the maps of the mean absolute difference. Eq. 2 sums within a map too; the mean
   * keeps the loss's weight the same for networks of any size.
   *
   * @param x n x 96 x 96 x 3 in [-1, 1]
   * @param reconstructed the same
   * @return a scalar, 0 for equal faces
   */
  Operand<TFloat32> loss(Operand<TFloat32> x, Operand<TFloat32> reconstructed) {
    List<Operand<TFloat32>> of = apply(x);
    List<Operand<TFloat32>> again = apply(reconstructed);
    List<Operand<TFloat32>> distances = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      Operand<TFloat32> difference = tf.math.abs(tf.math.sub(of.get(i), again.get(i)));
      distances.add(tf.math.mean(tf.reshape(difference, tf.array(-1)), tf.constant(0)));
    }
    return tf.math.addN(distances);
  }

  private Output<?>[] copy(Node node, Map<Integer, Output<?>[]> made, Operand<TFloat32> face) {
    OperationBuilder builder = tf.scope().opBuilder(node.op(), node.op());
    for (Argument argument : node.inputs()) {
      Output<?>[] inputs =
          argument.sources().stream()
              .map(source -> tensor(source, made, face))
              .toArray(Output<?>[]::new);
      if (argument.isList()) {
        builder.addInputList(inputs);
      } else {
        builder.addInput(inputs[0]);
      }
    }
    return outputs(build(node, builder));
  }

  private Operation build(Node node, OperationBuilder builder) {
    try {
      node.definition()
          .getAttrMap()
          .forEach(
              (name, value) -> {
                // Those with an underscore speak of the graph that the node was made in.
                if (!name.startsWith("_")) {
                  builder.setAttr(name, value);
                }
              });
      return builder.build();
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  private static Output<?> tensor(
      Source source, Map<Integer, Output<?>[]> made, Operand<TFloat32> face) {
    return source.node() == FlatSignature.INPUT
        ? face.asOutput()
        : requireNonNull(made.get(source.node()))[source.output()];
  }

  /** Makes a constant of a node that is one, or reads a variable. */
  private void freeze(int index, SavedModelBundle bundle) {
    Node node = signature.nodes().get(index);
    switch (node.op()) {
      case "Const" ->
          constants.put(index, outputs(build(node, tf.scope().opBuilder("Const", "weights"))));
      case "Variable", "VariableV2" ->
          constants.put(index, valueOf(bundle, bundle.graph().outputOrThrow(node.path() + ":0")));
      case "ReadVariableOp" -> constants.put(index, valueOf(bundle, read(node, bundle)));
      default -> {}
    }
  }

  /** The variable of a read, which may lie inside a function, as a tensor of the whole graph. */
  private Output<?> read(Node node, SavedModelBundle bundle) {
    Node handle = node;
    do {
      handle = signature.nodes().get(handle.inputs().get(0).sources().get(0).node());
    } while (!handle.inputs().isEmpty());
    return Ops.create(bundle.graph())
        .scope()
        .opBuilder("ReadVariableOp", "read")
        .addInput(bundle.graph().outputOrThrow(handle.path() + ":0"))
        .setAttr("dtype", node.definition().getAttrOrThrow("dtype").getType())
        .build()
        .output(0);
  }

  private Output<?>[] valueOf(SavedModelBundle bundle, Output<?> variable) {
    try (Result result = bundle.session().runner().fetch(variable).run()) {
      Tensor value = result.get(0);
      return outputs(
          tf.scope()
              .opBuilder("Const", "weights")
              .setAttr("dtype", value.dataType())
              .setAttr("value", value)
              .build());
    }
  }

  private static Output<?>[] outputs(Operation operation) {
    Output<?>[] outputs = new Output<?>[operation.numOutputs()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = operation.<TType>output(i);
    }
    return outputs;
  }

  private SavedModelBundle open() {
    try {
      return SavedModelBundle.loader(folder.toString())
          .withConfigProto(ConfigProto.newBuilder().putDeviceCount("GPU", 0).build())
          .load();
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  private FlatSignature flat(GraphDef graph, String face, List<String> maps) {
    try {
      return new FlatSignature(graph, face, maps);
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  private SignatureDef features(MetaGraphDef model) {
    SignatureDef features = model.getSignatureDefMap().get(IdentityExport.FEATURES);
    if (features == null || !fits(features)) {
      throw new ModelException(
          "the SavedModel in "
              + folder
              + " has no signature features that makes of face (float n x 96 x 96 x 3) the five"
              + " maps conv1 to conv5 (float); save the network with one, or train one with"
              + " './paffmem train identity'");
    }
    return features;
  }

  private static boolean fits(SignatureDef features) {
    TensorInfo face = features.getInputsMap().get(IdentityExport.FACE);
    boolean fits = isFloat(face) && FACES.isCompatibleWith(shape(face));
    for (int i = 0; i < IdentityNetwork.MAPS; i++) {
      fits &= isFloat(features.getOutputsMap().get(IdentityNetwork.mapName(i)));
    }
    return fits;
  }

  private static boolean isFloat(@Nullable TensorInfo tensor) {
    return tensor != null && tensor.getDtype() == DataType.DT_FLOAT;
  }

  private static Shape shape(@Nullable TensorInfo tensor) {
    if (tensor == null || tensor.getTensorShape().getUnknownRank()) {
      return Shape.unknown();
    }
    return Shape.of(
        tensor.getTensorShape().getDimList().stream().mapToLong(dim -> dim.getSize()).toArray());
  }

  private ModelException unusable(RuntimeException cause) {
    String why = String.valueOf(cause.getMessage());
    int end = why.indexOf('\n');
    return new ModelException(
        "the face-identity network in "
            + folder
            + " cannot be used: "
            + (end < 0 ? why : why.substring(0, end))
            + "; save it again from plain layers",
        cause);
  }
}
