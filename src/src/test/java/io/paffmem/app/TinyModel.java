package io.paffmem.app;

import io.paffmem.network.EmotionDiscriminator;
import io.paffmem.network.Encoder;
import io.paffmem.network.Generator;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.prior.tensorflow.PriorExport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A SavedModel of random weights, written in a moment. */
public final class TinyModel {
  private static final int LATENT_SIZE = 8;

  private TinyModel() {}

  public static Path write(Path folder) {
    return write(folder, LATENT_SIZE);
  }

  /** One with that many dimensions of z: a memory as it ships wants 50. */
  public static Path write(Path folder, int latentSize) {
    NetworkConfig config = new NetworkConfig(0.03, 0.03, 0, latentSize, 2);
    Random random = new Random(1);
    Map<String, float[]> weights = new HashMap<>();
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
                  for (int i = 0; i < values.length; i++) {
                    values[i] = 0.4f * random.nextFloat() - 0.2f;
                  }
                  weights.put(name, values);
                });
      }
    }
    PriorExport.write(config, weights, "pk-tiny", folder);
    return folder;
  }
}
