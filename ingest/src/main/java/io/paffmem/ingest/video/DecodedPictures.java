package io.paffmem.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_FRAME_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;

import io.paffmem.schemas.image.Orientation;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg decodes from one opened input, as a player shows it: with square pixels, and upright
 * as its display matrix says (recordings of a phone held upright, or of its front camera).
 */
final class DecodedPictures implements AutoCloseable {
  // 16,384 x 16,384: a file that claims more is broken or hostile, and would take gigabytes.
  private static final long MAX_PIXELS = 1L << 28;

  /** What the scaler writes fastest. */
  private static final int ROW_ALIGNMENT = 64;

  /**
   * Bytes for the blocks of pixels that the scaler writes whole: where the width is no multiple of
   * them, it writes behind the last row.
   */
  private static final int BEYOND_LAST_ROW = 256;

  private static final int PLANES = 4;

  private final String name;
  private final VideoInput input;
  private final PictureTimes times;
  private final PointerPointer<BytePointer> planes = new PointerPointer<>(PLANES);
  private final IntPointer strides = new IntPointer(PLANES);
  private BytePointer scaled = new BytePointer();
  private @Nullable SwsContext scaler;
  private byte[] bgr = new byte[0];
  private byte[] upright = new byte[0];
  private long nextIndex;
  private @Nullable HostGate gate;

  private DecodedPictures(String name, VideoInput input) {
    this.name = name;
    this.input = input;
    this.times = input.times();
  }

  /**
   * Opens the input.
   *
   * @throws VideoException if it is no video or holds no pictures
   */
  static DecodedPictures open(InputConfig config) {
    VideoInput input = VideoInput.open(config);
    boolean opened = false;
    try {
      if (input.width() < 1 || input.height() < 1) {
        throw new VideoException(
            config.name() + " holds no video stream that can be read; name a file with pictures.");
      }
      check(config.name(), input.width(), input.height());
      DecodedPictures pictures = new DecodedPictures(config.name(), input);
      opened = true;
      return pictures;
    } finally {
      if (!opened) {
        input.close();
      }
    }
  }

  /** With a gate that is closed with this. */
  DecodedPictures through(HostGate itsGate) {
    gate = itsGate;
    return this;
  }

  private static void check(String name, int width, int height) {
    if ((long) width * height > MAX_PIXELS) {
      throw new VideoException(
          "%s has pictures of %d x %d pixels, more than can be handled; scale it down first."
              .formatted(name, width, height));
    }
  }

  /**
   * The next picture, as {@link VideoSource#next} gives it; null after the last one.
   *
   * @throws VideoException if it cannot be handled
   */
  @Nullable Picture next() {
    AVFrame frame = input.next();
    if (frame == null) {
      return null;
    }
    double aspect = input.pixelAspect(frame);
    // The shorter side of a pixel is stretched, so that nothing of the picture is lost.
    int width = (int) Math.round(frame.width() * Math.max(1, aspect));
    int height = (int) Math.round(frame.height() * Math.max(1, 1 / aspect));
    check(name, width, height);
    if (bgr.length != 3 * width * height) {
      bgr = new byte[3 * width * height];
      upright = new byte[0];
    }
    convert(frame, width, height);
    long micros = times.next(input.shownMicros());
    Orientation orientation = orientation(frame);
    if (orientation == Orientation.UPRIGHT) {
      return new Picture(nextIndex++, micros, width, height, bgr);
    }
    if (upright.length == 0) {
      upright = new byte[bgr.length];
    }
    orientation.turn(bgr, width, height, upright);
    boolean swapped = orientation.swapsSides();
    return new Picture(
        nextIndex++, micros, swapped ? height : width, swapped ? width : height, upright);
  }

  /** Leaves the picture in {@code bgr}. */
  private void convert(AVFrame frame, int width, int height) {
    SwsContext context =
        swscale.sws_getCachedContext(
            scaler,
            frame.width(),
            frame.height(),
            frame.format(),
            width,
            height,
            AV_PIX_FMT_BGR24,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    scaler = context;
    if (context == null) {
      throw new VideoException(
          name
              + " has pictures of a kind that cannot be converted; convert it, for example to MP4.");
    }
    int stride = (3 * width + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
    long bytes = (long) stride * height + BEYOND_LAST_ROW;
    if (scaled.capacity() != bytes) {
      free();
      scaled = new BytePointer(avutil.av_malloc(bytes)).capacity(bytes);
    }
    planes.put(0, scaled);
    strides.put(0, stride);
    swscale.sws_scale(context, frame.data(), frame.linesize(), 0, frame.height(), planes, strides);
    int rowBytes = 3 * width;
    for (int y = 0; y < height; y++) {
      scaled.position((long) y * stride).get(bgr, y * rowBytes, rowBytes);
    }
    scaled.position(0);
  }

  /** As the display matrix says that the decoder put beside the picture. */
  private static Orientation orientation(AVFrame frame) {
    AVFrameSideData side = avutil.av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side == null || side.size() < 9L * Integer.BYTES) {
      return Orientation.UPRIGHT;
    }
    // a b u, c d v, x y w; a to d are fixed-point numbers of 16.16 bits.
    IntPointer matrix = new IntPointer(side.data());
    return Orientation.ofMatrix(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  /** What the container says under that name; null if nothing. */
  @Nullable String metadata(String key) {
    return input.metadata(key);
  }

  /** Where the pictures come from in the end, after every redirect; null if that is not known. */
  @Nullable String location() {
    return input.location();
  }

  /** How long it is, as the container says; 0 or less for what goes on for ever. */
  long lengthMicros() {
    return input.lengthMicros();
  }

  /** About how many pictures there will be; 0 or less if nobody knows. */
  long estimatedPictures() {
    return input.estimatedPictures();
  }

  /** What is missing of a recording that gave its last picture; null if nothing is. */
  @Nullable String shortfall() {
    return input.shortfall();
  }

  private void free() {
    if (!scaled.isNull()) {
      avutil.av_free(new Pointer(scaled));
    }
    scaled = new BytePointer();
  }

  @Override
  public void close() {
    free();
    planes.close();
    strides.close();
    if (scaler != null) {
      swscale.sws_freeContext(scaler);
      scaler = null;
    }
    input.close();
    if (gate != null) {
      gate.close();
    }
  }
}
