package io.paffmem.bench;

import io.paffmem.ingest.dataset.FerPlus;
import io.paffmem.ingest.dataset.FerPlus.VotedFace;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceCropper;
import io.paffmem.ingest.face.FaceDetector;
import io.paffmem.ingest.video.Picture;
import io.paffmem.metric.Concordance;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.schemas.avro.FaceQuality;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * What bad pictures do to the PK: photographs with known labels are made worse step by step, cut
 * out as a face in a picture is, and read.
 */
public final class QualityRates {
  /** Of an upright photograph. */
  private static final int SIDE = 96;

  private static final int[] SIDES = {48, 32, 24, 20, 16, 12, 8};
  private static final double[] BLURS = {1, 1.5, 2, 3, 4, 6};
  private static final double[] CUTS = {0.1, 0.2, 0.3, 0.4, 0.5};
  private static final int[] TURNS = {10, 20, 30, 45, 60};
  private static final float SAME_FACE = 0.25f;
  private static final int[] YAWS = {0, 10, 20, 30, 40, 90};

  /**
   * What became of the photographs in one condition.
   *
   * @param photographs how many
   * @param readable share of them that counts as readable
   * @param sharpness the mean, as it is measured
   * @param cccArousal with the labels
   * @param cccValence with the labels
   */
  public record Row(
      String condition,
      int photographs,
      double readable,
      double sharpness,
      double cccArousal,
      double cccValence) {}

  private record Photograph(BufferedImage image, float arousal, float valence) {}

  private final PriorKnowledge prior;
  private final List<Photograph> photographs;

  /** The crop is as large as the whole photograph. */
  private final FaceConfig config = FaceConfig.defaults();

  private QualityRates(PriorKnowledge prior, List<Photograph> photographs) {
    this.prior = prior;
    this.photographs = photographs;
  }

  /**
   * Measures all conditions.
   *
   * @param folder of FER+, whose part for validation is used
   * @param most photographs at most, evenly spread
   * @param detector tells how far heads are turned, and lays its boxes by the eyes; null to leave
   *     both out
   */
  public static List<Row> measure(
      PriorKnowledge prior, Path folder, int most, @Nullable FaceDetector detector)
      throws IOException {
    List<VotedFace> all = FerPlus.read(folder).faces().get(FerPlus.Part.VALIDATION);
    if (all == null || all.isEmpty()) {
      return List.of();
    }
    List<Photograph> photographs = new ArrayList<>();
    int count = Math.min(most, all.size());
    for (int i = 0; i < count; i++) {
      VotedFace voted = all.get((int) ((long) i * all.size() / count));
      BufferedImage read = ImageIO.read(voted.face().image().toFile());
      if (read != null) {
        photographs.add(
            new Photograph(
                scaled(read, SIDE, SIDE), voted.face().arousal(), voted.face().valence()));
      }
    }
    QualityRates rates = new QualityRates(prior, photographs);
    List<Row> rows = rates.conditions();
    if (detector != null) {
      rows.addAll(rates.turnedAside(detector));
      rows.addAll(rates.upright(detector));
    }
    return rows;
  }

  private List<Row> conditions() {
    List<Row> rows = new ArrayList<>();
    for (int side : SIDES) {
      rows.add(row("a face of " + side + " pixels", image -> scaled(image, side, side)));
    }
    for (double blur : BLURS) {
      rows.add(
          row(
              text("blurred by %.1f %% of its side", 100 * blur / SIDE),
              image -> blurred(image, blur)));
    }
    for (double cut : CUTS) {
      int gone = (int) Math.round(cut * SIDE);
      rows.add(row(text("%.0f %% cut off at the side", 100 * cut), image -> image, gone, 0));
      rows.add(row(text("%.0f %% cut off below", 100 * cut), image -> image, 0, gone));
    }
    for (int degrees : TURNS) {
      rows.add(row("tilted by " + degrees + " degrees", image -> tilted(image, degrees)));
    }
    return rows;
  }

  private interface Change {
    BufferedImage of(BufferedImage image);
  }

