package io.paffmem.app;

import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.synthetic.Affect;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticPerson;
import io.paffmem.pipeline.StartException;
import io.paffmem.training.FaceSet;
import io.paffmem.training.LabelledFace;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Brings faces from where they are into the form that training wants: grey squares in memory. */
final class TrainingFaces {
  /** Name of the set of photographs. */
  static final String PHOTOGRAPHS = "faces";

  /** Photographs are kept a little larger than the networks see them, to be cropped and turned. */
  private static final int PHOTOGRAPH_SIDE = 112;

  private static final int FACES_A_SYNTHETIC_PERSON = 20;

  private TrainingFaces() {}

  /**
   * Reads a data set of facial expressions.
   *
   * @param unreadable counts pictures that cannot be decoded, one increment each
   * @throws StartException if there is no picture that can be read
   */
  static FaceSet photographs(FacialExpressions dataset, Runnable unreadable) {
    List<LabelledFace> faces = new ArrayList<>();
    for (var face : dataset.faces()) {
      Optional<byte[]> grey = grey(face.image());
      if (grey.isEmpty()) {
        unreadable.run();
      } else {
        faces.add(
            new LabelledFace(
                grey.get(),
                PHOTOGRAPH_SIDE,
                face.expression().arousal(),
                face.expression().valence(),
                face.person()));
      }
    }
    if (faces.isEmpty()) {
      throw new StartException(
          "no picture of the data set can be read (%d are unreadable, %d missing); check --faces"
              .formatted(dataset.faces().size(), dataset.missingImages()));
    }
    return new FaceSet(PHOTOGRAPHS, faces);
  }

  /** Renders faces of synthetic people, their states spread evenly over the square. */
  static FaceSet synthetic(int count, long seed) {
    SyntheticPeople people = new SyntheticPeople(seed);
    SplittableRandom random = new SplittableRandom(seed);
    FaceRenderer renderer = new FaceRenderer();
    List<LabelledFace> faces = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int person = i / FACES_A_SYNTHETIC_PERSON;
      SyntheticPerson who = people.person(person);
      FaceScene scene = FaceScene.random(random);
      LabelledFace edited =
          render(renderer, who, anywhere(random), scene, "synthetic-" + person, null);
      faces.add(render(renderer, who, anywhere(random), scene, "synthetic-" + person, edited));
    }
    return new FaceSet("synthetic", faces);
  }

  private static Affect anywhere(SplittableRandom random) {
    return new Affect(2 * (float) random.nextDouble() - 1, 2 * (float) random.nextDouble() - 1);
  }

  private static LabelledFace render(
      FaceRenderer renderer,
      SyntheticPerson who,
      Affect affect,
      FaceScene scene,
      String person,
      @Nullable LabelledFace edited) {
    return new LabelledFace(
        luminance(renderer.faceCrop(who, affect, scene)),
        FaceRenderer.CROP_SIZE,
        affect.arousal(),
        affect.valence(),
        person,
        edited);
  }

  private static byte[] luminance(byte[] rgb) {
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = luminance(rgb[3 * i] & 0xFF, rgb[3 * i + 1] & 0xFF, rgb[3 * i + 2] & 0xFF);
    }
    return grey;
  }

  /** ITU-R BT.601 luma, as the networks compute it. */
  private static byte luminance(int red, int green, int blue) {
    return (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
  }

  private static byte luminance(BufferedImage image, int x, int y) {
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      // As stored; getRGB would apply a colour profile.
      int bits = image.getSampleModel().getSampleSize(0);
      return (byte) (image.getRaster().getSample(x, y, 0) >> (bits - 8));
    }
    int rgb = image.getRGB(x, y);
    return luminance(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
  }

  private static Optional<byte[]> grey(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        return Optional.empty();
      }
      byte[] grey = new byte[PHOTOGRAPH_SIDE * PHOTOGRAPH_SIDE];
      for (int row = 0; row < PHOTOGRAPH_SIDE; row++) {
        int y = row * image.getHeight() / PHOTOGRAPH_SIDE;
        for (int column = 0; column < PHOTOGRAPH_SIDE; column++) {
          int x = column * image.getWidth() / PHOTOGRAPH_SIDE;
          grey[row * PHOTOGRAPH_SIDE + column] = luminance(image, x, y);
        }
      }
      return Optional.of(grey);
    } catch (IOException | RuntimeException e) {
      // ImageIO answers damaged files with either; the caller counts them.
      return Optional.empty();
    }
  }
}
