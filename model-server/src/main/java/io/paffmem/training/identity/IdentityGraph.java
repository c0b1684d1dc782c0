package io.paffmem.training.identity;

import io.paffmem.network.IdentityNetwork;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.Pixels;
import io.paffmem.prior.Weights;
import io.paffmem.training.graph.Adam;
import java.util.ArrayList;
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
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The identity network with its loss and optimiser; one run is one step. */
final class IdentityGraph implements AutoCloseable {
  private static final String PREFIX = "identity";

  /** What a PK's E calls its variables by. */
  private static final String ENCODER = "encoder";

  private final double keptInTraining;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Session session;
  private final Placeholder<TUint8> grey;
  private final Placeholder<TFloat32> same;
  private final Placeholder<TFloat32> others;
  private final Placeholder<TFloat32> kept;
  private final Operand<TFloat32> embedding;
  private final Operand<TFloat32> loss;
  private final Adam adam;
  private final List<Op> updates;
  private final Map<String, Variable<TFloat32>> shipped;

  IdentityGraph(IdentityConfig config) {
    this.keptInTraining = config.kept();
    int size = NetworkConfig.IMAGE_SIZE;
    grey = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 1)));
    same = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
    others = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
    kept = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));

    Parameters parameters = new Parameters(tf, PREFIX, config.seed());
    IdentityNetwork network = new IdentityNetwork(tf, parameters);
    List<Operand<TFloat32>> descriptors =
        network.descriptors(network.maps(Pixels.fromGrey(tf, grey)));
    List<Operand<TFloat32>> seen = new ArrayList<>(descriptors.size());
    for (int i = 0; i < descriptors.size(); i++) {
      seen.add(dropped(descriptors.get(i), config.seed() + i));
    }
    embedding = network.embedding(seen);
    Operand<TFloat32> cosines = tf.linalg.matMul(embedding, embedding, MatMul.transposeB(true));
    // At most e^scale: no maximum has to be taken off.
    Operand<TFloat32> likeness =
        tf.math.exp(tf.math.mul(cosines, tf.constant((float) config.scale())));
    Operand<TFloat32> ofPerson = tf.reduceSum(tf.math.mul(likeness, same), tf.constant(1));
    Operand<TFloat32> ofAll = tf.reduceSum(tf.math.mul(likeness, others), tf.constant(1));
    loss = tf.math.mean(tf.math.sub(tf.math.log(ofAll), tf.math.log(ofPerson)), tf.constant(0));

    shipped = new LinkedHashMap<>(parameters.variables());
    adam = new Adam(tf, 0.9f, 0.999f);
    updates = adam.minimise(List.of(new Adam.Objective(loss, shipped, 1)));
    session = new Session(graph, true);
  }

  /** 1 / kept where a uniform draw is below it, else 0. */
  private Operand<TFloat32> dropped(Operand<TFloat32> numbers, long seed) {
    Operand<TFloat32> draw =
        tf.random.randomUniform(tf.shape(numbers), TFloat32.class, RandomUniform.seed(seed));
    return tf.math.mul(numbers, tf.math.div(tf.math.floor(tf.math.add(draw, kept)), kept));
  }

  /**
   * Begins with the convolutions of a PK's E, those that have the same shape.
   *
   * @return how many these are
   */
  int begin(Map<String, Weights> encoder) {
    int taken = 0;
    for (Map.Entry<String, Variable<TFloat32>> entry : shipped.entrySet()) {
      Weights weights = encoder.get(ENCODER + entry.getKey().substring(PREFIX.length()));
      if (weights != null && shape(weights).equals(entry.getValue().shape())) {
        Placeholder<TFloat32> feed =
            tf.placeholder(TFloat32.class, Placeholder.shape(entry.getValue().shape()));
        try (TFloat32 value =
            TFloat32.tensorOf(entry.getValue().shape(), DataBuffers.of(weights.values()))) {
          session
              .runner()
              .feed(feed, value)
              .addTarget(tf.assign(entry.getValue(), feed))
              .run()
              .close();
        }
        taken++;
      }
    }
    return taken;
  }

  private static Shape shape(Weights weights) {
    long[] sizes = new long[weights.shape().length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = weights.shape()[i];
    }
    return Shape.of(sizes);
  }

  /**
   * One step; returns its loss.
   *
   * @param step counted from 1
   */
  float step(IdentityTrainer.Batch batch, double rate, long step) {
    int faces = batch.persons().length;
    float[] ofPerson = new float[faces * faces];
    float[] ofAll = new float[faces * faces];
    for (int i = 0; i < faces; i++) {
      for (int j = 0; j < faces; j++) {
        if (i != j) {
          ofAll[i * faces + j] = 1;
          ofPerson[i * faces + j] = batch.persons()[i] == batch.persons()[j] ? 1 : 0;
        }
      }
    }
    Shape pairs = Shape.of(faces, faces);
    try (TUint8 greyTensor = tensor(batch.grey(), faces);
        TFloat32 sameTensor = TFloat32.tensorOf(pairs, DataBuffers.of(ofPerson));
        TFloat32 othersTensor = TFloat32.tensorOf(pairs, DataBuffers.of(ofAll));
        TFloat32 keptTensor = TFloat32.scalarOf((float) keptInTraining);
        Adam.Feeds feeds = adam.at(rate, step)) {
      Session.Runner runner =
          feeds
              .into(session.runner())
              .feed(grey, greyTensor)
              .feed(same, sameTensor)
              .feed(others, othersTensor)
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
    try (TUint8 greyTensor = tensor(pixels, faces);
        TFloat32 keptTensor = TFloat32.scalarOf(1);
        Result result =
            session.runner().feed(grey, greyTensor).feed(kept, keptTensor).fetch(embedding).run()) {
      float[] values = read(result);
      if (values.length != faces * IdentityNetwork.EMBEDDING_SIZE) {
        throw new IllegalStateException(faces + " faces gave " + values.length + " numbers");
      }
      return values;
    }
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
