package io.paffmem.ingest.video;

/**
 * One picture of a video, upright, three bytes a pixel.
 *
 * <p>Rows from the top, pixels from the left, each blue, green, red (the order in which FFmpeg
 * delivers and OpenCV computes), without padding: {@code bgr.length == 3 * width * height}. The
 * array belongs to the source, which may overwrite it when the next picture is asked for.
 */
public final class Picture {
  private final long index;
  private final long timestampMicros;
  private final int width;
  private final int height;
  private final byte[] bgr;

  /**
   * @param index place in the video, from 0
   * @param timestampMicros when it is shown, from the beginning of the video
   * @throws IllegalArgumentException if the array's length is not {@code 3 * width * height}
   */
  // Kept, not copied: a picture is megabytes and is looked at once.
  public Picture(long index, long timestampMicros, int width, int height, byte[] bgr) {
    if (width < 1 || height < 1 || bgr.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of "
              + width
              + " x "
              + height
              + " pixels cannot have "
              + bgr.length
              + " bytes");
    }
    this.index = index;
    this.timestampMicros = timestampMicros;
    this.width = width;
    this.height = height;
    this.bgr = bgr;
  }

  public long index() {
    return index;
  }

  public long timestampMicros() {
    return timestampMicros;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels themselves, not a copy; not to be written to. */
  public byte[] bgr() {
    return bgr;
  }
}
