package io.paffmem.training;

import io.paffmem.network.EmotionDiscriminator;
import io.paffmem.network.Encoder;
import io.paffmem.network.Generator;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.Pixels;
import io.paffmem.network.PriorDiscriminator;
import io.paffmem.network.RealDiscriminator;
import io.paffmem.prior.Device;
import java.nio.file.Path;
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
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** All networks with their losses and optimisers; one run is one step. */
final class TrainingGraph implements AutoCloseable {
  private static final float BETA1 = 0.5f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final NetworkConfig network;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TUint8> grey;
  private final Placeholder<TFloat32> affect;
  private final Placeholder<TFloat32> edit;
  private final Placeholder<TUint8> editedGrey;
  private final Placeholder<TFloat32> editKnown;
  private final Placeholder<TFloat32> latent;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final List<Operand<TFloat32>> losses;
  private final List<Op> updates = new ArrayList<>();
  private final Operand<TFloat32> predicted;
  private final Operand<TUint8> edited;
  private final Map<String, Variable<TFloat32>> shipped = new LinkedHashMap<>();

  /**
   * A graph without weights.
   *
   * @param device a verified one
   */
  TrainingGraph(NetworkConfig network, TrainingConfig config, Device device) {
    this.network = network;
    Ops tf = Ops.create(graph);
    int size = NetworkConfig.IMAGE_SIZE;
    grey = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 1)));
    affect = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
    edit = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
    editedGrey = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, size, size, 1)));
    editKnown = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
    latent = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, network.latentSize())));
    learningRate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));

    Parameters encoder = new Parameters(tf, "encoder", config.seed());
    Parameters generator = new Parameters(tf, "generator", config.seed());
    Parameters emotion = new Parameters(tf, "emotion", config.seed());
    Parameters prior = new Parameters(tf, "prior", config.seed());
    Parameters real = new Parameters(tf, "real", config.seed());
    Generator g = new Generator(tf, network, generator);
    PriorDiscriminator dPrior = new PriorDiscriminator(tf, network, prior);
    RealDiscriminator dReal = new RealDiscriminator(tf, network, real);

    Operand<TFloat32> x = Pixels.fromGrey(tf, grey);
    Operand<TFloat32> z = new Encoder(tf, network, encoder).apply(x);
    predicted = new EmotionDiscriminator(tf, network, emotion).apply(z);
    Operand<TFloat32> reconstructed = g.apply(z, affect);
    // Edits teach G alone: E must not bend z to make editing easy.
    Operand<TFloat32> editedFace = g.apply(tf.stopGradient(z), edit);
    edited = Pixels.toRgb(tf, editedFace);
    Operand<TFloat32> readBack =
        new EmotionDiscriminator(tf, network, emotion.frozen())
            .apply(new Encoder(tf, network, encoder.frozen()).apply(editedFace));
    Operand<TFloat32> zLogit = dPrior.apply(z);
    Operand<TFloat32> priorLogit = dPrior.apply(latent);
    Operand<TFloat32> editedLogit = dReal.apply(editedFace, edit);
    Operand<TFloat32> realLogit = dReal.apply(x, affect);

    Operand<TFloat32> lossRec = mean(tf, tf.math.abs(tf.math.sub(x, reconstructed)));
    Operand<TFloat32> editError =
        tf.math.mean(
            tf.math.abs(tf.math.sub(Pixels.fromGrey(tf, editedGrey), editedFace)),
            tf.constant(new int[] {1, 2, 3}));
    Operand<TFloat32> lossEdit = mean(tf, tf.math.mul(editKnown, editError));
    Operand<TFloat32> lossEm = squaredError(tf, predicted, affect);
    Operand<TFloat32> lossPrior = mean(tf, tf.math.softplus(tf.math.neg(zLogit)));
    Operand<TFloat32> lossImg = mean(tf, tf.math.softplus(tf.math.neg(editedLogit)));
    Operand<TFloat32> lossReencoding = squaredError(tf, readBack, edit);
    Operand<TFloat32> lossDPrior = adversary(tf, priorLogit, zLogit);
    Operand<TFloat32> lossDReal = adversary(tf, realLogit, editedLogit);
    losses =
        List.of(
            lossRec, lossEdit, lossEm, lossPrior, lossImg, lossReencoding, lossDPrior, lossDReal);

    Operand<TFloat32> total =
        tf.math.addN(
            List.of(
                weighted(tf, config.reconstruction(), lossRec),
                weighted(tf, config.knownEdit(), lossEdit),
                weighted(tf, config.emotion(), lossEm),
                weighted(tf, config.prior(), lossPrior),
                weighted(tf, config.image(), lossImg),
                weighted(tf, config.reencoding(), lossReencoding)));
    shipped.putAll(encoder.variables());
    shipped.putAll(generator.variables());
    shipped.putAll(emotion.variables());
    Map<String, Variable<TFloat32>> adversaries = new LinkedHashMap<>(prior.variables());
    adversaries.putAll(real.variables());
    optimise(tf, total, shipped, lossDPrior, lossDReal, adversaries);

    session = new Session(graph, false, device.sessionConfig());
  }

  /** Fresh weights. */
  void initialize() {
    session.initialize();
  }

  /** Writes all weights and optimiser state under this path's prefix. */
  void save(Path prefix) {
    session.save(prefix.toString());
  }

  /** Reads what {@link #save} wrote. */
  void restore(Path prefix) {
    session.restore(prefix.toString());
  }

  /**
   * One step.
   *
   * @param rate learning rate of E, G and D_em
   * @param step counted from 1, for Adam's correction of its beginning
   */
  Losses step(Batch batch, double rate, long step) {
    try (TUint8 greyTensor = greyTensor(batch.grey(), batch.faces());
        TFloat32 affectTensor = matrix(batch.affect(), 2);
        TFloat32 editTensor = matrix(batch.edit(), 2);
        TUint8 editedTensor = greyTensor(batch.edited(), batch.faces());
        TFloat32 knownTensor = TFloat32.vectorOf(batch.editKnown());
        TFloat32 latentTensor = matrix(batch.latent(), network.latentSize());
        TFloat32 rateTensor = TFloat32.scalarOf((float) rate);
        TFloat32 beta1Tensor = TFloat32.scalarOf((float) Math.pow(BETA1, (double) step));
        TFloat32 beta2Tensor = TFloat32.scalarOf((float) Math.pow(BETA2, (double) step))) {
      Session.Runner runner =
          session
              .runner()
              .feed(grey, greyTensor)
              .feed(affect, affectTensor)
              .feed(edit, editTensor)
              .feed(editedGrey, editedTensor)
              .feed(editKnown, knownTensor)
              .feed(latent, latentTensor)
              .feed(learningRate, rateTensor)
              .feed(beta1Power, beta1Tensor)
              .feed(beta2Power, beta2Tensor);
      losses.forEach(runner::fetch);
      updates.forEach(runner::addTarget);
      try (Result result = runner.run()) {
        float[] values = new float[losses.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = ((TFloat32) result.get(i)).getFloat();
        }
        return new Losses(
            values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
      }
    }
  }

  /** The PK's answer: faces x 2 for faces x 96 x 96 luminance values. */
  float[] predict(byte[] pixels, int faces) {
    try (TUint8 greyTensor = greyTensor(pixels, faces);
        Result result = session.runner().feed(grey, greyTensor).fetch(predicted).run()) {
      float[] values = new float[2 * faces];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  /** Edited faces: faces x 96 x 96 x 3 for luminance values and faces x 2 wished labels. */
  byte[] edit(byte[] pixels, float[] wished, int faces) {
    try (TUint8 greyTensor = greyTensor(pixels, faces);
        TFloat32 editTensor = matrix(wished, 2);
        Result result =
            session.runner().feed(grey, greyTensor).feed(edit, editTensor).fetch(edited).run()) {
      byte[] rgb = new byte[faces * NetworkConfig.IMAGE_SIZE * NetworkConfig.IMAGE_SIZE * 3];
      ((TUint8) result.get(0)).asRawTensor().data().read(rgb);
      return rgb;
    }
  }

  /** The weights that a PK ships with (E, G, D_em), by name. */
  Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    shipped.forEach(
        (name, variable) -> {
          try (Result result = session.runner().fetch(variable).run()) {
            TFloat32 value = (TFloat32) result.get(0);
            float[] numbers = new float[(int) value.size()];
            value.asRawTensor().data().asFloats().read(numbers);
            weights.put(name, numbers);
          }
        });
    return weights;
  }

  private void optimise(
      Ops tf,
      Operand<TFloat32> total,
      Map<String, Variable<TFloat32>> mains,
      Operand<TFloat32> lossDPrior,
      Operand<TFloat32> lossDReal,
      Map<String, Variable<TFloat32>> adversaries) {
    Gradients mainGradients = tf.gradients(total, mains.values());
    Gradients adversaryGradients =
        tf.gradients(tf.math.add(lossDPrior, lossDReal), adversaries.values());
    // No weight moves before every gradient is known.
    List<Op> known = new ArrayList<>();
    mainGradients.forEach(gradient -> known.add(tf.identity(gradient)));
    adversaryGradients.forEach(gradient -> known.add(tf.identity(gradient)));
    Ops after = tf.withControlDependencies(known);
    int i = 0;
    for (Map.Entry<String, Variable<TFloat32>> main : mains.entrySet()) {
      adam(tf, after, main.getKey(), main.getValue(), mainGradients.dy(i++), learningRate);
    }
    Operand<TFloat32> half = tf.math.mul(learningRate, tf.constant(0.5f));
    i = 0;
    for (Map.Entry<String, Variable<TFloat32>> adversary : adversaries.entrySet()) {
      adam(tf, after, adversary.getKey(), adversary.getValue(), adversaryGradients.dy(i++), half);
    }
  }

  private void adam(
      Ops tf,
      Ops after,
      String name,
      Variable<TFloat32> variable,
      Operand<TFloat32> gradient,
      Operand<TFloat32> rate) {
    Operand<TFloat32> zeros = tf.zeros(tf.constant(variable.shape()), TFloat32.class);
    Variable<TFloat32> first = tf.withName(name + "_adam_m").variable(zeros);
    Variable<TFloat32> second = tf.withName(name + "_adam_v").variable(zeros);
    updates.add(
        after.train.applyAdam(
            variable,
            first,
            second,
            beta1Power,
            beta2Power,
            rate,
            tf.constant(BETA1),
            tf.constant(BETA2),
            tf.constant(EPSILON),
            gradient));
  }

  private static Operand<TFloat32> adversary(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.add(
        mean(tf, tf.math.softplus(tf.math.neg(real))), mean(tf, tf.math.softplus(fake)));
  }

  private static Operand<TFloat32> squaredError(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> perFace = tf.sum(tf.math.squaredDifference(a, b), tf.constant(1));
    return mean(tf, perFace);
  }

  private static Operand<TFloat32> weighted(Ops tf, double weight, Operand<TFloat32> loss) {
    return tf.math.mul(tf.constant((float) weight), loss);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    int[] axes = new int[x.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return tf.math.mean(x, tf.constant(axes));
  }

  private static TUint8 greyTensor(byte[] pixels, int faces) {
    int size = NetworkConfig.IMAGE_SIZE;
    return TUint8.tensorOf(Shape.of(faces, size, size, 1), DataBuffers.of(pixels));
  }

  private static TFloat32 matrix(float[] values, int columns) {
    return TFloat32.tensorOf(Shape.of(values.length / columns, columns), DataBuffers.of(values));
  }

  @Override
  public void close() {
    // The session first: a graph waits for its sessions.
    session.close();
    graph.close();
  }
}
