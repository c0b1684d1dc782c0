package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg decodes from one opened input, turned upright as its display matrix says (recordings
 * of a phone held upright).
 */
final class DecodedPictures implements AutoCloseable {
  // 16,384 x 16,384: a file that claims more is broken or hostile, and would take gigabytes.
  private static final long MAX_PIXELS = 1L << 28;

  private static final Pattern ERROR = Pattern.compile("error (-?[0-9]{1,10})");

  static {
    // Otherwise FFmpeg writes its own remarks straight to the terminal, past every logger.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private final String name;
  private final FFmpegFrameGrabber grabber;
  private final QuarterTurns quarterTurns;
  private byte[] bgr = new byte[0];
  private byte[] upright = new byte[0];
  private long nextIndex;
  private long lastMicros;

  private DecodedPictures(String name, FFmpegFrameGrabber grabber) {
    this.name = name;
    this.grabber = grabber;
    this.quarterTurns = QuarterTurns.toUndo(grabber.getDisplayRotation());
  }

  /**
   * Opens the input; the grabber is closed where this throws.
   *
   * @param name of the input, for messages
   * @param grabber with its options, not started
   * @param advice what to do where FFmpeg cannot open it
   * @throws VideoException if it is no video or holds no pictures
   */
  static DecodedPictures start(String name, FFmpegFrameGrabber grabber, String advice) {
    boolean started = false;
    try {
      start(grabber, name, advice);
      DecodedPictures pictures = new DecodedPictures(name, grabber);
      started = true;
      return pictures;
    } finally {
      if (!started) {
        closeQuietly(grabber);
      }
    }
  }

  private static void start(FFmpegFrameGrabber grabber, String name, String advice) {
    try {
      grabber.start();
    } catch (FrameGrabber.Exception e) {
      // Without FFmpeg's own message as the cause: it holds the address with its password.
      throw new VideoException(
          name + " is not a video that FFmpeg can read (" + reason(e) + "); " + advice);
    }
    if (!grabber.hasVideo() || grabber.getImageWidth() < 1 || grabber.getImageHeight() < 1) {
      throw new VideoException(
          name + " holds no video stream (only sound?); name a file with pictures.");
    }
    if ((long) grabber.getImageWidth() * grabber.getImageHeight() > MAX_PIXELS) {
      throw new VideoException(
          "%s has pictures of %d x %d pixels, more than can be handled; scale it down first."
              .formatted(name, grabber.getImageWidth(), grabber.getImageHeight()));
    }
  }

  /** FFmpeg's reason in words, from the number in JavaCV's message. */
  private static String reason(FrameGrabber.Exception failure) {
    Matcher number = ERROR.matcher(String.valueOf(failure.getMessage()));
    if (!number.find()) {
      return "no reason given";
    }
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(Integer.parseInt(number.group(1)), text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, UTF_8);
  }

  /**
   * The next picture, as {@link VideoSource#next} gives it; null after the last one.
   *
   * @throws VideoException if it cannot be decoded
   */
  @Nullable Picture next() {
    Frame frame;
    try {
      frame = grabber.grabImage();
    } catch (FrameGrabber.Exception e) {
      throw new VideoException(
          name + " cannot be decoded after picture " + nextIndex + "; it may be damaged.", e);
    }
    if (frame == null) {
      return null;
    }
    int width = frame.imageWidth;
    int height = frame.imageHeight;
    if (bgr.length != 3 * width * height) {
      bgr = new byte[3 * width * height];
      upright = quarterTurns == QuarterTurns.NONE ? bgr : new byte[bgr.length];
    }
    copyRows((ByteBuffer) frame.image[0], frame.imageStride, width, height);
    quarterTurns.turn(bgr, width, height, upright);
    // Damaged files jump back in time.
    lastMicros = Math.max(lastMicros, frame.timestamp);
    boolean swapped = quarterTurns.swapSides();
    return new Picture(
        nextIndex++, lastMicros, swapped ? height : width, swapped ? width : height, upright);
  }

  private void copyRows(ByteBuffer image, int strideBytes, int width, int height) {
    int rowBytes = 3 * width;
    for (int y = 0; y < height; y++) {
      image.get(y * strideBytes, bgr, y * rowBytes, rowBytes);
    }
  }

  /** What the container says under that name; null if nothing. */
  @Nullable String metadata(String key) {
    return grabber.getMetadata(key);
  }

  /** How long it is, as the container says; 0 or less for what goes on for ever. */
  long lengthMicros() {
    return grabber.getLengthInTime();
  }

  /** About how many pictures there will be; 0 or less if nobody knows. */
  int estimatedPictures() {
    return grabber.getLengthInVideoFrames();
  }

  @Override
  public void close() {
    closeQuietly(grabber);
  }

  private static void closeQuietly(FFmpegFrameGrabber grabber) {
    try {
      grabber.release();
    } catch (FrameGrabber.Exception e) {
      // Nothing was written, so nothing is lost: what could be freed has been.
    }
  }
}
