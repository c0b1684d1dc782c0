package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.UncertaintyHead;
import io.paffmem.prior.Encodings;
import io.paffmem.training.faces.Augmentation;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import io.paffmem.training.graph.Adam;
import io.paffmem.training.graph.TrainingGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
import org.tensorflow.types.TFloat32;

/**
 * Teaches a PK how sure it is. E and D_em stay as they are; the head learns the squared errors that
 * they make on people whom E never saw, by the Gaussian negative log likelihood (Nix, Weigend,
 * Estimating the Mean and Variance of the Target Probability Distribution, 1994). A label that was
 * voted for is itself uncertain: the square of its standard error is added.
 *
 * <p>Errors have heavier tails than a Gaussian. So the deviations of each axis are scaled at the
 * end until the interval of 1.645 of them holds 90 per cent of the labels.
 */
final class Calibration {
  static final String NETWORK = "uncertainty";

  private static final double NINETY_PER_CENT = 1.6449;
  private static final int CHANGED_COPIES = 2;
  private static final int CHUNK = 64;
  private static final int BATCH = 256;
  private static final int STEPS = 2_000;
  private static final double RATE = 2e-3;

  /** An error below this says nothing more: labels are not finer. */
  private static final float FINEST = 1e-4f;

  private final NetworkConfig network;
  private final long seed;
  private final List<Errors> sets = new ArrayList<>();

  Calibration(NetworkConfig network, long seed) {
    this.network = network;
    this.seed = seed;
  }

  /**
   * What a PK makes of the faces of a set.
   *
   * @param plain rows of faces as they are; those after them are changed copies
   * @param z rows x latentSize
   * @param squared rows x 2: squared error, with that of the label
   */
  private record Errors(int plain, float[] z, float[] squared) {
    int rows() {
      return squared.length / 2;
    }
  }

  /** Adds faces of people whom E has not seen; sets count alike, whatever their size. */
  void add(TrainingGraph graph, FaceSet faces) {
    int n = faces.faces().size();
    int rows = n * (1 + CHANGED_COPIES);
    float[] z = new float[rows * network.latentSize()];
    float[] squared = new float[2 * rows];
    Random random = new Random(seed);
    int size = NetworkConfig.IMAGE_SIZE;
    for (int from = 0; from < rows; from += CHUNK) {
      int some = Math.min(CHUNK, rows - from);
      byte[] grey = new byte[some * size * size];
      for (int i = 0; i < some; i++) {
        LabelledFace face = faces.faces().get((from + i) % n);
        Augmentation.Change change =
            from + i < n ? Augmentation.Change.NONE : Augmentation.PATCHED.draw(random);
        change.apply(face, size, grey, i * size * size);
      }
      Encodings encodings = graph.embed(grey, some);
      System.arraycopy(
          encodings.z(), 0, z, from * network.latentSize(), some * network.latentSize());
      for (int i = 0; i < some; i++) {
        LabelledFace face = faces.faces().get((from + i) % n);
        squared[2 * (from + i)] =
            squared(encodings.affect()[2 * i] - face.arousal(), face.arousalError());
        squared[2 * (from + i) + 1] =
            squared(encodings.affect()[2 * i + 1] - face.valence(), face.valenceError());
      }
    }
    sets.add(new Errors(n, z, squared));
  }

  private static float squared(float error, float ofLabel) {
    return Math.max(FINEST, error * error + ofLabel * ofLabel);
  }

