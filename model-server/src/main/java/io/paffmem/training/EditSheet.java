package io.paffmem.training;

import io.paffmem.network.NetworkConfig;
import io.paffmem.training.faces.FaceSet;
import io.paffmem.training.faces.LabelledFace;
import io.paffmem.training.graph.TrainingGraph;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A picture of edited faces: a row a face, first itself, then sad, angry, neutral, surprised,
 * happy.
 */
final class EditSheet {
  private static final int FACES = 8;
  private static final float[][] EDITS = {
    {-0.35f, -0.7f}, {0.65f, -0.6f}, {0, 0}, {0.75f, 0.2f}, {0.35f, 0.8f}
  };

  private EditSheet() {}

  /** Writes {@code edited-SET-STEP.png} into the folder. */
  static void write(TrainingGraph graph, FaceSet set, long step, Path folder) throws IOException {
    int size = NetworkConfig.IMAGE_SIZE;
    int count = Math.min(FACES, set.faces().size());
    List<LabelledFace> faces = set.faces().subList(0, count);
    byte[] grey = Validation.plain(faces);
    BufferedImage sheet =
        new BufferedImage((1 + EDITS.length) * size, count * size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < grey.length; i++) {
      int value = grey[i] & 0xFF;
      sheet.setRGB(i % size, i / size, value << 16 | value << 8 | value);
    }
    for (int e = 0; e < EDITS.length; e++) {
      float[] wished = new float[2 * count];
      for (int i = 0; i < count; i++) {
        wished[2 * i] = EDITS[e][0];
        wished[2 * i + 1] = EDITS[e][1];
      }
      byte[] rgb = graph.edit(grey, wished, count);
      for (int i = 0; i < rgb.length / 3; i++) {
        int colour =
            (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | (rgb[3 * i + 2] & 0xFF);
        sheet.setRGB((1 + e) * size + i % size, i / size, colour);
      }
    }
    Path file = folder.resolve(String.format(Locale.ROOT, "edited-%s-%06d.png", set.name(), step));
    if (!ImageIO.write(sheet, "png", file.toFile())) {
      throw new IOException("this Java writes no PNG to " + file);
    }
  }
}
