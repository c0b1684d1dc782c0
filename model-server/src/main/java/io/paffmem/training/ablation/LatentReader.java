package io.paffmem.training.ablation;

import static java.util.Objects.requireNonNull;

import io.paffmem.network.EmotionDiscriminator;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import io.paffmem.training.graph.Adam;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A D_em that is trained on z which no longer moves: how the paper reads arousal and valence from
 * an encoder that was trained without one.
 */
final class LatentReader implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-3;
  private static final int BATCH = 96;

  private final int latentSize;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> latent;
  private final Placeholder<TFloat32> affect;
  private final Operand<TFloat32> read;
  private final Adam adam;
  private final List<Op> updates;

  /** Faces to learn from, the z of each, and their part of a batch. */
  record Codes(FaceSet faces, IdentityHashMap<LabelledFace, float[]> z, double weight) {}

  LatentReader(NetworkConfig network, long seed) {
    latentSize = network.latentSize();
    Ops tf = Ops.create(graph);
    latent = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, latentSize)));
    affect = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
    Parameters parameters = new Parameters(tf, "emotion", seed);
    read = new EmotionDiscriminator(tf, network, parameters).apply(latent);
    Operand<TFloat32> error =
        tf.math.mean(tf.math.squaredDifference(read, affect), tf.constant(new int[] {0, 1}));
    adam = new Adam(tf, 0.9f, 0.999f);
    updates = adam.minimise(List.of(new Adam.Objective(error, parameters.variables(), 1)));
    session = new Session(graph, true);
  }

  /**
   * Learns from faces as a PK's training draws them.
   *
   * @param sets at least one
   */
  void train(List<Codes> sets, int steps, RandomGenerator random) {
    float[] z = new float[BATCH * latentSize];
    float[] labels = new float[BATCH * 2];
    for (int step = 1; step <= steps; step++) {
      for (int i = 0; i < BATCH; i++) {
        Codes codes = pick(sets, (i + random.nextDouble()) / BATCH);
        LabelledFace face = codes.faces.draw(random);
        System.arraycopy(requireNonNull(codes.z.get(face)), 0, z, i * latentSize, latentSize);
        labels[2 * i] = face.arousal();
        labels[2 * i + 1] = face.valence();
      }
      double falling = LEARNING_RATE * (1 - (step - 1.0) / steps);
      try (TFloat32 zTensor = matrix(z, latentSize);
          TFloat32 affectTensor = matrix(labels, 2);
          Adam.Feeds feeds = adam.at(falling, step)) {
        Session.Runner runner =
            feeds.into(session.runner()).feed(latent, zTensor).feed(affect, affectTensor);
        updates.forEach(runner::addTarget);
        runner.run().close();
      }
    }
  }

  /** Arousal and valence in (-1, 1), n x 2, of n x latentSize numbers. */
  float[] read(float[] z) {
    try (TFloat32 zTensor = matrix(z, latentSize);
        Result result = session.runner().feed(latent, zTensor).fetch(read).run()) {
      float[] values = new float[z.length / latentSize * 2];
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static Codes pick(List<Codes> sets, double at) {
    double rest = at * sets.stream().mapToDouble(Codes::weight).sum();
    for (Codes set : sets) {
      rest -= set.weight;
      if (rest < 0) {
        return set;
      }
    }
    return sets.get(sets.size() - 1);
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
