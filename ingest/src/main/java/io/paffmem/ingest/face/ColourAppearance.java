package io.paffmem.ingest.face;

import io.paffmem.ingest.video.Picture;

/**
 * Histograms of the colours of face, hair and clothes, and the face's own light and dark, coarsely.
 * Hair and clothes hang on a person as long as a stream goes, and tell more than the face does at
 * this size. Histograms are compared by Bhattacharyya's coefficient.
 */
final class ColourAppearance implements Appearance {
  private static final int PATCH_SIDE = 8;
  private static final int PATCH = PATCH_SIDE * PATCH_SIDE;

  /** Where the points of one cell of the patch lie in it. */
  private static final float[] WITHIN = {1 / 6f, 3 / 6f, 5 / 6f};

  private static final int HUES = 8;
  private static final int LEVELS = 8;
  private static final int HISTOGRAM = HUES * HUES + LEVELS;

  /** How far the two opponent colours go, as shares of the sum of red, green and blue. */
  private static final float MOST_COLOUR = 0.35f;

  /** Below this share of a region within the picture, it says nothing. */
  private static final float LEAST_INSIDE = 0.3f;

  /**
   * A part of a person, in sides of the face's box from its upper left corner, with its points and
   * how much it counts.
   */
  private record Region(
      float left, float top, float right, float bottom, int across, int down, float weight) {}

  private static final Region[] REGIONS = {
    new Region(0.1f, 0.1f, 0.9f, 0.95f, 16, 16, 0.25f),
    new Region(0, -0.35f, 1, 0, 16, 6, 0.25f),
    new Region(-0.4f, 1.3f, 1.4f, 2.1f, 18, 8, 0.35f)
  };

  private static final float PATCH_WEIGHT = 0.15f;

  /** Coefficients of histograms that have little in common; below is nothing. */
  private static final float UNLIKE = 0.4f;

  @Override
  public float[] describe(Picture picture, Box face) {
    // The patch; then of each region its histograms and whether it could be seen.
    float[] description = new float[PATCH + REGIONS.length * (HISTOGRAM + 1)];
    patch(picture, face, description);
    for (int i = 0; i < REGIONS.length; i++) {
      histogram(picture, face, REGIONS[i], description, PATCH + i * (HISTOGRAM + 1));
    }
    return description;
  }

  private static void patch(Picture picture, Box face, float[] into) {
    byte[] bgr = picture.bgr();
    float sum = 0;
    for (int row = 0; row < PATCH_SIDE; row++) {
      for (int column = 0; column < PATCH_SIDE; column++) {
        float green = 0;
        for (float down : WITHIN) {
          float y = face.y() + (row + down) * face.height() / PATCH_SIDE;
          for (float right : WITHIN) {
            float x = face.x() + (column + right) * face.width() / PATCH_SIDE;
            green += bgr[pixel(picture, x, y) + 1] & 0xff;
          }
        }
        into[row * PATCH_SIDE + column] = green;
        sum += green;
      }
    }
    float squares = 0;
    for (int i = 0; i < PATCH; i++) {
      into[i] -= sum / PATCH;
      squares += into[i] * into[i];
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < PATCH; i++) {
      into[i] = length == 0 ? 0 : into[i] / length;
    }
  }

  private static void histogram(
      Picture picture, Box face, Region region, float[] into, int offset) {
    byte[] bgr = picture.bgr();
    int inside = 0;
    for (int row = 0; row < region.down; row++) {
      float down = region.top + (row + 0.5f) * (region.bottom - region.top) / region.down;
      float y = face.y() + down * face.height();
      for (int column = 0; column < region.across; column++) {
        float right = region.left + (column + 0.5f) * (region.right - region.left) / region.across;
        float x = face.x() + right * face.width();
        if (x >= 0 && y >= 0 && x < picture.width() && y < picture.height()) {
          inside++;
          int at = pixel(picture, x, y);
          count(bgr[at] & 0xff, bgr[at + 1] & 0xff, bgr[at + 2] & 0xff, into, offset);
        }
      }
    }
    boolean seen = inside >= LEAST_INSIDE * region.across * region.down;
    for (int i = 0; i < HISTOGRAM; i++) {
      into[offset + i] = seen ? into[offset + i] / inside : 0;
    }
    into[offset + HISTOGRAM] = seen ? 1 : 0;
  }

  /** Spreads a pixel over the bins next to it, so that a little more light moves it a little. */
  private static void count(int blue, int green, int red, float[] into, int offset) {
    float sum = red + green + blue + 30f;
    float across = place((red - green) / sum, HUES);
    float down = place((2 * blue - red - green) / (2 * sum), HUES);
    int column = (int) across;
    int row = (int) down;
    float right = across - column;
    float below = down - row;
    int bin = offset + row * HUES + column;
    into[bin] += (1 - right) * (1 - below);
    into[bin + 1] += right * (1 - below);
    into[bin + HUES] += (1 - right) * below;
    into[bin + HUES + 1] += right * below;
    float level = Math.min(LEVELS - 1.001f, (red + 2 * green + blue) / 1024f * (LEVELS - 1));
    int step = (int) level;
    into[offset + HUES * HUES + step] += 1 - (level - step);
    into[offset + HUES * HUES + step + 1] += level - step;
  }

  private static float place(float colour, int bins) {
    float share = (colour + MOST_COLOUR) / (2 * MOST_COLOUR);
    return Math.max(0, Math.min(bins - 1.001f, share * (bins - 1)));
  }

  private static int pixel(Picture picture, float x, float y) {
    int column = Math.max(0, Math.min(picture.width() - 1, (int) x));
    int row = Math.max(0, Math.min(picture.height() - 1, (int) y));
    return 3 * (row * picture.width() + column);
  }

  @Override
  public float likeness(float[] one, float[] other) {
    float patches = 0;
    for (int i = 0; i < PATCH; i++) {
      patches += one[i] * other[i];
    }
    float sum = PATCH_WEIGHT * Math.max(0, Math.min(1, patches));
    float weights = PATCH_WEIGHT;
    for (int i = 0; i < REGIONS.length; i++) {
      int from = PATCH + i * (HISTOGRAM + 1);
      // Of a mean, the share of pictures in which the region could be seen.
      float seen = Math.min(one[from + HISTOGRAM], other[from + HISTOGRAM]);
      if (seen > 0.2f) {
        float colour = overlap(one, other, from, HUES * HUES);
        float level = overlap(one, other, from + HUES * HUES, LEVELS);
        float alike = 0.7f * colour + 0.3f * level;
        sum += REGIONS[i].weight * Math.max(0, (alike - UNLIKE) / (1 - UNLIKE));
        weights += REGIONS[i].weight;
      }
    }
    return sum / weights;
  }

  private static float overlap(float[] one, float[] other, int from, int bins) {
    float sum = 0;
    float ofOne = 0;
    float ofOther = 0;
    for (int i = from; i < from + bins; i++) {
      sum += (float) Math.sqrt(one[i] * other[i]);
      ofOne += one[i];
      ofOther += other[i];
    }
    return ofOne == 0 || ofOther == 0 ? 0 : sum / (float) Math.sqrt(ofOne * ofOther);
  }
}
