package io.paffmem.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.bench.EncoderPeer;
import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.PriorExport;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxPeerTest {
  private static final NetworkConfig CONFIG = new NetworkConfig(0.04, 0.04, 1, 6, 3);
  private static final int FACES = 5;
  private static final float TOLERANCE = 1e-4f;

  @TempDir static Path temp;
  private static SavedModelPrior prior;
  private static EncoderPeer.Model peer;

  @BeforeAll
  static void load() {
    PriorExport.write(CONFIG, TinyPrior.weights(CONFIG, 1), "pk-tiny", temp.resolve("pk"));
    prior = SavedModelPrior.load(temp.resolve("pk"), Device.CPU);
    peer = new OnnxPeer().load(prior.weights());
  }

  @AfterAll
  static void close() {
    peer.close();
    prior.close();
  }

  @Test
  void encode_faces_givesTheLatentsOfThePk() {
    byte[] pixels = new byte[FACES * 96 * 96 * 3];
    new Random(1).nextBytes(pixels);

    float[] z = peer.encode(pixels, FACES);

    assertThat(spread(z)).isGreaterThan(1e-2f);
    assertThat(z)
        .usingComparatorWithPrecision(TOLERANCE)
        .containsExactly(prior.encode(pixels, FACES).z());
  }

  @Test
  void generateAndEncode_latents_givesTheLatentsOfThePk() {
    float[] z = uniform(FACES * CONFIG.latentSize(), 1, 2);
    float[] affect = uniform(FACES * 2, 1, 3);

    float[] again = peer.generateAndEncode(z, affect, FACES);

    assertThat(spread(again)).isGreaterThan(1e-2f);
    assertThat(again)
        .usingComparatorWithPrecision(TOLERANCE)
        .containsExactly(prior.generateAndEncode(z, affect, FACES).z());
  }

  /** The largest difference of a number between two faces. */
  private static float spread(float[] z) {
    float largest = 0;
    for (int i = CONFIG.latentSize(); i < z.length; i++) {
      largest = Math.max(largest, Math.abs(z[i] - z[i - CONFIG.latentSize()]));
    }
    return largest;
  }

  private static float[] uniform(int size, float range, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = range * (2 * random.nextFloat() - 1);
    }
    return values;
  }
}
