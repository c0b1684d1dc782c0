package io.paffmem.imagine;

import io.paffmem.prior.Activations;
import io.paffmem.prior.PriorKnowledge;
import org.jspecify.annotations.Nullable;

/** One face with other expressions, drawn into a sheet. */
public final class ImaginedFaces {
  private static final float[] FIGURE_2 = {-1, -1, 0, 0, 1, 1};

  private final PriorKnowledge prior;
  private final float[] z;

  /**
   * The face to begin with.
   *
   * @param z [latentSize], each in [-1, 1]
   */
  public ImaginedFaces(PriorKnowledge prior, float[] z) {
    this.prior = prior;
    this.z = z;
  }

  /** An even grid over the square, its edges included: steps x steps x 2, arousal row by row. */
  public static float[] grid(int steps) {
    float[] grid = new float[steps * steps * 2];
    for (int row = 0; row < steps; row++) {
      for (int column = 0; column < steps; column++) {
        int cell = row * steps + column;
        grid[2 * cell] = -1 + 2f * row / (steps - 1);
        grid[2 * cell + 1] = -1 + 2f * column / (steps - 1);
      }
    }
    return grid;
  }

  /** The expressions of Figure 2: (arousal, valence) each. */
  public static float[] figure2() {
    return FIGURE_2.clone();
  }

  /** Draws the square from a column on: arousal upwards, valence rightwards. */
  public void drawSquare(FaceSheet sheet, int column, int steps) {
    byte[] faces = imagine(grid(steps));
    for (int cell = 0; cell < steps * steps; cell++) {
      sheet.face(column + cell % steps, steps - 1 - cell / steps, faces, cell * faceBytes());
    }
  }

  /**
   * Draws Figure 2: the edited faces in a row, below each the same with its mean activation.
   *
   * @param original RGB, drawn as the first of the row; null for the edited faces alone
   */
  public void drawFigure2(FaceSheet sheet, byte @Nullable [] original) {
    int before = original == null ? 0 : 1;
    int count = before + FIGURE_2.length / 2;
    byte[] faces = new byte[count * faceBytes()];
    if (original != null) {
      System.arraycopy(original, 0, faces, 0, faceBytes());
    }
    byte[] edited = imagine(FIGURE_2);
    System.arraycopy(edited, 0, faces, before * faceBytes(), edited.length);
    Activations seen = prior.activations(faces, count);
    float largest = 0;
    for (float mean : seen.means()) {
      largest = Math.max(largest, mean);
    }
    for (int column = 0; column < count; column++) {
      sheet.face(column, 0, faces, column * faceBytes());
      sheet.face(column, 1, faces, column * faceBytes());
      sheet.heat(column, 1, seen, column, largest);
    }
  }

  private byte[] imagine(float[] expressions) {
    int faces = expressions.length / 2;
    float[] repeated = new float[faces * z.length];
    for (int face = 0; face < faces; face++) {
      System.arraycopy(z, 0, repeated, face * z.length, z.length);
    }
    return prior.generate(repeated, expressions, faces);
  }

  private int faceBytes() {
    return prior.imageSize() * prior.imageSize() * 3;
  }
}