  /** Trains the head: its weights by name. */
  Map<String, float[]> weights() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> z =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, network.latentSize())));
      Placeholder<TFloat32> squared =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Parameters parameters = new Parameters(tf, NETWORK, seed);
      UncertaintyHead head = new UncertaintyHead(tf, network, parameters);
      Operand<TFloat32> logarithm = head.logarithm(z);
      Operand<TFloat32> precision = tf.math.exp(tf.math.mul(tf.constant(-2f), logarithm));
      Operand<TFloat32> loss =
          tf.math.mean(
              tf.math.add(
                  logarithm, tf.math.mul(tf.constant(0.5f), tf.math.mul(squared, precision))),
              tf.constant(new int[] {0, 1}));
      Adam adam = new Adam(tf, 0.9f, 0.999f);
      List<Op> updates =
          adam.minimise(List.of(new Adam.Objective(loss, parameters.variables(), 1)));
      try (Session session = new Session(graph)) {
        session.initialize();
        train(session, adam, updates, z, squared);
        Map<String, float[]> weights = read(session, parameters.variables());
        scale(session, head.apply(z), z, weights);
        return weights;
      }
    }
  }

  private void train(
      Session session,
      Adam adam,
      List<Op> updates,
      Placeholder<TFloat32> z,
      Placeholder<TFloat32> squared) {
    int columns = network.latentSize();
    Random random = new Random(seed);
    float[] someZ = new float[BATCH * columns];
    float[] someSquared = new float[BATCH * 2];
    for (int step = 1; step <= STEPS; step++) {
      for (int i = 0; i < BATCH; i++) {
        Errors errors = sets.get(i % sets.size());
        int row = random.nextInt(errors.rows());
        System.arraycopy(errors.z, row * columns, someZ, i * columns, columns);
        System.arraycopy(errors.squared, row * 2, someSquared, i * 2, 2);
      }
      double rate = RATE * (1 - (double) (step - 1) / STEPS);
      try (TFloat32 zTensor = matrix(someZ, columns);
          TFloat32 squaredTensor = matrix(someSquared, 2);
          Adam.Feeds feeds = adam.at(rate, step)) {
        Session.Runner runner =
            feeds.into(session.runner()).feed(z, zTensor).feed(squared, squaredTensor);
        updates.forEach(runner::addTarget);
        runner.run().close();
      }
    }
  }

  /** Scales each axis so that intervals hold what they promise, over all sets alike. */
  private void scale(
      Session session,
      Operand<TFloat32> deviation,
      Placeholder<TFloat32> z,
      Map<String, float[]> weights) {
    float[] bias = weights.get(UncertaintyHead.scaleBias(NETWORK));
    if (bias == null) {
      throw new IllegalStateException("the head has no bias to scale");
    }
    for (int axis = 0; axis < 2; axis++) {
      List<double[]> ratios = new ArrayList<>();
      for (Errors errors : sets) {
        float[] z1 = Arrays.copyOf(errors.z, errors.plain * network.latentSize());
        try (TFloat32 zTensor = matrix(z1, network.latentSize());
            Result result = session.runner().feed(z, zTensor).fetch(deviation).run()) {
          float[] deviations = new float[2 * errors.plain];
          ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(deviations);
          double[] ratio = new double[errors.plain];
          for (int i = 0; i < ratio.length; i++) {
            ratio[i] = Math.sqrt(errors.squared[2 * i + axis]) / deviations[2 * i + axis];
          }
          Arrays.sort(ratio);
          ratios.add(ratio);
        }
      }
      bias[axis] += (float) Math.log(ninetiethOf(ratios) / NINETY_PER_CENT);
    }
  }

  /** The number that 90 per cent of the values do not exceed, in the mean over the lists. */
  private static double ninetiethOf(List<double[]> sorted) {
    double low = 0;
    double high = 100;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double held = 0;
      for (double[] values : sorted) {
        int at = Arrays.binarySearch(values, middle);
        held += (double) (at < 0 ? -at - 1 : at) / values.length / sorted.size();
      }
      if (held < 0.9) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static Map<String, float[]> read(
      Session session, Map<String, Variable<TFloat32>> variables) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    variables.forEach(
        (name, variable) -> {
          try (Result result = session.runner().fetch(variable).run()) {
            float[] numbers = new float[(int) variable.shape().size()];
            ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(numbers);
            weights.put(name, numbers);
          }
        });
    return weights;
  }

  private static TFloat32 matrix(float[] values, int columns) {
    return TFloat32.tensorOf(Shape.of(values.length / columns, columns), DataBuffers.of(values));
  }
}
