package io.paffmem.prior.tensorflow;

import io.paffmem.prior.ModelException;
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
    return verified(ConfigProto.getDefaultInstance());
  }

  /** As {@link #verified()}, for a process whose sessions are those of {@link #facesConfig}. */
  Device verifiedForFaces() {
    return verified(oneThreadEach());
  }

  private Device verified(ConfigProto threads) {
    if (this == CPU) {
      return CPU;
    }
    try {
      multiplyOnGpu(threads);
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
    return sessionConfig(ConfigProto.getDefaultInstance());
  }

  /**
   * Settings of a session that computes faces on this verified device. On the CPU a run stays on
   * the thread that calls: whole faces are shared out among threads ({@link FaceChunks}), since
   * threads that share each operation wait for one another at the end of each.
   */
  ConfigProto facesConfig() {
    return sessionConfig(this == CPU ? oneThreadEach() : ConfigProto.getDefaultInstance());
  }

  /**
   * Gives every core to single operations, for a process that trains. TensorFlow has one set of
   * threads for the operations of all sessions of a process, and the first session decides how
   * many: this must come before any other use of TensorFlow.
   */
  public static void useAllCores() {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> nothing = Ops.create(graph).constant(0f);
      try (Session session = new Session(graph, CPU.sessionConfig());
          Result result = session.runner().fetch(nothing).run()) {
        result.get(0);
      }
    }
  }

  private static ConfigProto oneThreadEach() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(1)
        // Less than 0: the caller's.
        .setInterOpParallelismThreads(-1)
        .build();
  }

  private ConfigProto sessionConfig(ConfigProto threads) {
    ConfigProto.Builder config = threads.toBuilder();
    if (this == CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      config.getGpuOptionsBuilder().setAllowGrowth(true);
    }
    return config.build();
  }

  private static void multiplyOnGpu(ConfigProto threads) {
    ConfigProto.Builder strict = threads.toBuilder().setAllowSoftPlacement(false);
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
