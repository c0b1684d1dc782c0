package io.paffmem.bench.onnx;

import io.paffmem.prior.Weights;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * E with D_em, and E after G, as ONNX models of a PK's weights. TensorFlow keeps channels last and
 * ONNX first, so kernels are turned, and so are the dense layers beside the reshapings.
 */
final class PkModels {
  static final String IMAGES = "images";
  static final String Z = "z";
  static final String AFFECT = "arousal_valence";
  static final String AGAIN = "z_again";
  static final String AFFECT_AGAIN = "affect_again";

  private static final int SIDE = 96;
  private static final int CHANNELS = 3;
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};
  private static final float HALF_RANGE = 127.5f;
  private static final Map<String, Object> NONE = Map.of();

  private final Map<String, Weights> weights;

  PkModels(Map<String, Weights> weights) {
    this.weights = weights;
  }

  int latentSize() {
    return shape("encoder_latent_weights")[1];
  }

  /** Bytes of RGB pixels, n x 96 x 96 x 3 -> z and (arousal, valence). */
  byte[] encode() {
    OnnxModel model =
        new OnnxModel()
            .input(IMAGES, OnnxModel.Type.UINT8, SIDE, SIDE, CHANNELS)
            .output(Z, OnnxModel.Type.FLOAT, latentSize())
            .output(AFFECT, OnnxModel.Type.FLOAT, 2);
    String bytes = model.node("Transpose", Map.of("perm", new int[] {0, 3, 1, 2}), IMAGES);
    String colour = model.node("Cast", Map.of("to", 1), bytes);
    float[] luma = LUMA.clone();
    for (int i = 0; i < luma.length; i++) {
      luma[i] /= HALF_RANGE;
    }
    String grey =
        model.node(
            "Conv",
            NONE,
            colour,
            model.constant("luma", luma, 1, CHANNELS, 1, 1),
            model.constant("luma_bias", new float[] {-1}, 1));
    embed(model, grey, Z);
    read(model, Z, AFFECT);
    return model.toByteArray();
  }

  /** D_em. */
  private void read(OnnxModel model, String z, String output) {
    String hidden = model.node("Relu", NONE, dense(model, "emotion_hidden", z));
    model.node("Tanh", NONE, output, List.of(dense(model, "emotion_affect", hidden)));
  }

  /** z and (arousal, valence) -> z of the face imagined from them, and what is read there. */
  byte[] generateAndEncode() {
    OnnxModel model =
        new OnnxModel()
            .input(Z, OnnxModel.Type.FLOAT, latentSize())
            .input(AFFECT, OnnxModel.Type.FLOAT, 2)
            .output(AGAIN, OnnxModel.Type.FLOAT, latentSize())
            .output(AFFECT_AGAIN, OnnxModel.Type.FLOAT, 2);
    String joined = model.node("Concat", Map.of("axis", 1), Z, AFFECT);
    int channels = shape("generator_deconv1_kernel")[3];
    int features = shape("generator_project_weights")[1];
    int side = (int) Math.round(Math.sqrt(features / (double) channels));
    String x =
        model.node(
            "Gemm",
            NONE,
            joined,
            model.constant(
                "project",
                columnsChannelsFirst(projection(), features, channels),
                latentSize() + 2,
                features),
            model.constant(
                "project_bias",
                columnsChannelsFirst(values("generator_project_bias"), features, channels),
                features));
    x = model.node("Relu", NONE, x);
    x = model.node("Reshape", NONE, x, model.constant("first_shape", -1L, channels, side, side));
    int out = channels;
    boolean refines = has("generator_refine1");
    for (int layer = 1; has("generator_deconv" + layer); layer++) {
      boolean last = !refines && !has("generator_deconv" + (layer + 1));
      int stride = side < SIDE ? 2 : 1;
      x = transposedConvolution(model, "generator_deconv" + layer, x, stride);
      x = model.node(last ? "Tanh" : "Relu", NONE, x);
      out = shape("generator_deconv" + layer + "_kernel")[2];
      side *= stride;
    }
    for (int layer = 1; has("generator_refine" + layer); layer++) {
      boolean last = !has("generator_refine" + (layer + 1));
      x = convolution(model, "generator_refine" + layer, x, 1, false);
      x = model.node(last ? "Tanh" : "Relu", NONE, x);
      out = shape("generator_refine" + layer + "_kernel")[3];
    }
    embed(model, out == CHANNELS ? grey(model, x) : x, AGAIN);
    read(model, AGAIN, AFFECT_AGAIN);
    return model.toByteArray();
  }

  /** A face of three channels as one: PKs were trained so before faces had one channel. */
  private static String grey(OnnxModel model, String colour) {
    float[] none = {0};
    return model.node(
        "Conv",
        NONE,
        colour,
        model.constant("luma", LUMA.clone(), 1, CHANNELS, 1, 1),
        model.constant("luma_bias", none, 1));
  }

  /** Where the first kernel has three channels, they are added up: a grey face has them equal. */
  private void embed(OnnxModel model, String grey, String output) {
    String x = grey;
    int channels = CHANNELS;
    int side = SIDE;
    for (int layer = 1; has("encoder_conv" + layer); layer++) {
      String name = "encoder_conv" + layer;
      boolean equalChannels = layer == 1 && shape(name + "_kernel")[2] == CHANNELS;
      x = model.node("Relu", NONE, convolution(model, name, x, 2, equalChannels));
      for (int block = 1; has(name + "_block" + block + "_inner"); block++) {
        x = residual(model, name + "_block" + block, x);
      }
      channels = shape(name + "_kernel")[3];
      side /= 2;
    }
    String flat = model.node("Flatten", Map.of("axis", 1), x);
    int[] shape = shape("encoder_latent_weights");
    float[] rows = rowsChannelsFirst(values("encoder_latent_weights"), side * side, channels);
    String latent =
        model.node(
            "Gemm",
            NONE,
            flat,
            model.constant("encoder_latent_weights", rows, shape),
            model.constant("encoder_latent_bias", values("encoder_latent_bias"), shape[1]));
    model.node("Tanh", NONE, output, List.of(latent));
  }

  private String residual(OnnxModel model, String block, String x) {
    String inner = model.node("Relu", NONE, convolution(model, block + "_inner", x, 1, false));
    String change = convolution(model, block + "_outer", inner, 1, false);
    return model.node("Relu", NONE, model.node("Add", NONE, x, change));
  }

  /** With more rows and columns of zeros behind than in front, if any, as TensorFlow's SAME. */
  private String convolution(
      OnnxModel model, String layer, String x, int stride, boolean equalChannels) {
    int[] shape = shape(layer + "_kernel"); // height, width, in, out
    float[] kernel = values(layer + "_kernel");
    int size = shape[0];
    int in = equalChannels ? 1 : shape[2];
    int out = shape[3];
    float[] turned = new float[out * in * size * size];
    for (int i = 0; i < kernel.length; i++) {
      int o = i % out;
      int c = equalChannels ? 0 : i / out % shape[2];
      int tap = i / (out * shape[2]);
      turned[(o * in + c) * size * size + tap] += kernel[i];
    }
    return model.node(
        "Conv",
        Map.of("auto_pad", "SAME_UPPER", "strides", new int[] {stride, stride}),
        x,
        model.constant(layer + "_kernel", turned, out, in, size, size),
        model.constant(layer + "_bias", values(layer + "_bias"), out));
  }

  /** The gradient of a SAME convolution of that stride: its padding is taken off. */
  private String transposedConvolution(OnnxModel model, String layer, String x, int stride) {
    int[] shape = shape(layer + "_kernel"); // height, width, out, in
    float[] kernel = values(layer + "_kernel");
    int size = shape[0];
    int out = shape[2];
    int in = shape[3];
    float[] turned = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      int c = i % in;
      int o = i / in % out;
      int tap = i / (in * out);
      turned[(c * out + o) * size * size + tap] = kernel[i];
    }
    int front = (size - stride) / 2;
    int back = size - stride - front;
    return model.node(
        "ConvTranspose",
        Map.of("strides", new int[] {stride, stride}, "pads", new int[] {front, front, back, back}),
        x,
        model.constant(layer + "_kernel", turned, in, out, size, size),
        model.constant(layer + "_bias", values(layer + "_bias"), out));
  }

  private String dense(OnnxModel model, String layer, String x) {
    int[] shape = shape(layer + "_weights");
    return model.node(
        "Gemm",
        NONE,
        x,
        model.constant(layer + "_weights", values(layer + "_weights"), shape),
        model.constant(layer + "_bias", values(layer + "_bias"), shape[1]));
  }

  /** G's first weights with the repeated rows of arousal, then of valence, added up. */
  private float[] projection() {
    float[] repeated = values("generator_project_weights");
    int[] shape = shape("generator_project_weights");
    int latent = latentSize();
    int repeats = (shape[0] - latent) / 2;
    int columns = shape[1];
    float[] once = new float[(latent + 2) * columns];
    for (int i = 0; i < repeated.length; i++) {
      int row = i / columns;
      int to = row < latent ? row : latent + (row - latent) / repeats;
      once[to * columns + i % columns] += repeated[i];
    }
    return once;
  }

  /** Rows by place, then channel -> by channel, then place. */
  private static float[] rowsChannelsFirst(float[] matrix, int places, int channels) {
    int columns = matrix.length / (places * channels);
    float[] turned = new float[matrix.length];
    for (int place = 0; place < places; place++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = (place * channels + channel) * columns;
        int to = (channel * places + place) * columns;
        System.arraycopy(matrix, from, turned, to, columns);
      }
    }
    return turned;
  }

  /** The same for columns. */
  private static float[] columnsChannelsFirst(float[] matrix, int columns, int channels) {
    int places = columns / channels;
    float[] turned = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      int column = i % columns;
      int to = column % channels * places + column / channels;
      turned[i - column + to] = matrix[i];
    }
    return turned;
  }

  private boolean has(String layer) {
    return weights.containsKey(layer + "_kernel");
  }

  private int[] shape(String name) {
    return of(name).shape();
  }

  private float[] values(String name) {
    return of(name).values();
  }

  private Weights of(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}
