package io.paffmem.ingest.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * A video file, decoded by FFmpeg: whatever container and codec that knows, pictures turned upright
 * as the file's display matrix says (recordings of a phone held upright).
 */
public final class VideoFile implements VideoSource {
  // 16,384 x 16,384: a file that claims more is broken or hostile, and would take gigabytes.
  private static final long MAX_PIXELS = 1L << 28;

  static {
    // Otherwise FFmpeg writes its own remarks straight to the terminal, past every logger.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private final Path path;
  private final FFmpegFrameGrabber grabber;
  private final QuarterTurns quarterTurns;
  private final long startedAtMillis;
  private byte[] bgr = new byte[0];
  private byte[] upright = new byte[0];
  private long nextIndex;
  private long lastMicros;

  private VideoFile(Path path, FFmpegFrameGrabber grabber, long startedAtMillis) {
    this.path = path;
    this.grabber = grabber;
    this.startedAtMillis = startedAtMillis;
    this.quarterTurns = QuarterTurns.toUndo(grabber.getDisplayRotation());
  }

  /**
   * Opens a video.
   *
   * @throws VideoException if there is no such file, it is a folder, it cannot be read, it is no
   *     video, or it holds no pictures; the message names the file and what to do
   */
  public static VideoFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new VideoException(path + " is a folder; name one video file in it.");
    }
    if (!Files.exists(path)) {
      throw new VideoException("There is no file " + path + "; check the path of the video.");
    }
    if (!Files.isReadable(path)) {
      throw new VideoException(path + " cannot be read; check the permissions of the video.");
    }
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(path.toAbsolutePath().toString());
    // A playlist given as a video must not make FFmpeg open connections.
    grabber.setOption("protocol_whitelist", "file");
    boolean opened = false;
    try {
      start(path, grabber);
      VideoFile video = new VideoFile(path, grabber, startedAtMillis(path, grabber));
      opened = true;
      return video;
    } finally {
      if (!opened) {
        closeQuietly(grabber);
      }
    }
  }

  private static void start(Path path, FFmpegFrameGrabber grabber) {
    try {
      grabber.start();
    } catch (FrameGrabber.Exception e) {
      throw new VideoException(
          path
              + " is not a video that FFmpeg can read; check that it is complete, or convert it,"
              + " for example to MP4.",
          e);
    }
    if (!grabber.hasVideo() || grabber.getImageWidth() < 1 || grabber.getImageHeight() < 1) {
      throw new VideoException(
          path + " holds no video stream (only sound?); name a file with pictures.");
    }
    if ((long) grabber.getImageWidth() * grabber.getImageHeight() > MAX_PIXELS) {
      throw new VideoException(
          "%s has pictures of %d x %d pixels, more than can be handled; scale it down first."
              .formatted(path, grabber.getImageWidth(), grabber.getImageHeight()));
    }
  }

  /** What the recording device wrote, else when the file was last changed. */
  private static long startedAtMillis(Path path, FFmpegFrameGrabber grabber) {
    String written = grabber.getMetadata("creation_time");
    if (written != null) {
      try {
        long millis = Instant.parse(written).toEpochMilli();
        // Devices without a clock write the epoch of their format.
        if (millis > 0) {
          return millis;
        }
      } catch (DateTimeParseException e) {
        // A free text field of the container: whatever is no time is as good as absent.
      }
    }
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      throw new VideoException(path + " cannot be read any more; check that it is still there.", e);
    }
  }

  @Override
  public @Nullable Picture next() {
    Frame frame;
    try {
      frame = grabber.grabImage();
    } catch (FrameGrabber.Exception e) {
      throw new VideoException(
          path + " cannot be decoded after picture " + nextIndex + "; the file may be damaged.", e);
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

  @Override
  public long startedAtMillis() {
    return startedAtMillis;
  }

  @Override
  public OptionalLong estimatedPictures() {
    int pictures = grabber.getLengthInVideoFrames();
    return pictures > 0 ? OptionalLong.of(pictures) : OptionalLong.empty();
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
