package io.paffmem.bench.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.paffmem.bench.EncoderPeer;
import io.paffmem.prior.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/**
 * ONNX Runtime as its users have it: all optimisations, as many threads as there are cores, which
 * share each operation.
 */
public final class OnnxPeer implements EncoderPeer {
  private static final int FACE_BYTES = 96 * 96 * 3;

  @Override
  public String name() {
    return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public Model load(Map<String, Weights> weights) {
    PkModels models = new PkModels(weights);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      OrtSession encode = environment.createSession(models.encode(), options);
      OrtSession again = environment.createSession(models.generateAndEncode(), options);
      return new Sessions(environment, encode, again, models.latentSize());
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }

  private record Sessions(
      OrtEnvironment environment, OrtSession encode, OrtSession again, int latentSize)
      implements Model {

    @Override
    public float[] encode(byte[] pixels, int faces) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(faces * FACE_BYTES);
      bytes.put(pixels, 0, faces * FACE_BYTES).rewind();
      try (OnnxTensor images =
              OnnxTensor.createTensor(
                  environment, bytes, new long[] {faces, 96, 96, 3}, OnnxJavaType.UINT8);
          OrtSession.Result result = encode.run(Map.of(PkModels.IMAGES, images))) {
        return read(result, PkModels.Z);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot encode: " + e.getMessage(), e);
      }
    }

    @Override
    public float[] generateAndEncode(float[] z, float[] affect, int faces) {
      try (OnnxTensor zTensor = matrix(z, faces, latentSize);
          OnnxTensor affectTensor = matrix(affect, faces, 2);
          OrtSession.Result result =
              again.run(
                  Map.of(PkModels.Z, zTensor, PkModels.AFFECT, affectTensor),
                  Set.of(PkModels.AGAIN, PkModels.AFFECT_AGAIN))) {
        return read(result, PkModels.AGAIN);
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot imagine: " + e.getMessage(), e);
      }
    }

    private OnnxTensor matrix(float[] values, int rows, int columns) throws OrtException {
      FloatBuffer buffer =
          ByteBuffer.allocateDirect(rows * columns * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      buffer.put(values, 0, rows * columns).rewind();
      return OnnxTensor.createTensor(environment, buffer, new long[] {rows, columns});
    }

    private static float[] read(OrtSession.Result result, String name) {
      FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }

    @Override
    public void close() {
      try {
        encode.close();
        again.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime cannot close: " + e.getMessage(), e);
      }
    }
  }
}
