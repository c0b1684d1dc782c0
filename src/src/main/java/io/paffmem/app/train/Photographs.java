package io.paffmem.app.train;

import io.paffmem.ingest.face.Box;
import io.paffmem.network.NetworkConfig;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.ImageDecoder.Decoded;
import io.paffmem.prior.ImageDecoder.Refused;
import io.paffmem.prior.ImageDecoder.Result;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.start.StartException;
import io.paffmem.training.faces.LabelledFace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes photographs into what training keeps in memory, grey squares; by the decoder that frames
 * go through later, on all cores. A picture that cannot be used is left out and counted.
 */
final class Photographs {
  /** As the networks see them, so that training reads what a feed's frame becomes. */
  static final int SIDE = NetworkConfig.IMAGE_SIZE;

  private static final int CHANNELS = 3;

  /** Pixels of a photograph, a byte each. */
  static final long PIXELS = SIDE * SIDE;

  /** What objects take around the pixels of a face. */
  private static final long BYTES_AROUND = 100;

  /** Part of Java's memory that a data set may have; batches and other sets want theirs. */
  private static final double SHARE_OF_MEMORY = 0.6;

  /**
   * A photograph that is not opened yet.
   *
   * @param box where the face is; null if the picture is the face
   * @param arousalError standard error of a label that was voted for, otherwise 0
   * @param valenceError the same
   */
  record Photograph(
      Path file,
      @Nullable Box box,
      float arousal,
      float valence,
      float arousalError,
      float valenceError,
      String person) {

    /** One whose label is known for sure. */
    Photograph(Path file, @Nullable Box box, float arousal, float valence, String person) {
      this(file, box, arousal, valence, 0, 0, person);
    }
  }

  private Photographs() {}

  /** What became of one picture: a face, or why it is left out. */
  private record Read(@Nullable LabelledFace face, String reason) {}

  /**
   * The faces, in the order of their photographs.
   *
   * @param leftOut counts those that cannot be used, by reason
   * @param stop asked before each picture; with true the rest is left alone
   * @throws InterruptedException if it was asked to stop
   */
  static List<LabelledFace> decode(
      List<Photograph> photographs, SortedMap<String, Integer> leftOut, BooleanSupplier stop)
      throws InterruptedException {
    List<Read> read;
    try (TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(SIDE)) {
      read =
          IntStream.range(0, photographs.size())
              .parallel()
              .mapToObj(
                  i ->
                      stop.getAsBoolean()
                          ? new Read(null, "stopped")
                          : decode(decoder, photographs.get(i)))
              .toList();
    }
    if (stop.getAsBoolean()) {
      throw new InterruptedException("stopped while reading pictures");
    }
    List<LabelledFace> faces = new ArrayList<>();
    for (Read one : read) {
      if (one.face() == null) {
        leftOut.merge(one.reason(), 1, Integer::sum);
      } else {
        faces.add(one.face());
      }
    }
    return faces;
  }

  /**
   * Refuses what would not fit, before the first picture is opened.
   *
   * @param pixels of each face, a byte each
   * @param maxBytes that Java may use
   * @throws StartException if so many faces need more
   */
  static void checkMemory(String name, long faces, long pixels, long maxBytes) {
    long needed = (long) (faces * (pixels + BYTES_AROUND) / SHARE_OF_MEMORY);
    if (needed > maxBytes) {
      throw new StartException(
          "the %,d faces of %s need %.1f GB of memory and Java may use %.1f GB; start with PAFFMEM_JAVA_OPTS=-Xmx%dg"
              .formatted(faces, name, needed / 1e9, maxBytes / 1e9, (needed >> 30) + 1));
    }
  }

  private static Read decode(ImageDecoder decoder, Photograph photograph) {
    byte[] rgb = new byte[SIDE * SIDE * CHANNELS];
    Result result;
    try {
      result = decoder.decode(Files.readAllBytes(photograph.file()), box(photograph.box()), rgb, 0);
    } catch (NoSuchFileException e) {
      return new Read(null, "missing_image");
    } catch (IOException e) {
      return new Read(null, "unreadable_file");
    }
    if (result instanceof Refused refused) {
      return new Read(null, refused.reason());
    }
    if (!(result instanceof Decoded)) {
      throw new IllegalStateException("no such result: " + result);
    }
    return new Read(
        new LabelledFace(
            luminance(rgb),
            SIDE,
            photograph.arousal(),
            photograph.valence(),
            photograph.arousalError(),
            photograph.valenceError(),
            photograph.person(),
            OptionalInt.empty()),
        "");
  }

  private static ImageDecoder.@Nullable Box box(@Nullable Box box) {
    return box == null
        ? null
        : new ImageDecoder.Box(
            Math.round(box.x()),
            Math.round(box.y()),
            Math.round(box.width()),
            Math.round(box.height()));
  }

  /** ITU-R BT.601 luma of RGB values, as the networks compute it. */
  static byte[] luminance(byte[] rgb) {
    byte[] grey = new byte[rgb.length / CHANNELS];
    for (int i = 0; i < grey.length; i++) {
      int red = rgb[CHANNELS * i] & 0xFF;
      int green = rgb[CHANNELS * i + 1] & 0xFF;
      int blue = rgb[CHANNELS * i + 2] & 0xFF;
      grey[i] = (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
    }
    return grey;
  }
}
