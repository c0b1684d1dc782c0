package io.paffmem.training.identity;

import io.paffmem.network.IdentityNetwork;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.PersonClassifier;
import io.paffmem.network.Pixels;
import io.paffmem.training.graph.Adam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** The identity network with its loss and optimiser; one run is one step. */
final class IdentityGraph implements AutoCloseable {
  private static final String PREFIX = "identity";

  private final int people;
  private final double keptInTraining;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TUint8> grey;
  private final Placeholder<TInt32> person;
  private final Placeholder<TFloat32> kept;
  private final Operand<TFloat32> embedding;
  private final Operand<TFloat32> cosines;
  private final Operand<TFloat32> loss;
  private final Adam adam;
  private final List<Op> updates;
  private final Map<String, Variable<TFloat32>> shipped;

  /**
   * @param people known ones, at least 2
   */
  IdentityGraph(IdentityConfig config, int people) {
    this.people = people;
    this.keptInTraining = config.kept();
    Ops tf = Ops.create(graph);
    int size = NetworkConfig.IMAGE_SIZE;
    grey = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 1)));
    person = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    kept = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));

    Parameters parameters = new Parameters(tf, PREFIX, config.seed());
    Parameters classes = new Parameters(tf, "people", config.seed());
    IdentityNetwork network = new IdentityNetwork(tf, parameters);
    List<Operand<TFloat32>> maps =
        network.features(Pixels.inColours(tf, Pixels.fromGrey(tf, grey)));
    Operand<TFloat32> last = maps.get(IdentityNetwork.MAPS - 1);
    // 1 / kept where a uniform draw is below it, else 0.
    Operand<TFloat32> draw =
        tf.random.randomUniform(tf.shape(last), TFloat32.class, RandomUniform.seed(config.seed()));
    Operand<TFloat32> mask = tf.math.div(tf.math.floor(tf.math.add(draw, kept)), kept);
    embedding = network.embedding(tf.math.mul(last, mask));
    cosines = new PersonClassifier(tf, classes, people).cosines(embedding);
    Operand<TFloat32> truth =
        tf.oneHot(person, tf.constant(people), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> logits =
        tf.math.mul(
            tf.constant((float) config.scale()),
            tf.math.sub(cosines, tf.math.mul(truth, tf.constant((float) config.margin()))));
    loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, truth).loss(), tf.constant(0));

    shipped = new LinkedHashMap<>(parameters.variables());
    Map<String, Variable<TFloat32>> trained = new LinkedHashMap<>(shipped);
    trained.putAll(classes.variables());
    adam = new Adam(tf, 0.9f, 0.999f);
    updates = adam.minimise(List.of(new Adam.Objective(loss, trained, 1)));
    session = new Session(graph, true);
  }

  /**
   * One step; returns its loss.
   *
   * @param step counted from 1
   */
  float step(IdentityTrainer.Batch batch, double rate, long step) {
    try (TUint8 greyTensor = tensor(batch.grey(), batch.persons().length);
        TInt32 personTensor = TInt32.vectorOf(batch.persons());
        TFloat32 keptTensor = TFloat32.scalarOf((float) keptInTraining);
        Adam.Feeds feeds = adam.at(rate, step)) {
      Session.Runner runner =
          feeds
              .into(session.runner())
              .feed(grey, greyTensor)
              .feed(person, personTensor)
              .feed(kept, keptTensor)
              .fetch(loss);
      updates.forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** faces x {@link IdentityNetwork#EMBEDDING_SIZE}, each row of length 1. */
  float[] embed(byte[] pixels, int faces) {
    return answer(pixels, faces, embedding, IdentityNetwork.EMBEDDING_SIZE);
  }

  /** faces x people: how near each face is to each of the people that are trained on. */
  float[] cosines(byte[] pixels, int faces) {
    return answer(pixels, faces, cosines, people);
  }

  /** The network's weights, by name. */
  Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    shipped.forEach(
        (name, variable) -> {
          try (Result result = session.runner().fetch(variable).run()) {
            weights.put(name, read(result));
          }
        });
    return weights;
  }

  private float[] answer(byte[] pixels, int faces, Operand<TFloat32> asked, int columns) {
    try (TUint8 greyTensor = tensor(pixels, faces);
        TFloat32 keptTensor = TFloat32.scalarOf(1);
        Result result =
            session.runner().feed(grey, greyTensor).feed(kept, keptTensor).fetch(asked).run()) {
      float[] values = read(result);
      if (values.length != faces * columns) {
        throw new IllegalStateException(
            faces + " faces gave " + values.length + " numbers, not " + columns + " each");
      }
      return values;
    }
  }

  private static float[] read(Result result) {
    TFloat32 value = (TFloat32) result.get(0);
    float[] numbers = new float[(int) value.size()];
    value.asRawTensor().data().asFloats().read(numbers);
    return numbers;
  }

  private static TUint8 tensor(byte[] pixels, int faces) {
    int size = NetworkConfig.IMAGE_SIZE;
    return TUint8.tensorOf(Shape.of(faces, size, size, 1), DataBuffers.of(pixels));
  }

  @Override
  public void close() {
    // The session first: a graph waits for its sessions.
    session.close();
    graph.close();
  }
}
