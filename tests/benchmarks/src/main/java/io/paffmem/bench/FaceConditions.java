package io.paffmem.bench;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.video.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Photographs that a face fills, put into larger pictures under conditions that make faces hard to
 * find.
 */
public final class FaceConditions {
  /** Side of a face's box against the photograph that it fills. */
  private static final float FACE_OF_PHOTOGRAPH = 0.8f;

  private static final float SAME_FACE = 0.25f;

  private enum Condition {
    PLAIN("as it is, 200 of 480 pixels", 640, 480, 200, 0),
    TURNED_20("turned by 20 degrees", 640, 480, 200, 20),
    TURNED_60("turned by 60 degrees", 640, 480, 200, 60),
    PIXELS_80("80 pixels of 720", 1280, 720, 80, 0),
    PIXELS_40("40 pixels of 720", 1280, 720, 40, 0),
    HALF_OUT("its left half out of the picture", 640, 480, 200, 0),
    MASKED("mouth and nose covered", 640, 480, 200, 0),
    DARK("a quarter of the light", 640, 480, 200, 0);

    private final String text;
    private final int width;
    private final int height;
    private final int face;
    private final double degrees;

    Condition(String text, int width, int height, int face, double degrees) {
      this.text = text;
      this.width = width;
      this.height = height;
      this.face = face;
      this.degrees = degrees;
    }
  }

  /**
   * What was found under one condition.
   *
   * @param found share of the photographs whose face was found
   * @param falseFaces faces found elsewhere, for each photograph
   * @param millis CPU time of a picture
   */
  public record Row(String condition, double found, double falseFaces, double millis) {}

  private FaceConditions() {}

  /**
   * Measures a detector under all conditions.
   *
   * @param folder of JPEG or PNG files, searched with its folders
   * @param most photographs at most, evenly spread over the files in the order of their names
   */
  public static List<Row> measure(FaceDetector detector, Path folder, int most) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(FaceConditions::isPicture).sorted().forEach(files::add);
    }
    List<BufferedImage> photographs = new ArrayList<>();
    for (int i = 0; i < Math.min(most, files.size()); i++) {
      Path file = files.get((int) ((long) i * files.size() / Math.min(most, files.size())));
      BufferedImage read = ImageIO.read(file.toFile());
      if (read != null) {
        photographs.add(read);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Condition condition : Condition.values()) {
      rows.add(measure(detector, photographs, condition));
    }
    return rows;
  }

  private static boolean isPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  private static Row measure(
      FaceDetector detector, List<BufferedImage> photographs, Condition condition) {
    int found = 0;
    int elsewhere = 0;
    long nanos = 0;
    var threads = ManagementFactory.getThreadMXBean();
    for (BufferedImage photograph : photographs) {
      float side = condition.face / FACE_OF_PHOTOGRAPH;
      float middleX = condition == Condition.HALF_OUT ? 0 : condition.width / 2f;
      float middleY = condition.height / 2f;
      Picture picture = picture(photograph, condition, side, middleX, middleY);
      float half = condition.face / 2f;
      Box truth = new Box(middleX - half, middleY - half, condition.face, condition.face);
      long begin = threads.getCurrentThreadCpuTime();
      List<Face> faces = detector.detect(picture);
      nanos += threads.getCurrentThreadCpuTime() - begin;
      boolean there = false;
      for (Face face : faces) {
        boolean same = face.box().overlap(truth) >= SAME_FACE;
        there |= same;
        elsewhere += same ? 0 : 1;
      }
      found += there ? 1 : 0;
    }
    double count = Math.max(1, photographs.size());
    return new Row(condition.text, found / count, elsewhere / count, nanos / 1e6 / count);
  }

  private static Picture picture(
      BufferedImage photograph, Condition condition, float side, float middleX, float middleY) {
    BufferedImage image =
        new BufferedImage(condition.width, condition.height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    pen.setColor(new Color(120, 120, 115));
    pen.fillRect(0, 0, condition.width, condition.height);
    pen.rotate(Math.toRadians(condition.degrees), middleX, middleY);
    int left = Math.round(middleX - side / 2);
    int top = Math.round(middleY - side / 2);
    pen.drawImage(photograph, left, top, Math.round(side), Math.round(side), null);
    if (condition == Condition.MASKED) {
      pen.setColor(new Color(170, 190, 200));
      pen.fillRect(
          Math.round(left + 0.15f * side),
          Math.round(top + 0.55f * side),
          Math.round(0.7f * side),
          Math.round(0.35f * side));
    }
    pen.dispose();
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    if (condition == Condition.DARK) {
      for (int i = 0; i < bgr.length; i++) {
        bgr[i] = (byte) ((bgr[i] & 0xff) / 4);
      }
    }
    return new Picture(0, 0, condition.width, condition.height, bgr);
  }
}
