package io.paffmem.prior.tensorflow;

import io.paffmem.network.EmotionDiscriminator;
import io.paffmem.network.Encoder;
import io.paffmem.network.Generator;
import io.paffmem.network.NetworkConfig;
import io.paffmem.network.Parameters;
import io.paffmem.network.Pixels;
import io.paffmem.network.UncertaintyHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Writes a PK as a SavedModel, from a graph that holds nothing of its training. */
public final class PriorExport {
  static final String ENCODE = "encode";
  static final String GENERATE = "generate";
  static final String GENERATE_AND_ENCODE = "generate_and_encode";
  static final String ACTIVATIONS = "activations";
  static final String IMAGES = "images";
  static final String Z = "z";
  static final String AFFECT = "arousal_valence";
  static final String DEVIATION = "deviation";
  static final String MEANS = "means";
  static final String PROPERTIES = "pk.properties";
  static final String NAME = "name";

  private PriorExport() {}

  /**
   * Writes the model into a folder that does not exist yet.
   *
   * @param weights of E, G and D_em by variable name, as the networks name them; with those of the
   *     {@link UncertaintyHead} the PK also tells how sure it is
   * @param name of the PK, without the hash
   * @throws IllegalArgumentException if the folder exists or the weights are not those of the
   *     networks; nothing is written then
   */
  public static void write(
      NetworkConfig config, Map<String, float[]> weights, String name, Path folder) {
    if (Files.exists(folder)) {
      throw new IllegalArgumentException(folder + " exists already; name another export folder");
    }
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters encoder = new Parameters(tf, "encoder", 0);
      Parameters generator = new Parameters(tf, "generator", 0);
      Parameters emotion = new Parameters(tf, "emotion", 0);
      Encoder e = new Encoder(tf, config, encoder);
      Generator g = new Generator(tf, config, generator);
      EmotionDiscriminator dEm = new EmotionDiscriminator(tf, config, emotion);

      int size = NetworkConfig.IMAGE_SIZE;
      Placeholder<TUint8> images =
          tf.placeholder(
              TUint8.class, Placeholder.shape(Shape.of(-1, size, size, NetworkConfig.COLOURS)));
      Placeholder<TFloat32> z =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, config.latentSize())));
      Placeholder<TFloat32> affect =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      Operand<TFloat32> features = e.features(Pixels.fromRgb(tf, images));
      Operand<TFloat32> embedded = e.embed(features);
      Operand<TFloat32> imagined = g.apply(z, affect);
      Parameters uncertainty = new Parameters(tf, "uncertainty", 0);
      Signature.Builder encode =
          Signature.builder(ENCODE)
              .input(IMAGES, images)
              .output(Z, embedded)
              .output(AFFECT, dEm.apply(embedded));
      if (weights.keySet().stream().anyMatch(weight -> weight.startsWith("uncertainty"))) {
        encode.output(DEVIATION, new UncertaintyHead(tf, config, uncertainty).apply(embedded));
      }
      Signature generate =
          Signature.builder(GENERATE)
              .input(Z, z)
              .input(AFFECT, affect)
              .output(IMAGES, Pixels.toRgb(tf, imagined))
              .build();
      Operand<TFloat32> again = e.apply(imagined);
      Signature generateAndEncode =
          Signature.builder(GENERATE_AND_ENCODE)
              .input(Z, z)
              .input(AFFECT, affect)
              .output(Z, again)
              .output(AFFECT, dEm.apply(again))
              .build();
      Signature activations =
          Signature.builder(ACTIVATIONS)
              .input(IMAGES, images)
              .output(MEANS, tf.math.mean(features, tf.constant(3)))
              .build();

      Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>(encoder.variables());
      variables.putAll(generator.variables());
      variables.putAll(emotion.variables());
      variables.putAll(uncertainty.variables());
      try (Session session = new Session(graph)) {
        WeightAssignment.assign(tf, session, variables, weights);
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignatures(encode.build(), generate, generateAndEncode, activations)
            .export();
      }
      // Not Properties.store, which writes the date: the same PK should be the same bytes.
      Files.writeString(folder.resolve(PROPERTIES), NAME + "=" + name + "\n");
    } catch (IOException ex) {
      throw new UncheckedIOException("cannot write the model to " + folder, ex);
    }
  }
}
