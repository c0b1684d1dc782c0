package io.paffmem.prior.tensorflow;

import io.paffmem.network.IdentityNetwork;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Writes a face-identity network as a SavedModel with two signatures.
 *
 * <ul>
 *   <li>{@code identify}: {@code images}, uint8 n x 96 x 96 x 3, to {@code embedding}, float n x d,
 *       each row of length 1;
 *   <li>{@code features}: {@code face}, float n x 96 x 96 x 3 in [-1, 1], to {@code conv1} ...
 *       {@code conv5}, float maps of any shape.
 * </ul>
 *
 * <p>Training a PK needs {@code features} alone: those who have VGG-Face save it with that
 * signature, its own resizing and scaling inside.
 */
public final class IdentityExport {
  /** The signature that training a PK needs. */
  public static final String FEATURES = "features";

  /** Its input. */
  public static final String FACE = "face";

  static final String IDENTIFY = "identify";
  static final String IMAGES = "images";
  static final String EMBEDDING = "embedding";
  static final String PROPERTIES = "identity.properties";

  private IdentityExport() {}

  /**
   * Writes the model into a folder that does not exist yet.
   *
   * @param weights by variable name, as {@link IdentityNetwork} names them under {@code identity}
   * @param name for {@code identity.properties}
   * @throws IllegalArgumentException if the folder exists or the weights are not those of the
   *     network; nothing is written then
   */
  public static void write(Map<String, float[]> weights, String name, Path folder) {
    if (Files.exists(folder)) {
      throw new IllegalArgumentException(folder + " exists already; name another export folder");
    }
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters parameters = new Parameters(tf, "identity", 0);
      IdentityNetwork network = new IdentityNetwork(tf, parameters);
      Shape faces =
          Shape.of(-1, NetworkConfig.IMAGE_SIZE, NetworkConfig.IMAGE_SIZE, NetworkConfig.COLOURS);
      Placeholder<TUint8> images = tf.placeholder(TUint8.class, Placeholder.shape(faces));
      Placeholder<TFloat32> face = tf.placeholder(TFloat32.class, Placeholder.shape(faces));
      List<Operand<TFloat32>> ofImages = network.maps(Pixels.fromRgb(tf, images));
      Signature identify =
          Signature.builder(IDENTIFY)
              .input(IMAGES, images)
              .output(EMBEDDING, network.embedding(network.descriptors(ofImages)))
              .build();
      Signature.Builder features = Signature.builder(FEATURES).input(FACE, face);
      List<Operand<TFloat32>> maps = network.features(face);
      for (int i = 0; i < maps.size(); i++) {
        features.output(IdentityNetwork.mapName(i), maps.get(i));
      }
      try (Session session = new Session(graph)) {
        WeightAssignment.assign(tf, session, parameters.variables(), weights);
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignatures(identify, features.build())
            .export();
      }
      // Not Properties.store, which writes the date: the same network should be the same bytes.
      Files.writeString(folder.resolve(PROPERTIES), PriorExport.NAME + "=" + name + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the model to " + folder, e);
    }
  }
}
