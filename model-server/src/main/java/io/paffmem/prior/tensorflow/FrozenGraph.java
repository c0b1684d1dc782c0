package io.paffmem.prior.tensorflow;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.paffmem.prior.Weights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a SavedModel computes, with its variables as constants: TensorFlow then works out once what
 * depends on weights alone, and brings them into its kernels' order once and not with every run.
 */
final class FrozenGraph implements AutoCloseable {
  private static final String VARIABLE = "VariableV2";

  private final Graph graph;
  private final Session session;

  private final List<String> variables;

  private FrozenGraph(Graph graph, Session session, List<String> variables) {
    this.graph = graph;
    this.session = session;
    this.variables = variables;
  }

  /**
   * Freezes a loaded SavedModel, which is no longer needed after that. Variables of another kind
   * than PriorExport writes are refused by the import.
   *
   * @param onBlocks whether layers of few channels are rewritten as {@link BlockedLayers} does
   */
  static FrozenGraph of(SavedModelBundle bundle, ConfigProto config, boolean onBlocks) {
    Graph graph = new Graph();
    try {
      List<String> variables = new ArrayList<>();
      GraphDef frozen = frozen(bundle, variables);
      if (onBlocks) {
        Set<String> kept = new LinkedHashSet<>(ends(bundle));
        kept.addAll(variables);
        frozen = BlockedLayers.rewrite(frozen, kept, names -> weights(bundle.session(), names));
      }
      graph.importGraphDef(frozen);
      return new FrozenGraph(graph, new Session(graph, config), variables);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  Session session() {
    return session;
  }

  /** What the variables held, by name. */
  Map<String, Weights> weights() {
    return weights(session, variables);
  }

  /** What nodes of floats hold that depend on nothing that is fed. */
  private static Map<String, Weights> weights(Session session, Collection<String> names) {
    Map<String, Weights> weights = new LinkedHashMap<>();
    if (names.isEmpty()) {
      return weights;
    }
    // All in one run: TensorFlow prepares every new set of fetches at length.
    Session.Runner runner = session.runner();
    names.forEach(runner::fetch);
    try (Result values = runner.run()) {
      int i = 0;
      for (String name : names) {
        Tensor tensor = values.get(i++);
        int[] shape = Arrays.stream(tensor.shape().asArray()).mapToInt(Math::toIntExact).toArray();
        float[] numbers = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(numbers);
        weights.put(name, new Weights(shape, numbers));
      }
    }
    return weights;
  }

  private static GraphDef frozen(SavedModelBundle bundle, List<String> variables) {
    Map<String, NodeDef> nodes = new HashMap<>();
    for (NodeDef node : bundle.metaGraphDef().getGraphDef().getNodeList()) {
      nodes.put(node.getName(), node);
    }
    GraphDef.Builder frozen =
        GraphDef.newBuilder().setVersions(bundle.metaGraphDef().getGraphDef().getVersions());
    Set<String> needed = neededBy(ends(bundle), nodes);
    for (NodeDef node : bundle.metaGraphDef().getGraphDef().getNodeList()) {
      if (needed.contains(node.getName())) {
        if (node.getOp().equals(VARIABLE)) {
          variables.add(node.getName());
        } else {
          frozen.addNode(node);
        }
      }
    }
    if (!variables.isEmpty()) {
      // All in one run: TensorFlow prepares every new set of fetches at length.
      Session.Runner runner = bundle.session().runner();
      variables.forEach(runner::fetch);
      try (Result values = runner.run()) {
        for (int i = 0; i < variables.size(); i++) {
          NodeDef variable = Objects.requireNonNull(nodes.get(variables.get(i)));
          frozen.addNode(constant(variable, values.get(i)));
        }
      }
    }
    return frozen.build();
  }

  /** Names of the nodes that are the signatures' inputs and outputs. */
  private static Set<String> ends(SavedModelBundle bundle) {
    Set<String> names = new LinkedHashSet<>();
    for (SignatureDef signature : bundle.metaGraphDef().getSignatureDefMap().values()) {
      List<TensorInfo> ends = new ArrayList<>(signature.getInputsMap().values());
      ends.addAll(signature.getOutputsMap().values());
      ends.forEach(end -> names.add(BlockedLayers.nodeOf(end.getName())));
    }
    return names;
  }

  /** Names of all nodes that these depend on; not what saves them. */
  private static Set<String> neededBy(Set<String> ends, Map<String, NodeDef> nodes) {
    Deque<String> open = new ArrayDeque<>(ends);
    Set<String> needed = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.remove();
      NodeDef node = nodes.get(name);
      if (node != null && needed.add(name)) {
        node.getInputList().forEach(input -> open.add(BlockedLayers.nodeOf(input)));
      }
    }
    return needed;
  }

  private static NodeDef constant(NodeDef variable, Tensor value) {
    DataType type = variable.getAttrOrThrow("dtype").getType();
    TensorProto proto =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(shape(value.shape()))
            .setTensorContent(bytes(value))
            .build();
    return NodeDef.newBuilder()
        .setName(variable.getName())
        .setOp("Const")
        .setDevice(variable.getDevice())
        .putAttr("dtype", AttrValue.newBuilder().setType(type).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(proto).build())
        .build();
  }

  private static TensorShapeProto shape(Shape shape) {
    TensorShapeProto.Builder proto = TensorShapeProto.newBuilder();
    for (long size : shape.asArray()) {
      proto.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return proto.build();
  }

  private static ByteString bytes(Tensor value) {
    ByteDataBuffer data = value.asRawTensor().data();
    byte[] bytes = new byte[Math.toIntExact(data.size())];
    data.read(bytes);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  @Override
  public void close() {
    // In this order: closing a graph waits for its sessions.
    session.close();
    graph.close();
  }
}
