package io.paffmem.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class NetworksTest {
  private static final NetworkConfig TINY = new NetworkConfig(0.03, 0.03, 1, 8, 2);
  private static final int FACES = 3;
  private static final long SEED = 20;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void parameters_fullWidth_areAboutThePapersSixteenMillion() {
    // A little less: the kernels of G are 4 x 4, the paper's 5 x 5.
    assertThat(sum(parameterCounts(NetworkConfig.ofWidth(1))))
        .isCloseTo(16_000_000L, withPercentage(8));
  }

  @Test
  void parameters_quarterWidth_areBetweenASixteenthAndAQuarter() {
    Map<String, Long> full = parameterCounts(NetworkConfig.ofWidth(1));
    Map<String, Long> quarter = parameterCounts(NetworkConfig.ofWidth(0.25));

    assertThat(quarter.keySet()).isEqualTo(full.keySet());
    // Between two narrowed layers both sides shrink, next to z or y or the pixels only one does.
    assertThat(ratio(full, quarter, "encoder_conv4_kernel")).isEqualTo(16);
    assertThat(ratio(full, quarter, "generator_deconv1_kernel")).isEqualTo(16);
    assertThat(ratio(full, quarter, "encoder_latent_weights")).isEqualTo(4);
    assertThat(sum(full) / (double) sum(quarter)).isBetween(10.0, 16.0);
  }

  @Test
  void parameters_quarterWidthEncoder_areAsCountedByHand() {
    Map<String, Long> counts = parameterCounts(NetworkConfig.ofWidth(0.25));

    assertThat(counts)
        .containsEntry("encoder_conv1_kernel", 5L * 5 * 16)
        .containsEntry("encoder_conv4_kernel", 5L * 5 * 64 * 128)
        .containsEntry("encoder_conv4_bias", 128L)
        .containsEntry("encoder_latent_weights", 6L * 6 * 128 * 50)
        .containsEntry("generator_project_weights", (50L + 50) * 6 * 6 * 128)
        .containsEntry("emotion_affect_weights", 64L * 2)
        .containsEntry("prior_logit_weights", 16L);
  }

  @Test
  void encoder_faces_becomeLatentsInsideTheSquare() {
    Operand<TFloat32> z = new Encoder(tf, TINY, new Parameters(tf, "encoder", SEED)).apply(faces());

    try (Session session = new Session(graph)) {
      float[] values = values(session, z, Shape.of(FACES, 8));
      assertWithinOne(values);
      assertThat(values).doesNotContain(0f);
    }
  }

  @Test
  void parameters_encoderBlocks_areTwoConvolutionsAfterEachButTheFirst() {
    Map<String, Long> paper = parameterCounts(NetworkConfig.ofWidth(0.25));
    Map<String, Long> deep = parameterCounts(new NetworkConfig(0.25, 0.25, 1, 50, 25));

    Map<String, Long> blocks = new LinkedHashMap<>(deep);
    blocks.keySet().removeAll(paper.keySet());
    assertThat(blocks.keySet())
        .containsExactlyInAnyOrder(
            "encoder_conv2_block1_inner_kernel",
            "encoder_conv2_block1_inner_bias",
            "encoder_conv2_block1_outer_kernel",
            "encoder_conv2_block1_outer_bias",
            "encoder_conv3_block1_inner_kernel",
            "encoder_conv3_block1_inner_bias",
            "encoder_conv3_block1_outer_kernel",
            "encoder_conv3_block1_outer_bias",
            "encoder_conv4_block1_inner_kernel",
            "encoder_conv4_block1_inner_bias",
            "encoder_conv4_block1_outer_kernel",
            "encoder_conv4_block1_outer_bias");
    assertThat(blocks).containsEntry("encoder_conv3_block1_inner_kernel", 3L * 3 * 64 * 64);
  }

  @Test
  void parameters_widerEncoder_leaveTheGeneratorAsItIs() {
    Map<String, Long> alike = parameterCounts(NetworkConfig.ofWidth(0.25));
    Map<String, Long> wider = parameterCounts(new NetworkConfig(0.5, 0.25, 0, 50, 25));

    assertThat(ratio(wider, alike, "encoder_conv4_kernel")).isEqualTo(4);
    for (String network : List.of("generator", "real", "emotion", "prior")) {
      Map<String, Long> of = new LinkedHashMap<>(alike);
      of.keySet().removeIf(name -> !name.startsWith(network));
      assertThat(wider).containsAllEntriesOf(of);
    }
  }

  @Test
  void generator_latents_becomeFacesThatDependOnTheWishedAffect() {
    Generator generator = new Generator(tf, TINY, new Parameters(tf, "generator", SEED));
    Operand<TFloat32> z = tf.constant(uniform(FACES, 8));
    Operand<TFloat32> pleased = generator.apply(z, affect(0.5f, 0.9f));
    Operand<TFloat32> sad = generator.apply(z, affect(-0.5f, -0.9f));

    try (Session session = new Session(graph)) {
      Shape shape = Shape.of(FACES, 96, 96, 1);
      float[] one = values(session, pleased, shape);
      float[] other = values(session, sad, shape);
      assertWithinOne(one);
      assertThat(other).isNotEqualTo(one);
      assertThat(values(session, generator.apply(z, affect(0.5f, 0.9f)), shape)).isEqualTo(one);
    }
  }

  @Test
  void emotionDiscriminator_latents_becomeAffectInsideTheSquare() {
    Operand<TFloat32> affect =
        new EmotionDiscriminator(tf, TINY, new Parameters(tf, "emotion", SEED))
            .apply(tf.constant(uniform(FACES, 8)));

    try (Session session = new Session(graph)) {
      assertWithinOne(values(session, affect, Shape.of(FACES, 2)));
    }
  }

  @Test
  void realDiscriminator_sameFaceOtherAffect_isJudgedOtherwise() {
    RealDiscriminator real = new RealDiscriminator(tf, TINY, new Parameters(tf, "real", SEED));
    Operand<TFloat32> faces = faces();
    Operand<TFloat32> one = real.apply(faces, affect(0.5f, 0.9f));
    Operand<TFloat32> other = real.apply(faces, affect(-0.5f, -0.9f));

    try (Session session = new Session(graph)) {
      Shape shape = Shape.of(FACES, 1);
      assertThat(values(session, one, shape)).isNotEqualTo(values(session, other, shape));
    }
  }

  @Test
  void repeatAffect_repeatsArousalThenValence() {
    Operand<TFloat32> repeated =
        new Layers(tf, new Parameters(tf, "any", SEED))
            .repeatAffect(tf.constant(new float[][] {{1, 2}, {3, 4}}), 3);

    try (Session session = new Session(graph)) {
      assertThat(values(session, repeated, Shape.of(2, 6)))
          .containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4);
    }
  }

  @Test
  void frozen_parameters_giveTheSameAnswerAndReceiveNoGradient() {
    Parameters parameters = new Parameters(tf, "emotion", SEED);
    Operand<TFloat32> z = tf.constant(uniform(FACES, 8));
    Operand<TFloat32> free = new EmotionDiscriminator(tf, TINY, parameters).apply(z);
    Operand<TFloat32> frozen = new EmotionDiscriminator(tf, TINY, parameters.frozen()).apply(z);
    List<Variable<TFloat32>> variables = List.copyOf(parameters.variables().values());
    Operand<TFloat32> freeLoss = tf.sum(free, tf.array(0, 1));
    Operand<TFloat32> bothLosses = tf.math.add(freeLoss, tf.sum(frozen, tf.array(0, 1)));
    Gradients ofFree = tf.gradients(freeLoss, variables);
    Gradients ofBoth = tf.gradients(bothLosses, variables);

    try (Session session = new Session(graph)) {
      Shape shape = Shape.of(FACES, 2);
      assertThat(values(session, frozen, shape)).isEqualTo(values(session, free, shape));
      for (int i = 0; i < variables.size(); i++) {
        Shape of = variables.get(i).shape();
        float[] gradient = values(session, ofFree.<TFloat32>dy(i), of);
        assertThat(gradient).isNotEqualTo(new float[gradient.length]);
        assertThat(values(session, ofBoth.<TFloat32>dy(i), of)).isEqualTo(gradient);
      }
    }
  }

  @Test
  void frozen_parameters_letTheGradientThroughToTheInput() {
    Parameters parameters = new Parameters(tf, "emotion", SEED);
    Operand<TFloat32> z = tf.constant(uniform(FACES, 8));
    Operand<TFloat32> frozen = new EmotionDiscriminator(tf, TINY, parameters.frozen()).apply(z);
    Gradients gradients = tf.gradients(tf.sum(frozen, tf.array(0, 1)), List.of(z));

    try (Session session = new Session(graph)) {
      assertThat(values(session, gradients.<TFloat32>dy(0), Shape.of(FACES, 8)))
          .isNotEqualTo(new float[FACES * 8]);
    }
  }

  @Test
  void parameters_sameSeed_beginAlike() {
    float[][] answers = new float[3][];
    long[] seeds = {1, 1, 2};
    for (int i = 0; i < seeds.length; i++) {
      try (Graph own = new Graph()) {
        Ops ops = Ops.create(own);
        Operand<TFloat32> answer =
            new EmotionDiscriminator(ops, TINY, new Parameters(ops, "emotion", seeds[i]))
                .apply(ops.constant(uniform(FACES, 8)));
        try (Session session = new Session(own)) {
          answers[i] = values(session, answer, Shape.of(FACES, 2));
        }
      }
    }

    assertThat(answers[1]).isEqualTo(answers[0]);
    assertThat(answers[2]).isNotEqualTo(answers[0]);
  }

  @Test
  void pixels_bytes_becomeGreyValuesAndComeBack() {
    byte[] rgb = {0, 0, 0, (byte) 255, (byte) 255, (byte) 255, (byte) 255, 0, 0};
    Operand<TUint8> images = tf.constant(TUint8.class, Shape.of(1, 1, 3, 3), DataBuffers.of(rgb));
    Operand<TFloat32> seen = Pixels.fromRgb(tf, images);
    Operand<TUint8> back = Pixels.toRgb(tf, seen);

    try (Session session = new Session(graph);
        Result result = session.runner().fetch(back).run()) {
      float red = (0.299f * 255) / 127.5f - 1;
      assertThat(values(session, seen, Shape.of(1, 1, 3, 1)))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(-1, 1, red);
      byte[] bytes = new byte[9];
      ((TUint8) result.get(0)).asRawTensor().data().read(bytes);
      byte redGrey = 76; // 0.299 x 255
      assertThat(bytes)
          .containsExactly(0, 0, 0, (byte) 255, (byte) 255, (byte) 255, redGrey, redGrey, redGrey);
    }
  }

  @Test
  void config_outOfRange_isRefusedByName() {
    assertThatThrownBy(() -> new NetworkConfig(0, 1, 0, 50, 25))
        .hasMessageContaining("encoderWidth is 0.0");
    assertThatThrownBy(() -> new NetworkConfig(1, 1.1, 0, 50, 25))
        .hasMessageContaining("generatorWidth is 1.1");
    assertThatThrownBy(() -> new NetworkConfig(Double.NaN, 1, 0, 50, 25))
        .hasMessageContaining("encoderWidth");
    assertThatThrownBy(() -> new NetworkConfig(1, 1, -1, 50, 25))
        .hasMessageContaining("encoderBlocks is -1");
    assertThatThrownBy(() -> new NetworkConfig(1, 1, 0, 0, 25))
        .hasMessageContaining("latentSize is 0");
    assertThatThrownBy(() -> new NetworkConfig(1, 1, 0, 50, 0))
        .hasMessageContaining("affectRepeats");
  }

  /** Counts of every network's parameters by name, from the shapes of their variables. */
  private Map<String, Long> parameterCounts(NetworkConfig config) {
    Map<String, Long> counts = new LinkedHashMap<>();
    try (Graph own = new Graph()) {
      Ops ops = Ops.create(own);
      List<Parameters> all = new ArrayList<>();
      for (String network : List.of("encoder", "generator", "emotion", "prior", "real")) {
        all.add(new Parameters(ops, network, SEED));
      }
      Operand<TFloat32> face = ops.zeros(ops.array(1, 96, 96, 1), TFloat32.class);
      Operand<TFloat32> affect = ops.constant(new float[][] {{0, 0}});
      Operand<TFloat32> z = new Encoder(ops, config, all.get(0)).apply(face);
      new Generator(ops, config, all.get(1)).apply(z, affect);
      new EmotionDiscriminator(ops, config, all.get(2)).apply(z);
      new PriorDiscriminator(ops, config, all.get(3)).apply(z);
      new RealDiscriminator(ops, config, all.get(4)).apply(face, affect);
      for (Parameters parameters : all) {
        parameters
            .variables()
            .forEach((name, variable) -> counts.put(name, variable.shape().size()));
      }
    }
    return counts;
  }

  private static double ratio(Map<String, Long> full, Map<String, Long> quarter, String name) {
    return full.getOrDefault(name, 0L) / (double) quarter.getOrDefault(name, 0L);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private Operand<TFloat32> faces() {
    float[][] rows = uniform(FACES, 96 * 96);
    return tf.reshape(tf.constant(rows), tf.array(FACES, 96, 96, 1));
  }

  private Operand<TFloat32> affect(float arousal, float valence) {
    float[][] rows = new float[FACES][];
    for (int i = 0; i < FACES; i++) {
      rows[i] = new float[] {arousal, valence};
    }
    return tf.constant(rows);
  }

  private static float[][] uniform(int rows, int columns) {
    Random random = new Random(SEED);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = 2 * random.nextFloat() - 1;
      }
    }
    return values;
  }

  private static float[] values(Session session, Operand<TFloat32> operand, Shape expected) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      assertThat(tensor.shape()).isEqualTo(expected);
      float[] values = new float[(int) tensor.size()];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  private static void assertWithinOne(float[] values) {
    for (float value : values) {
      assertThat(value).isBetween(-1f, 1f);
    }
  }
}