  private Row row(String condition, Change change) {
    return row(condition, change, 0, 0);
  }

  /**
   * @param left columns of the photograph that lie past the picture's left edge
   * @param below rows that lie past its lower edge
   */
  private Row row(String condition, Change change, int left, int below) {
    Sums sums = new Sums();
    try (FaceCropper cropper = new FaceCropper(config)) {
      for (Photograph photograph : photographs) {
        BufferedImage whole = change.of(photograph.image());
        BufferedImage seen = part(whole, left, below);
        sums.add(cropper, picture(seen), box(whole.getWidth(), left), null, photograph);
      }
    }
    return sums.row(condition);
  }

  /** Photographs by how far the head is turned, as the detector's landmarks say. */
  private List<Row> turnedAside(FaceDetector detector) {
    List<Sums> byYaw = new ArrayList<>();
    for (int i = 1; i < YAWS.length; i++) {
      byYaw.add(new Sums());
    }
    try (FaceCropper cropper = new FaceCropper(config)) {
      for (Photograph photograph : photographs) {
        Picture picture = amid(photograph, 0);
        Optional<Face> largest = largest(detector, picture);
        if (largest.isPresent() && largest.get().landmarks() != null) {
          Box box = amid();
          Float yaw = cropper.crop(picture, box, largest.get()).quality().getYawDegrees();
          int bin = 0;
          while (yaw != null && bin < byYaw.size() - 1 && Math.abs(yaw) >= YAWS[bin + 1]) {
            bin++;
          }
          byYaw.get(bin).add(cropper, picture, box, largest.get(), photograph);
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int bin = 0; bin < byYaw.size(); bin++) {
      rows.add(byYaw.get(bin).row("turned by " + YAWS[bin] + " to " + YAWS[bin + 1] + " degrees"));
    }
    return rows;
  }

  /**
   * Photographs that are tilted, those alone whose face is found then: cut out as they are, and by
   * the detector's box.
   */
  private List<Row> upright(FaceDetector detector) {
    List<Row> rows = new ArrayList<>();
    List<Integer> turns = new ArrayList<>(List.of(0));
    Arrays.stream(TURNS).forEach(turns::add);
    for (int degrees : turns) {
      Sums whole = new Sums();
      Sums byEyes = new Sums();
      try (FaceCropper cropper = new FaceCropper(config)) {
        for (Photograph photograph : photographs) {
          Picture picture = amid(photograph, degrees);
          Optional<Face> largest = largest(detector, picture);
          if (largest.isPresent() && largest.get().box().overlap(amid()) > SAME_FACE) {
            Face face = largest.get();
            whole.add(cropper, picture, amid(), face, photograph);
            byEyes.add(cropper, picture, face.box(), face, photograph);
          }
        }
      }
      rows.add(whole.row("found and tilted by " + degrees + " degrees, left so"));
      rows.add(byEyes.row("the same, in the detector's box"));
    }
    return rows;
  }

  private static Optional<Face> largest(FaceDetector detector, Picture picture) {
    return detector.detect(picture).stream()
        .max(Comparator.comparingDouble(face -> face.box().area()));
  }

  /** A photograph amid a larger grey picture, tilted clockwise. */
  private static Picture amid(Photograph photograph, int degrees) {
    BufferedImage canvas = new BufferedImage(4 * SIDE, 4 * SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = pen(canvas);
    pen.setColor(new Color(120, 120, 115));
    pen.fillRect(0, 0, 4 * SIDE, 4 * SIDE);
    pen.rotate(Math.toRadians(degrees), 2 * SIDE, 2 * SIDE);
    pen.drawImage(photograph.image(), SIDE, SIDE, 2 * SIDE, 2 * SIDE, null);
    pen.dispose();
    return picture(canvas);
  }

  /** The box whose crop is the whole of that photograph, as long as it is not tilted. */
  private Box amid() {
    float side = 2 * SIDE / config.cropScale();
    float from = 2 * SIDE - side / 2;
    return new Box(from, from, side, side);
  }

  private Box box(int side, int left) {
    float face = side / config.cropScale();
    float margin = (side - face) / 2;
    return new Box(margin - left, margin, face, face);
  }

  /** Faces of one condition, read as they come. */
  private final class Sums {
    private static final int BATCH = 50;

    private final int faceBytes = 3 * SIDE * SIDE;
    private final byte[] pixels = new byte[BATCH * faceBytes];
    private final List<Photograph> waiting = new ArrayList<>();
    private final Concordance arousal = new Concordance();
    private final Concordance valence = new Concordance();
    private int readable;
    private double sharpness;

    void add(
        FaceCropper cropper, Picture picture, Box box, @Nullable Face face, Photograph photograph) {
      FaceQuality quality = cropper.crop(picture, box, face).quality();
      readable += quality.getReadable() ? 1 : 0;
      sharpness += quality.getSharpness();
      System.arraycopy(cropper.rgb(picture, box), 0, pixels, waiting.size() * faceBytes, faceBytes);
      waiting.add(photograph);
      if (waiting.size() == BATCH) {
        read();
      }
    }

    private void read() {
      if (waiting.isEmpty()) {
        return;
      }
      Encodings encodings = prior.encode(pixels, waiting.size());
      for (int i = 0; i < waiting.size(); i++) {
        arousal.add(encodings.affect()[2 * i], waiting.get(i).arousal());
        valence.add(encodings.affect()[2 * i + 1], waiting.get(i).valence());
      }
      waiting.clear();
    }

    Row row(String condition) {
      read();
      int count = (int) arousal.rows();
      return new Row(
          condition,
          count,
          readable / Math.max(1.0, count),
          sharpness / Math.max(1.0, count),
          arousal.ccc().orElse(Double.NaN),
          valence.ccc().orElse(Double.NaN));
    }
  }

  // ---- pictures

  private static BufferedImage part(BufferedImage whole, int left, int below) {
    return left + below == 0
        ? whole
        : scaled(
            whole.getSubimage(left, 0, whole.getWidth() - left, whole.getHeight() - below),
            whole.getWidth() - left,
            whole.getHeight() - below);
  }

  /** By the mean of what lies under each pixel where it shrinks. */
  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = pen(scaled);
    if (width < image.getWidth()) {
      pen.drawImage(
          image.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
    } else {
      pen.drawImage(image, 0, 0, width, height, null);
    }
    pen.dispose();
    return scaled;
  }

  private static BufferedImage tilted(BufferedImage image, int degrees) {
    BufferedImage tilted =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = pen(tilted);
    pen.setColor(new Color(120, 120, 115));
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.rotate(Math.toRadians(degrees), image.getWidth() / 2.0, image.getHeight() / 2.0);
    pen.drawImage(image, 0, 0, null);
    pen.dispose();
    return tilted;
  }

  /** By a Gaussian of that standard deviation, pixels. */
  private static BufferedImage blurred(BufferedImage image, double deviation) {
    int reach = (int) Math.ceil(3 * deviation);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      kernel[i + reach] = Math.exp(-i * i / (2 * deviation * deviation));
      sum += kernel[i + reach];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] bgr = bytes(image);
    double[] across = new double[bgr.length];
    BufferedImage blurred = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] done = bytes(blurred);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          double value = 0;
          for (int i = -reach; i <= reach; i++) {
            int at = Math.max(0, Math.min(width - 1, x + i));
            value += kernel[i + reach] * (bgr[3 * (y * width + at) + c] & 0xff);
          }
          across[3 * (y * width + x) + c] = value;
        }
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          double value = 0;
          for (int i = -reach; i <= reach; i++) {
            int at = Math.max(0, Math.min(height - 1, y + i));
            value += kernel[i + reach] * across[3 * (at * width + x) + c];
          }
          done[3 * (y * width + x) + c] = (byte) Math.round(value);
        }
      }
    }
    return blurred;
  }

  private static Graphics2D pen(BufferedImage image) {
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    return pen;
  }

  private static Picture picture(BufferedImage image) {
    return new Picture(0, 0, image.getWidth(), image.getHeight(), bytes(image));
  }

  private static byte[] bytes(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
