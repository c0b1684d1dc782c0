package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Small videos made for a test, without loss: picture {@code i} is of grey level {@code 10 i}. */
final class MadeVideo {
  static final int WIDTH = 64;
  static final int HEIGHT = 48;
  static final int FPS = 25;

  private MadeVideo() {}

  /**
   * @param cornerLevel grey level of the upper left 16x16 pixels as they are stored
   * @param clockwiseQuarters by how many quarters a player is told to turn the pictures
   */
  static void write(Path file, int pictures, int cornerLevel, int clockwiseQuarters)
      throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toString(), WIDTH, HEIGHT);
        Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat("mov");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_PNG);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
      recorder.setFrameRate(FPS);
      recorder.start();
      for (int i = 0; i < pictures; i++) {
        ByteBuffer pixels = (ByteBuffer) frame.image[0];
        for (int y = 0; y < HEIGHT; y++) {
          for (int x = 0; x < 3 * WIDTH; x++) {
            int level = y < 16 && x < 3 * 16 ? cornerLevel : 10 * i;
            pixels.put(y * frame.imageStride + x, (byte) level);
          }
        }
        recorder.record(frame);
      }
    }
    if (clockwiseQuarters != 0) {
      writeDisplayMatrix(file, clockwiseQuarters);
    }
  }

  /** By hand, since the recorder of JavaCV 1.5.13 crashes when it is told a rotation. */
  private static void writeDisplayMatrix(Path file, int clockwiseQuarters) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int header = new String(bytes, ISO_8859_1).indexOf("tkhd");
    int cosine = new int[] {1, 0, -1, 0}[clockwiseQuarters];
    int sine = new int[] {0, 1, 0, -1}[clockwiseQuarters];
    // QuickTime's track header, version 0: the matrix a b u c d v x y w starts 44 bytes after the
    // name; a to d are fixed-point numbers of 16.16 bits.
    ByteBuffer.wrap(bytes)
        .putInt(header + 44, cosine << 16)
        .putInt(header + 48, sine << 16)
        .putInt(header + 56, -sine << 16)
        .putInt(header + 60, cosine << 16);
    Files.write(file, bytes);
  }

  /** A file with sound and no pictures. */
  static void writeSound(Path file) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toString(), 1)) {
      recorder.setFormat("wav");
      recorder.setAudioCodec(avcodec.AV_CODEC_ID_PCM_S16LE);
      recorder.setSampleRate(8000);
      recorder.start();
      recorder.recordSamples(8000, 1, ShortBuffer.allocate(800));
    }
  }
}
