package io.paffmem.prior.tensorflow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

class BlockedLayersTest {
  private static final int FACES = 3;
  private static final int SIDE = 6;
  private static final int IN = 3;
  private static final long SEED = 11;

  private final Random random = new Random(SEED);

  /** Which of a chain's parts is as the chain cannot be written on blocks. */
  private enum Odd {
    NOTHING,
    MANY_CHANNELS,
    ODD_SIDE,
    KERNEL_FED
  }

  @ParameterizedTest
  @CsvSource({"5, 5, 5, 5", "4, 3, 5, 5", "2, 1, 3, 4", "3, 4, 2, 3", "1, 5, 1, 2", "4, 2, 4, 1"})
  void rewrite_chainOfLayers_givesTheSameNumbersAtEveryEnd(
      int doubling, int transposed, int kept, int halving) {
    try (Graph graph = new Graph()) {
      List<Operand<TFloat32>> ends =
          chain(Ops.create(graph), doubling, transposed, kept, halving, Odd.NOTHING);
      GraphDef before = graph.toGraphDef();

      GraphDef after = rewrite(graph, before, ends);

      assertThat(names(after, "/blocks")).as("nodes on blocks").hasSize(10);
      assertThat(operations(after)).doesNotContain("Conv2DBackpropInput", "Pack");
      for (int end = 0; end < ends.size(); end++) {
        float[] expected = run(before, ends.get(end));
        float[] actual = run(after, ends.get(end));
        assertThat(actual).as("seed %d, end %d", SEED, end).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
          assertThat(actual[i])
              .as("seed %d, end %d", SEED, end)
              .isCloseTo(expected[i], within(2e-5f));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"MANY_CHANNELS", "ODD_SIDE", "KERNEL_FED"})
  void rewrite_anotherForm_leavesTheGraphAsItIs(Odd odd) {
    try (Graph graph = new Graph()) {
      List<Operand<TFloat32>> ends = chain(Ops.create(graph), 4, 3, 5, 5, odd);
      GraphDef before = graph.toGraphDef();

      assertThat(rewrite(graph, before, ends)).isSameAs(before);
    }
  }

  @Test
  void freeze_pkOfThreeChannels_isOnBlocksAndGivesTheSame() {
    double difference =
        BundledFiles.read("pk/pk-quarter-3", PriorExport.PROPERTIES, this::largestDifference);

    assertThat(difference).isPositive().isLessThan(1e-5);
  }

  @Test
  void freeze_pkOfOneChannel_isOnBlocksAndGivesTheSame(@TempDir Path temp) {
    NetworkConfig config = new NetworkConfig(0.1, 0.25, 1, 50, 2);
    Path folder = temp.resolve("pk");
    PriorExport.write(config, TinyPrior.weights(config, SEED), "pk", folder);

    assertThat(largestDifference(folder)).isPositive().isLessThan(1e-5);
  }

  /** Of z' that the PK in that folder gives with and without blocks, and of its grey levels. */
  private double largestDifference(Path folder) {
    try (SavedModelBundle bundle =
            SavedModelBundle.loader(folder.toString())
                .withConfigProto(Device.CPU.facesConfig())
                .load();
        FrozenGraph plain = FrozenGraph.of(bundle, Device.CPU.facesConfig(), false);
        FrozenGraph blocks = FrozenGraph.of(bundle, Device.CPU.facesConfig(), true)) {
      assertThat(blocks.weights().keySet()).isEqualTo(plain.weights().keySet());
      Signature again = signature(bundle, PriorExport.GENERATE_AND_ENCODE);
      int latentSize = (int) requireNonNull(again.getInputs().get(PriorExport.Z)).shape.get(1);
      float[] z = uniform(FACES * latentSize);
      float[] y = uniform(FACES * 2);
      double levels =
          largest(
              imagine(plain, signature(bundle, PriorExport.GENERATE), PriorExport.IMAGES, z, y),
              imagine(blocks, signature(bundle, PriorExport.GENERATE), PriorExport.IMAGES, z, y));
      assertThat(levels).as("grey levels").isLessThanOrEqualTo(1);
      // That nothing differs at all would mean that nothing was rewritten.
      return largest(
          imagine(plain, again, PriorExport.Z, z, y), imagine(blocks, again, PriorExport.Z, z, y));
    }
  }

  private static Signature signature(SavedModelBundle bundle, String key) {
    return bundle.signatures().stream()
        .filter(signature -> signature.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static float[] imagine(
      FrozenGraph graph, Signature signature, String output, float[] z, float[] y) {
    try (TFloat32 zTensor = tensor(z, FACES, z.length / FACES);
        TFloat32 yTensor = tensor(y, FACES, 2);
        Result result =
            graph
                .session()
                .function(signature)
                .call(Map.of(PriorExport.Z, zTensor, PriorExport.AFFECT, yTensor))) {
      var data = result.get(output).orElseThrow().asRawTensor();
      if (output.equals(PriorExport.IMAGES)) {
        byte[] bytes = new byte[(int) data.data().size()];
        data.data().read(bytes);
        float[] levels = new float[bytes.length];
        for (int i = 0; i < levels.length; i++) {
          levels[i] = bytes[i] & 0xFF;
        }
        return levels;
      }
      float[] values = new float[(int) data.data().asFloats().size()];
      data.data().asFloats().read(values);
      return values;
    }
  }

  private static double largest(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /**
   * What the end of G and the beginning of E are made of: 6 x 6 pixels to 12 x 12 and back.
   *
   * @return ends: pixels in the middle of the chain, and what comes out of it
   */
  private List<Operand<TFloat32>> chain(
      Ops tf, int doubling, int transposed, int kept, int halving, Odd odd) {
    Placeholder<TFloat32> input =
        tf.withName("input")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, SIDE, SIDE, IN)));
    int channels = odd == Odd.MANY_CHANNELS ? BlockedLayers.MOST_CHANNELS + 1 : 4;
    int grown = odd == Odd.ODD_SIDE ? 2 * SIDE - 1 : 2 * SIDE;
    Operand<TFloat32> kernel =
        odd == Odd.KERNEL_FED
            ? tf.placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(doubling, doubling, channels, IN)))
            : weights(tf, doubling, doubling, channels, IN);
    Operand<TFloat32> x = transpose(tf, kernel, input, grown, channels, 2);
    x = tf.nn.relu(tf.nn.biasAdd(x, weights(tf, channels)));
    Operand<TFloat32> flipped = weights(tf, transposed, transposed, 5, channels);
    x = transpose(tf, flipped, x, grown, 5, 1);
    x = tf.nn.relu(tf.nn.biasAdd(x, weights(tf, 5)));
    Operand<TFloat32> middle = x;
    x = convolve(tf, x, weights(tf, kept, kept, 5, 3), 1);
    x = tf.math.tanh(tf.nn.biasAdd(x, weights(tf, 3)));
    x = tf.math.mul(x, weights(tf, 3));
    x = tf.reduceSum(x, tf.constant(3), ReduceSum.keepDims(true));
    Operand<TFloat32> sum = x;
    // As a PK that sees one channel and was trained on three: its kernel is summed at load.
    Operand<TFloat32> bank =
        tf.reduceSum(weights(tf, halving, halving, 3, 7), tf.constant(2), ReduceSum.keepDims(true));
    x = tf.nn.relu(tf.nn.biasAdd(convolve(tf, x, bank, 2), weights(tf, 7)));
    return List.of(middle, sum, x);
  }

  private static Operand<TFloat32> convolve(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, long stride) {
    return tf.nn.conv2d(x, kernel, List.of(1L, stride, stride, 1L), "SAME");
  }

  private static Operand<TFloat32> transpose(
      Ops tf, Operand<TFloat32> kernel, Operand<TFloat32> x, int side, int out, long stride) {
    return tf.nn.conv2dBackpropInput(
        tf.stack(
            List.of(tf.constant(FACES), tf.constant(side), tf.constant(side), tf.constant(out))),
        kernel,
        x,
        List.of(1L, stride, stride, 1L),
        "SAME");
  }

  private Operand<TFloat32> weights(Ops tf, long... shape) {
    Shape of = Shape.of(shape);
    return tf.constant(of, DataBuffers.of(uniform((int) of.size())));
  }

  private float[] uniform(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  private static GraphDef rewrite(Graph graph, GraphDef before, List<Operand<TFloat32>> ends) {
    try (Session session = new Session(graph)) {
      return BlockedLayers.rewrite(
          before, ends.stream().map(end -> end.op().name()).toList(), names -> of(session, names));
    }
  }

  private static Map<String, Weights> of(Session session, Collection<String> names) {
    Map<String, Weights> weights = new LinkedHashMap<>();
    for (String name : names) {
      try (Result result = session.runner().fetch(name).run()) {
        int[] shape =
            Arrays.stream(result.get(0).shape().asArray()).mapToInt(Math::toIntExact).toArray();
        float[] values = new float[(int) result.get(0).shape().size()];
        result.get(0).asRawTensor().data().asFloats().read(values);
        weights.put(name, new Weights(shape, values));
      }
    }
    return weights;
  }

  private static float[] run(GraphDef definition, Operand<TFloat32> end) {
    float[] numbers = new float[FACES * SIDE * SIDE * IN];
    Random random = new Random(SEED);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
    try (Graph graph = new Graph()) {
      graph.importGraphDef(definition);
      try (Session session = new Session(graph);
          TFloat32 input =
              TFloat32.tensorOf(Shape.of(FACES, SIDE, SIDE, IN), DataBuffers.of(numbers));
          Result result = session.runner().feed("input", input).fetch(end.op().name()).run()) {
        float[] values = new float[(int) result.get(0).shape().size()];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  private static TFloat32 tensor(float[] values, int rows, int columns) {
    return TFloat32.tensorOf(Shape.of(rows, columns), DataBuffers.of(values));
  }

  private static List<String> names(GraphDef graph, String ending) {
    return graph.getNodeList().stream()
        .map(NodeDef::getName)
        .filter(name -> name.endsWith(ending))
        .toList();
  }

  private static List<String> operations(GraphDef graph) {
    return graph.getNodeList().stream().map(NodeDef::getOp).toList();
  }
}
