package io.paffmem.training.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.network.IdentityNetwork;
import io.paffmem.network.Parameters;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.tensorflow.IdentityExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ConcreteFunction;
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
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

final class IdentityLossTest {
  private static final Shape FACES = Shape.of(-1, 96, 96, 3);
  private static final int NUMBERS = 96 * 96 * 3;
  private static final long SEED = 5;

  @TempDir private Path temp;
  private final Random random = new Random(SEED);
  private Path model = Path.of("");

  @BeforeEach
  void exportNetwork() {
    model = temp.resolve("identity");
    IdentityExport.write(weights(), "test", model);
  }

  @Test
  void loss_equalFaces_isZeroAndOfOthersIsTheSumOfMeanDifferences() {
    float[] face = noise();
    float[] other = noise();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      IdentityLoss identity = new IdentityLoss(tf, model);
      Operand<TFloat32> loss = identity.loss(x, y);
      List<Operand<TFloat32>> maps = identity.apply(x);
      try (Session session = new Session(graph)) {
        assertThat(scalar(session, loss, x, face, y, face)).isZero();

        double expected = 0;
        try (SavedModelBundle bundle = SavedModelBundle.load(model.toString())) {
          for (int i = 0; i < maps.size(); i++) {
            float[] of = served(bundle, "conv" + (i + 1), face);
            float[] again = served(bundle, "conv" + (i + 1), other);
            double sum = 0;
            for (int k = 0; k < of.length; k++) {
              sum += Math.abs(of[k] - again[k]);
            }
            expected += sum / of.length;
            assertThat(values(session, maps.get(i), x, face)).containsExactly(of, within(1e-4f));
          }
        }
        assertThat(expected).isGreaterThan(0.1);
        assertThat((double) scalar(session, loss, x, face, y, other))
            .isCloseTo(expected, within(1e-3 * expected));
      }
    }
  }

  @Test
  void loss_gradientOfTheReconstruction_isTheSlope() {
    float[] face = noise();
    float[] other = noise();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      Operand<TFloat32> loss = new IdentityLoss(tf, model).loss(x, y);
      Operand<TFloat32> gradient = tf.gradients(loss, List.of(y)).dy(0);
      try (Session session = new Session(graph)) {
        float[] slopes = values(session, gradient, x, face, y, other);
        // Uphill, where the slope is far above what float can resolve.
        float[] direction = new float[NUMBERS];
        double predicted = 0;
        for (int k = 0; k < NUMBERS; k++) {
          direction[k] = Math.signum(slopes[k]);
          predicted += Math.abs(slopes[k]);
        }
        float step = 1e-3f;
        double measured =
            (scalar(session, loss, x, face, y, moved(other, direction, step))
                    - scalar(session, loss, x, face, y, moved(other, direction, -step)))
                / (2.0 * step);

        assertThat(predicted).isFinite().isGreaterThan(0.1);
        assertThat(measured).isCloseTo(predicted, within(0.02 * predicted));
      }
    }
  }

  @Test
  void apply_intoAGraph_addsNoVariable() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      Placeholder<TFloat32> y = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));

      new IdentityLoss(tf, model).loss(x, y);

      List<String> kinds = new ArrayList<>();
      graph.operations().forEachRemaining(operation -> kinds.add(operation.type()));
      assertThat(kinds).filteredOn(kind -> kind.equals("Conv2D")).hasSize(10);
      assertThat(kinds).noneMatch(kind -> kind.startsWith("Var") || kind.startsWith("Read"));
    }
  }

  @Test
  void apply_signatureThatCallsFunctions_doesWhatTheyDo() throws IOException {
    Path wrapped = temp.resolve("wrapped");
    float[] face = noise();
    exportThroughFunction(wrapped);
    try (Graph graph = new Graph();
        SavedModelBundle bundle = SavedModelBundle.load(wrapped.toString())) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      List<Operand<TFloat32>> maps = new IdentityLoss(tf, wrapped).apply(x);
      Operand<TFloat32> slopes = tf.gradients(maps.get(4), List.of(x)).dy(0);
      try (Session session = new Session(graph)) {
        for (int i = 0; i < 5; i++) {
          float[] of = served(bundle, "conv" + (i + 1), face);
          assertThat(values(session, maps.get(i), x, face)).containsExactly(of, within(1e-4f));
        }
        // The fifth is five times the face.
        assertThat(values(session, slopes, x, face)).containsOnly(5f);
      }
    }
  }

  @Test
  void new_noSignatureOfThatKind_isRefusedInOneSentence() throws IOException {
    Path other = temp.resolve("other");
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> face = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      Variable<TFloat32> weight = tf.variable(tf.constant(2f));
      Signature.Builder features = Signature.builder("features").input("face", face);
      for (int i = 1; i < 5; i++) {
        features.output("conv" + i, tf.math.mul(face, weight));
      }
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(other.toString())
            .withSession(session)
            .withSignature(features.build())
            .export();
      }
    }
    assertRefused(other, "has no signature features", "conv1 to conv5");
    assertRefused(temp.resolve("gone"), "no saved_model.pb there");
    Path broken = Files.createDirectories(temp.resolve("broken"));
    Files.writeString(broken.resolve("saved_model.pb"), "no model");
    assertRefused(broken, "cannot be used");
  }

  private static void assertRefused(Path folder, String... parts) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      assertThatThrownBy(() -> new IdentityLoss(tf, folder))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(folder.toString())
          .message()
          .contains(parts)
          .hasLineCount(1);
    }
  }

  /** A signature as Python's TensorFlow 2 writes it: a call of a function that calls another. */
  private static void exportThroughFunction(Path folder) throws IOException {
    try (ConcreteFunction scaled =
            ConcreteFunction.create(
                tf -> {
                  Placeholder<TFloat32> by = tf.placeholder(TFloat32.class);
                  Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
                  return Signature.builder("scaled")
                      .input("by", by)
                      .input("x", x)
                      .output("negative", tf.math.neg(tf.math.mul(x, by)))
                      .output("positive", tf.math.addN(List.of(tf.math.mul(x, by))))
                      .build();
                });
        Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> face = tf.placeholder(TFloat32.class, Placeholder.shape(FACES));
      Variable<TFloat32> one = tf.variable(tf.constant(1f));
      Signature.Builder features = Signature.builder("features").input("face", face);
      Operand<TFloat32> by = tf.identity(one);
      for (int i = 1; i <= 5; i++) {
        Map<String, Operand<?>> results = tf.call(scaled, Map.of("x", face, "by", by));
        features.output("conv" + i, cast(requireNonNull(results.get("positive"))));
        by = tf.math.add(by, tf.constant(1f));
      }
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignature(features.build())
            .export();
      }
    }
  }

  private static Operand<TFloat32> cast(Operand<?> operand) {
    return operand.asOutput().expect(TFloat32.class);
  }

  private Map<String, float[]> weights() {
    Map<String, float[]> weights = new HashMap<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters parameters = new Parameters(tf, "identity", 0);
      IdentityNetwork network = new IdentityNetwork(tf, parameters);
      network.embedding(
          network.descriptors(
              network.features(tf.placeholder(TFloat32.class, Placeholder.shape(FACES)))));
      parameters
          .variables()
          .forEach(
              (name, variable) -> {
                float[] values = new float[(int) variable.shape().size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = 0.1f * (float) random.nextGaussian();
                }
                weights.put(name, values);
              });
    }
    return weights;
  }

  private float[] noise() {
    float[] values = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }

  private static float[] moved(float[] from, float[] direction, float step) {
    float[] to = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i] + step * direction[i];
    }
    return to;
  }

  private static float[] served(SavedModelBundle bundle, String output, float[] face) {
    try (TFloat32 tensor = tensor(face);
        Result result = bundle.function("features").call(Map.of("face", tensor))) {
      return read((TFloat32) result.get(output).orElseThrow());
    }
  }

  private static float scalar(
      Session session,
      Operand<TFloat32> fetched,
      Operand<TFloat32> x,
      float[] face,
      Operand<TFloat32> y,
      float[] other) {
    return values(session, fetched, x, face, y, other)[0];
  }

  private static float[] values(
      Session session, Operand<TFloat32> fetched, Operand<TFloat32> x, float[] face) {
    try (TFloat32 tensor = tensor(face);
        Result result = session.runner().feed(x, tensor).fetch(fetched).run()) {
      return read((TFloat32) result.get(0));
    }
  }

  private static float[] values(
      Session session,
      Operand<TFloat32> fetched,
      Operand<TFloat32> x,
      float[] face,
      Operand<TFloat32> y,
      float[] other) {
    try (TFloat32 first = tensor(face);
        TFloat32 second = tensor(other);
        Result result = session.runner().feed(x, first).feed(y, second).fetch(fetched).run()) {
      return read((TFloat32) result.get(0));
    }
  }

  private static TFloat32 tensor(float[] face) {
    return TFloat32.tensorOf(Shape.of(1, 96, 96, 3), DataBuffers.of(face));
  }

  private static float[] read(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }
}
