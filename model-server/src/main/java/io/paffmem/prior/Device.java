package io.paffmem.prior;

import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/**
 * Where the PK is computed. TensorFlow falls back to the CPU in silence, so the device is tried.
 */
public enum Device {
  /** The GPU where there is one. */
  AUTO,
  CPU,
  /** The GPU, or an error. */
  GPU;

  /**
   * The device that will really be used.
   *
   * @throws ModelException if this is {@link #GPU} and there is none that TensorFlow can use
   */
  public Device verified() {
    if (this == CPU) {
      return CPU;
    }
    try {
      multiplyOnGpu();
      return GPU;
    } catch (RuntimeException e) {
      if (this == AUTO) {
        return CPU;
      }
      throw new ModelException(
          "no GPU that TensorFlow can use: build with -Pgpu on a machine with an NVIDIA driver,"
              + " CUDA 12 and cuDNN 9, or choose --device cpu",
          e);
    }
  }

  /** Settings of a session on this verified device. */
  public ConfigProto sessionConfig() {
    ConfigProto.Builder config = ConfigProto.newBuilder();
    if (this == CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      config.getGpuOptionsBuilder().setAllowGrowth(true);
    }
    return config.build();
  }

  private static void multiplyOnGpu() {
    ConfigProto.Builder strict = ConfigProto.newBuilder().setAllowSoftPlacement(false);
    // The first session of a process decides how all of them share the GPU's memory.
    strict.getGpuOptionsBuilder().setAllowGrowth(true);
    try (Graph graph = new Graph()) {
      DeviceSpec gpu =
          DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.GPU).deviceIndex(0).build();
      Ops tf = Ops.create(graph).withDevice(gpu);
      // Fed, because a product of constants is worked out on the CPU beforehand.
      Placeholder<TFloat32> factor =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, 1)));
      Operand<TFloat32> product = tf.linalg.matMul(factor, factor);
      try (Session session = new Session(graph, strict.build());
          TFloat32 two = TFloat32.tensorOf(Shape.of(1, 1), DataBuffers.of(2f));
          Result result = session.runner().feed(factor, two).fetch(product).run()) {
        float value = ((TFloat32) result.get(0)).getFloat(0, 0);
        if (value != 4) {
          throw new IllegalStateException("the GPU says that 2 x 2 is " + value);
        }
      }
    }
  }
}
