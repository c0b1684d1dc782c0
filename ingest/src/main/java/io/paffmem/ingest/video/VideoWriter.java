package io.paffmem.ingest.video;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes pictures as a video, H.264 where FFmpeg has an encoder for it, else MPEG-4; the file's
 * name decides the container (.mp4, .mov, .mkv). Used by one thread.
 */
public final class VideoWriter implements AutoCloseable {
  /** Little enough to be sent, and faces keep their features. */
  private static final double BITS_A_PIXEL = 0.15;

  private static final int LEAST_BITS_A_SECOND = 400_000;
  private static final String OPEN_H264 = "libopenh264";

  private final Path file;
  private final FFmpegFrameRecorder recorder;
  private final Frame frame;
  private final int width;
  private final int height;
  private long lastMicros = -1;

  private VideoWriter(Path file, FFmpegFrameRecorder recorder, Frame frame, int width, int height) {
    this.file = file;
    this.recorder = recorder;
    this.frame = frame;
    this.width = width;
    this.height = height;
  }

  /**
   * Begins a video; a file of that name is replaced.
   *
   * @param width of the pictures in pixels; the last column of an odd number is left out, and so
   *     with rows
   * @param framesPerSecond about how many come; above 0
   * @throws VideoException if it cannot be written
   */
  public static VideoWriter create(Path file, int width, int height, double framesPerSecond) {
    int evenWidth = Math.max(2, width / 2 * 2);
    int evenHeight = Math.max(2, height / 2 * 2);
    FFmpegFrameRecorder recorder =
        new FFmpegFrameRecorder(file.toAbsolutePath().toString(), evenWidth, evenHeight);
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    try {
      if (hasEncoder(OPEN_H264)) {
        recorder.setVideoCodecName(OPEN_H264);
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
      } else {
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_MPEG4);
      }
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(framesPerSecond);
      recorder.setVideoBitrate(
          (int)
              Math.max(
                  LEAST_BITS_A_SECOND,
                  Math.min(20e6, BITS_A_PIXEL * evenWidth * evenHeight * framesPerSecond)));
      recorder.start();
    } catch (FFmpegFrameRecorder.Exception e) {
      // It has released what it had; closing it would write to what was never open.
      throw new VideoException(
          file
              + " cannot be written; name a file that ends with .mp4, .mov or .mkv, in a folder that"
              + " is there.",
          e);
    }
    return new VideoWriter(
        file,
        recorder,
        new Frame(evenWidth, evenHeight, Frame.DEPTH_UBYTE, 3),
        evenWidth,
        evenHeight);
  }

  private static boolean hasEncoder(String name) {
    @Nullable AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
    return codec != null && !codec.isNull();
  }

  /**
   * Adds a picture.
   *
   * @param bgr its pixels, as {@link Picture#bgr} has them
   * @param pictureWidth its width, that of the video, or one more
   * @param micros when it is shown, from the beginning
   * @throws VideoException if it cannot be written
   */
  public void write(byte[] bgr, int pictureWidth, long micros) {
    if (pictureWidth < width || bgr.length < 3L * pictureWidth * height) {
      throw new IllegalArgumentException(
          "%d bytes, %d pixels a row, are no picture of %d x %d"
              .formatted(bgr.length, pictureWidth, width, height));
    }
    ByteBuffer into = (ByteBuffer) frame.image[0];
    for (int y = 0; y < height; y++) {
      into.position(y * frame.imageStride);
      into.put(bgr, 3 * y * pictureWidth, 3 * width);
    }
    into.position(0);
    try {
      if (micros > lastMicros && micros > recorder.getTimestamp()) {
        recorder.setTimestamp(micros);
      }
      lastMicros = micros;
      recorder.record(frame, avutil.AV_PIX_FMT_BGR24);
    } catch (FFmpegFrameRecorder.Exception e) {
      throw new VideoException(file + " cannot be written any more; is the disk full?", e);
    }
  }

  /**
   * Completes the file.
   *
   * @throws VideoException if it cannot be written
   */
  @Override
  public void close() {
    frame.close();
    try {
      recorder.close();
    } catch (FrameRecorder.Exception e) {
      throw new VideoException(file + " cannot be completed; is the disk full?", e);
    }
  }
}
