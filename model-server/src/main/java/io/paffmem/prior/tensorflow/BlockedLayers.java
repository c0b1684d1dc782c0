package io.paffmem.prior.tensorflow;

import com.google.protobuf.ByteString;
import io.paffmem.prior.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Rewrites the last layers of G, which have few channels and many pixels, on blocks of 2 x 2
 * pixels: four times the channels fill the vectors of the processor. The chain of blocks begins
 * with a transposed convolution of stride 2 that writes at most {@link #MOST_CHANNELS} channels. It
 * goes on through what follows (convolutions, biases, ReLU, tanh, the sum over colours) without
 * bringing pixels back into their order, and ends in a convolution of stride 2, the first of E.
 * Where something else wants the pixels, a DepthToSpace brings them back.
 *
 * <p>A layer that is not of such a form, or whose weights depend on what is fed, stays as it is.
 * Kernels are those of {@link BlockKernels}. Results differ by rounding only: sums are the same, in
 * another order.
 */
final class BlockedLayers {
  /** With more, a layer fills its vectors as it is, and the taps that are 0 would cost more. */
  static final int MOST_CHANNELS = 8;

  private static final String BLOCKS = "/blocks";
  private static final String CONVOLUTION = "Conv2D";
  private static final String TRANSPOSED = "Conv2DBackpropInput";
  private static final String BIAS = "BiasAdd";
  private static final String CONST = "Const";
  private static final String BY_CHANNEL = "NHWC";

  /** Operations that weights may have gone through; each gives the same every time. */
  private static final Set<String> OF_WEIGHTS = Set.of(CONST, "Identity", "Mul", "Reshape", "Sum");

  private static final Set<String> ELEMENTWISE = Set.of("Relu", "Tanh");
  private static final int CHANNEL_AXIS = 3;

  private final GraphDef graph;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, Boolean> fixed = new HashMap<>();
  private final Map<String, Boolean> blocked = new HashMap<>();
  private final Set<String> written = new HashSet<>();
  private final GraphDef.Builder rewritten;
  private Map<String, Weights> weights = Map.of();

  private BlockedLayers(GraphDef graph) {
    this.graph = graph;
    this.rewritten = GraphDef.newBuilder().setVersions(graph.getVersions());
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /**
   * The graph on blocks, without what its ends do not need.
   *
   * @param ends names of the nodes that are fed, fetched or otherwise kept, which keep their names
   * @param values what nodes hold that depend on nothing that is fed, by name
   */
  static GraphDef rewrite(
      GraphDef graph,
      Collection<String> ends,
      Function<Collection<String>, Map<String, Weights>> values) {
    BlockedLayers layers = new BlockedLayers(graph);
    layers.weights = values.apply(layers.weightNames());
    if (layers.nodes.values().stream().noneMatch(layers::isBlocked)) {
      return graph;
    }
    ends.forEach(layers::writePixels);
    return layers.rewritten.build();
  }

  /** Nodes whose values decide about a layer, or from which its kernel is made. */
  private Set<String> weightNames() {
    Set<String> names = new LinkedHashSet<>();
    for (NodeDef node : graph.getNodeList()) {
      switch (node.getOp()) {
        case CONVOLUTION, TRANSPOSED, BIAS -> names.add(node.getInput(1));
        case "Mul" -> names.addAll(node.getInputList());
        default -> {}
      }
    }
    names.removeIf(name -> !isFixedFloat(name));
    return names;
  }

  private boolean isFixedFloat(String name) {
    NodeDef node = nodes.get(name);
    if (node == null || !isFixed(name)) {
      return false;
    }
    String typeName = node.getOp().equals(CONST) ? "dtype" : "T";
    return node.containsAttr(typeName)
        && node.getAttrOrThrow(typeName).getType() == DataType.DT_FLOAT;
  }

  /** Whether it depends on weights alone. */
  private boolean isFixed(String name) {
    NodeDef node = nodes.get(name);
    if (node == null || !OF_WEIGHTS.contains(node.getOp())) {
      return false;
    }
    @Nullable Boolean known = fixed.get(name);
    if (known == null) {
      known = node.getInputList().stream().allMatch(this::isFixed);
      fixed.put(name, known);
    }
    return known;
  }

  /** Whether what a node gives is written as blocks. */
  private boolean isBlocked(String name) {
    NodeDef node = nodes.get(name);
    return node != null && isBlocked(node);
  }

  private boolean isBlocked(NodeDef node) {
    @Nullable Boolean known = blocked.get(node.getName());
    if (known == null) {
      known = canBeBlocked(node);
      blocked.put(node.getName(), known);
    }
    return known;
  }

  private boolean canBeBlocked(NodeDef node) {
    String op = node.getOp();
    if (ELEMENTWISE.contains(op)) {
      return isBlocked(node.getInput(0));
    }
    return switch (op) {
      case CONVOLUTION -> isBlocked(node.getInput(0)) && isLayer(node, 1);
      case BIAS ->
          isBlocked(node.getInput(0))
              && weights.containsKey(node.getInput(1))
              && isText(node, "data_format", BY_CHANNEL);
      case TRANSPOSED ->
          isLayer(node, 2) ? begins(node) : isBlocked(node.getInput(2)) && isLayer(node, 1);
      case "Sum" -> coloursOf(node) != null;
      default -> false;
    };
  }

  /** Whether it is a transposed convolution of few channels, to a map of even side. */
  private boolean begins(NodeDef node) {
    if (kernel(node).shape()[2] > MOST_CHANNELS) {
      return false;
    }
    NodeDef size = nodes.get(node.getInput(0));
    return size != null
        && size.getOp().equals("Pack")
        && size.getInputCount() == 4
        && isEven(size.getInput(1))
        && isEven(size.getInput(2));
  }

  private boolean isEven(String name) {
    return constant(name) % 2 == 0;
  }

  /** The value of a constant that is one int; -1 of anything else. */
  private int constant(String name) {
    NodeDef node = nodes.get(name);
    if (node == null || !node.getOp().equals(CONST)) {
      return -1;
    }
    TensorProto value = node.getAttrOrThrow("value").getTensor();
    return value.getIntValCount() == 1 ? value.getIntVal(0) : -1;
  }

  /** Whether a convolution is of that stride and of the one form that kernels are made for. */
  private boolean isLayer(NodeDef node, int stride) {
    Weights kernel = weights.get(node.getInput(1));
    return kernel != null
        && BlockKernels.fits(kernel.shape())
        && isList(node, "strides", List.of(1L, (long) stride, (long) stride, 1L))
        && isList(node, "dilations", List.of(1L, 1L, 1L, 1L))
        && isText(node, "padding", "SAME")
        && isText(node, "data_format", BY_CHANNEL);
  }

  private static boolean isList(NodeDef node, String attribute, List<Long> wanted) {
    return node.containsAttr(attribute)
        && node.getAttrOrThrow(attribute).getList().getIList().equals(wanted);
  }

  private static boolean isText(NodeDef node, String attribute, String wanted) {
    return node.containsAttr(attribute)
        && node.getAttrOrThrow(attribute).getS().toStringUtf8().equals(wanted);
  }

  private Weights kernel(NodeDef node) {
    return Objects.requireNonNull(weights.get(node.getInput(1)));
  }

  /** The product that is summed over its channels, one factor of which is a weight a channel. */
  private @Nullable NodeDef coloursOf(NodeDef sum) {
    NodeDef product = nodes.get(sum.getInput(0));
    if (product == null
        || !product.getOp().equals("Mul")
        || constant(sum.getInput(1)) != CHANNEL_AXIS
        || !sum.getAttrOrThrow("keep_dims").getB()) {
      return null;
    }
    String factor = factor(product);
    Weights perChannel = weights.get(factor);
    String map = other(product, factor);
    return perChannel != null
            && perChannel.shape().length == 1
            && isBlocked(map)
            && perChannel.values().length == channels(map)
        ? product
        : null;
  }

  /** Channels of a pixel that a node of the chain gives. */
  private int channels(String name) {
    NodeDef node = Objects.requireNonNull(nodes.get(name));
    return switch (node.getOp()) {
      case BIAS -> kernel(node).values().length;
      case CONVOLUTION -> kernel(node).shape()[3];
      case TRANSPOSED -> kernel(node).shape()[2];
      case "Sum" -> 1;
      default -> channels(node.getInput(0));
    };
  }

  private String factor(NodeDef product) {
    return weights.containsKey(product.getInput(0)) ? product.getInput(0) : product.getInput(1);
  }

  private static String other(NodeDef product, String factor) {
    return product.getInput(product.getInput(0).equals(factor) ? 1 : 0);
  }

  /** Writes a node with its pixels in their order, under its own name. */
  private void writePixels(String name) {
    NodeDef node = nodes.get(name);
    if (node == null || !written.add(name)) {
      return;
    }
    if (isBlocked(node)) {
      writeBlocks(name);
      rewritten.addNode(
          like(node, name, "DepthToSpace", name + BLOCKS)
              .putAttr("block_size", AttrValue.newBuilder().setI(2).build())
              .putAttr("data_format", text(BY_CHANNEL)));
    } else if (node.getOp().equals(CONVOLUTION)
        && isBlocked(node.getInput(0))
        && isLayer(node, 2)) {
      convolve(node, name, 0, BlockKernels.halvingConvolution(kernel(node)));
    } else {
      node.getInputList().forEach(input -> writePixels(nodeOf(input)));
      rewritten.addNode(node);
    }
  }

  /** Writes a node's blocks, under its name and {@link #BLOCKS}. */
  private void writeBlocks(String name) {
    String blocks = name + BLOCKS;
    if (!written.add(blocks)) {
      return;
    }
    NodeDef node = Objects.requireNonNull(nodes.get(name));
    switch (node.getOp()) {
      case CONVOLUTION -> convolve(node, blocks, 0, BlockKernels.convolution(kernel(node)));
      case TRANSPOSED -> {
        if (isLayer(node, 2)) {
          writePixels(node.getInput(2));
          String bank = constant(node, blocks, BlockKernels.doublingConvolution(kernel(node)));
          rewritten.addNode(convolution(node, blocks, node.getInput(2), bank));
        } else {
          convolve(node, blocks, 2, BlockKernels.transposedConvolution(kernel(node)));
        }
      }
      case BIAS -> {
        writeBlocks(node.getInput(0));
        String bias = constant(node, blocks, BlockKernels.repeated(kernel(node).values()));
        rewritten.addNode(
            like(node, blocks, BIAS, node.getInput(0) + BLOCKS, bias)
                .putAttr("data_format", text(BY_CHANNEL)));
      }
      case "Sum" -> {
        NodeDef product = Objects.requireNonNull(coloursOf(node));
        String factor = factor(product);
        String map = other(product, factor);
        writeBlocks(map);
        float[] luma = Objects.requireNonNull(weights.get(factor)).values();
        String bank = constant(node, blocks, BlockKernels.channelSum(luma));
        rewritten.addNode(convolution(node, blocks, map + BLOCKS, bank));
      }
      default -> {
        writeBlocks(node.getInput(0));
        rewritten.addNode(like(node, blocks, node.getOp(), node.getInput(0) + BLOCKS));
      }
    }
  }

  /** Writes a convolution of blocks under a name. */
  private void convolve(NodeDef node, String name, int input, Weights kernel) {
    writeBlocks(node.getInput(input));
    String bank = constant(node, name, kernel);
    rewritten.addNode(convolution(node, name, node.getInput(input) + BLOCKS, bank));
  }

  private static NodeDef.Builder convolution(
      NodeDef node, String name, String input, String kernel) {
    AttrValue ones =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addAllI(List.of(1L, 1L, 1L, 1L)))
            .build();
    return like(node, name, CONVOLUTION, input, kernel)
        .putAttr("strides", ones)
        .putAttr("padding", text("SAME"))
        .putAttr("data_format", text(BY_CHANNEL));
  }

  private static NodeDef.Builder like(NodeDef node, String name, String op, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .setDevice(node.getDevice())
        .addAllInput(Arrays.asList(inputs))
        .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build());
  }

  /** Writes weights beside a node; returns their name. */
  private String constant(NodeDef node, String beside, Weights values) {
    String name = beside + "/weights";
    ByteBuffer bytes =
        ByteBuffer.allocate(values.values().length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(values.values());
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : values.shape()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape)
            .setTensorContent(ByteString.copyFrom(bytes))
            .build();
    rewritten.addNode(
        NodeDef.newBuilder()
            .setName(name)
            .setOp(CONST)
            .setDevice(node.getDevice())
            .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
            .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()));
    return name;
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  /** The node of {@code node:output}, or of {@code ^node}, which is waited for only. */
  static String nodeOf(String tensor) {
    int begin = tensor.startsWith("^") ? 1 : 0;
    int end = tensor.indexOf(':');
    return tensor.substring(begin, end < 0 ? tensor.length() : end);
  }
}
