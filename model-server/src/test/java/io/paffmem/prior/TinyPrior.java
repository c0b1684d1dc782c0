package io.paffmem.prior;

import io.paffmem.network.EmotionDiscriminator;
import io.paffmem.network.Encoder;
import io.paffmem.network.Generator;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.prior.tensorflow.PriorExport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A PK of random weights, small enough to be written and loaded in a moment. */
public final class TinyPrior {
  public static final NetworkConfig CONFIG = new NetworkConfig(0.03, 0.03, 0, 8, 2);

  private TinyPrior() {}

  /** Writes one as a SavedModel of the name pk-tiny; returns its folder. */
  public static Path write(Path folder) {
    return write(folder, CONFIG.latentSize());
  }

  /** One with that many dimensions of z: a memory as it ships wants 50. */
  public static Path write(Path folder, int latentSize) {
    NetworkConfig config =
        new NetworkConfig(
            CONFIG.encoderWidth(),
            CONFIG.generatorWidth(),
            CONFIG.encoderBlocks(),
            latentSize,
            CONFIG.affectRepeats());
    PriorExport.write(config, weights(config, 1), "pk-tiny", folder);
    return folder;
  }

  /** Weights of E, G and D_em by name, uniform, as He would begin. */
  public static Map<String, float[]> weights(long seed) {
    return weights(CONFIG, seed);
  }

  /** The same of networks of another size. */
  public static Map<String, float[]> weights(NetworkConfig config, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters encoder = new Parameters(tf, "encoder", 0);
      Parameters generator = new Parameters(tf, "generator", 0);
      Parameters emotion = new Parameters(tf, "emotion", 0);
      Operand<TFloat32> face = tf.zeros(tf.array(1, 96, 96, 1), TFloat32.class);
      Operand<TFloat32> z = new Encoder(tf, config, encoder).apply(face);
      new Generator(tf, config, generator).apply(z, tf.constant(new float[][] {{0, 0}}));
      new EmotionDiscriminator(tf, config, emotion).apply(z);
      for (Parameters parameters : new Parameters[] {encoder, generator, emotion}) {
        parameters
            .variables()
            .forEach(
                (name, variable) -> {
                  float[] values = new float[(int) variable.shape().size()];
                  boolean isBias = variable.shape().numDimensions() == 1;
                  // Channels of a layer keep their size, so that faces differ.
                  float range =
                      isBias
                          ? 0.1f
                          : (float) Math.sqrt(6.0 * variable.shape().get(-1) / values.length);
                  for (int i = 0; i < values.length; i++) {
                    values[i] = range * (2 * random.nextFloat() - 1);
                  }
                  weights.put(name, values);
                });
      }
    }
    return weights;
  }
}
