package io.paffmem.prior.tensorflow;

import io.paffmem.prior.ImageDecoder;
import io.paffmem.schemas.image.ImageHead;
import io.paffmem.schemas.image.Orientation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * Decodes with the libjpeg-turbo and libpng that TensorFlow carries: as fast as OpenCV's, and
 * unlike it they refuse a truncated picture instead of filling it up with grey.
 */
public final class TensorFlowImageDecoder implements ImageDecoder {
  private static final int CHANNELS = 3;

  /** 16 megapixels: a 4K picture passes twice over, and one in decoding takes 48 MB. */
  public static final long MAX_PIXELS = 16L << 20;

  private final int size;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TString> bytes;
  private final Placeholder<TInt32> begin;
  private final Placeholder<TInt32> extent;
  private final Operand<TUint8> whole;
  private final Operand<TUint8> shrunk;
  private final Operand<TUint8> enlarged;

  /**
   * A decoder for one size of face.
   *
   * @param size side of the square that is written, pixels
   */
  public TensorFlowImageDecoder(int size) {
    this.size = size;
    Ops tf = Ops.create(graph);
    bytes = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    begin = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(CHANNELS)));
    extent = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(CHANNELS)));
    whole =
        tf.image.decodeImage(
            bytes,
            TUint8.class,
            DecodeImage.channels((long) CHANNELS),
            DecodeImage.expandAnimations(false));
    Operand<TUint8> box = tf.expandDims(tf.slice(whole, begin, extent), tf.constant(0));
    Operand<TInt32> square = tf.array(size, size);
    shrunk = rounded(tf, tf.image.resizeArea(box, square));
    // The mean over an area would make blocks of the pixels of a small face.
    enlarged =
        rounded(tf, tf.image.resizeBilinear(box, square, ResizeBilinear.halfPixelCenters(true)));
    // One picture is decoded by one thread; the workers are the parallelism.
    ConfigProto oneThread =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(1)
            .setInterOpParallelismThreads(1)
            .putDeviceCount("GPU", 0)
            .build();
    session = new Session(graph, oneThread);
  }

  private static Operand<TUint8> rounded(Ops tf, Operand<TFloat32> values) {
    return tf.dtypes.cast(tf.math.round(values), TUint8.class);
  }

  @Override
  public Result decode(byte[] image, @Nullable Box box, byte[] pixels, int offset) {
    Optional<ImageHead> head = ImageHead.of(image);
    if (head.isEmpty()) {
      return new Refused("not_an_image");
    }
    int width = head.get().uprightWidth();
    int height = head.get().uprightHeight();
    if (head.get().pixels() > MAX_PIXELS) {
      return new Refused("too_many_pixels");
    }
    if (head.get().hasTooManyScans()) {
      return new Refused("too_many_scans");
    }
    Box face = box == null ? new Box(0, 0, width, height) : box;
    if (face.x() < 0
        || face.y() < 0
        || face.width() < 1
        || face.height() < 1
        || (long) face.x() + face.width() > width
        || (long) face.y() + face.height() > height) {
      return new Refused("face_box_outside");
    }
    Orientation orientation = head.get().orientation();
    if (orientation == Orientation.UPRIGHT) {
      return decodeStored(
          image, face, box == null && width == size && height == size, pixels, offset);
    }
    byte[] stored = new byte[size * size * CHANNELS];
    Result result = decodeStored(image, stored(head.get(), face), false, stored, 0);
    if (result instanceof Decoded) {
      // Turned when it is small: squares stay squares.
      byte[] upright = new byte[stored.length];
      orientation.turn(stored, size, size, upright);
      System.arraycopy(upright, 0, pixels, offset, upright.length);
    }
    return result;
  }

  private static Box stored(ImageHead head, Box face) {
    int[] box =
        head.orientation()
            .toStored(face.x(), face.y(), face.width(), face.height(), head.width(), head.height());
    return new Box(box[0], box[1], box[2], box[3]);
  }

  /**
   * Decodes without turning.
   *
   * @param fits whether the face is the whole picture and has the right size already
   */
  private Result decodeStored(byte[] image, Box face, boolean fits, byte[] pixels, int offset) {
    try (TString encoded = TString.tensorOfBytes(NdArrays.scalarOfObject(image))) {
      Session.Runner runner = session.runner().feed(bytes, encoded);
      if (fits) {
        read(runner.fetch(whole), pixels, offset);
      } else {
        try (TInt32 beginTensor = TInt32.vectorOf(face.y(), face.x(), 0);
            TInt32 extentTensor = TInt32.vectorOf(face.height(), face.width(), CHANNELS)) {
          boolean small = face.width() < size && face.height() < size;
          read(
              runner
                  .feed(begin, beginTensor)
                  .feed(extent, extentTensor)
                  .fetch(small ? enlarged : shrunk),
              pixels,
              offset);
        }
      }
      return new Decoded();
    } catch (TFInvalidArgumentException | TensorFlowException e) {
      // The head is sound, so the rest is cut off or damaged.
      return new Refused("truncated_image");
    }
  }

  private void read(Session.Runner runner, byte[] pixels, int offset) {
    try (var result = runner.run()) {
      ((TUint8) result.get(0)).asRawTensor().data().read(pixels, offset, size * size * CHANNELS);
    }
  }

  @Override
  public void close() {
    // The session first: a graph waits for its sessions.
    session.close();
    graph.close();
  }
}
