package io.paffmem.ingest.face;

/**
 * How faces are looked for, followed and cut out.
 *
 * @param searchSide longer side of the picture that is searched, pixels; larger pictures are scaled
 *     down to it, smaller ones are left as they are; 64 to 4096
 * @param pyramidStep how much larger each size of face is than the one before in the search, over 1
 *     to 2
 * @param minNeighbours how many overlapping hits make a face; fewer finds more, and more that is
 *     none; 1 to 100
 * @param minFace smallest face, as a part of the picture's shorter side; over 0 to 1
 * @param fullSearchEvery every how many pictures the whole picture is searched while a face is
 *     being followed; between, only its surroundings are, unless it is not found there; 1 (always)
 *     or more
 * @param nearSide side of the followed face, pixels, to which its surroundings are scaled down
 *     before they are searched; smaller faces are left as they are; 24 to 4096
 * @param smoothing weight of a new detection against the box so far, over 0 to 1 (no smoothing)
 * @param sameFace smallest overlap (intersection over union) at which a detection is taken to be
 *     the face that is being followed; over 0 to 1
 * @param maxCarried for how many pictures in a row the last box stands in for a missed detection; 0
 *     or more
 * @param sameLook smallest correlation between what the box shows now and at the last detection for
 *     the box to be carried; -1 to 1
 * @param unlike likeness of two looks below which they are of two people, 0 to 1
 * @param alike likeness of two looks from which they are of one person, {@code unlike} to 1
 * @param cropScale side of the crop as a multiple of the box; 0.5 to 4
 * @param jpegQuality 1 to 100
 */
public record FaceConfig(
    int searchSide,
    double pyramidStep,
    int minNeighbours,
    double minFace,
    int fullSearchEvery,
    int nearSide,
    float smoothing,
    float sameFace,
    int maxCarried,
    double sameLook,
    float unlike,
    float alike,
    float cropScale,
    int jpegQuality) {

  /** Side of a crop in pixels, as the networks expect it. */
  public static final int CROP_SIDE = 96;

  /**
   * @throws IllegalArgumentException naming the value that is out of its range
   */
  public FaceConfig {
    require("searchSide", searchSide, 64, 4096);
    require("pyramidStep", pyramidStep, 1.01, 2);
    require("minNeighbours", minNeighbours, 1, 100);
    require("minFace", minFace, 0.001, 1);
    require("fullSearchEvery", fullSearchEvery, 1, Integer.MAX_VALUE);
    require("nearSide", nearSide, 24, 4096);
    require("smoothing", smoothing, 0.001, 1);
    require("sameFace", sameFace, 0.001, 1);
    require("maxCarried", maxCarried, 0, Integer.MAX_VALUE);
    require("sameLook", sameLook, -1, 1);
    require("unlike", unlike, 0, 1);
    require("alike", alike, unlike, 1);
    require("cropScale", cropScale, 0.5, 4);
    require("jpegQuality", jpegQuality, 1, 100);
  }

  /**
   * For video of people who face the camera.
   *
   * <p>The crop is 5 % larger than the detector's box because the pictures that the networks learn
   * from are: looked for in those, the box has a median of 0.955 of their width, centred. A box is
   * carried for five pictures, a fifth of a second; over that time the correlation of a moving face
   * with itself stays above 0.65 and falls to about 0.15 at a change of scene.
   */
  public static FaceConfig defaults() {
    return new FaceConfig(320, 1.1, 5, 0.12, 50, 50, 0.35f, 0.3f, 5, 0.5, 0.55f, 0.8f, 1.05f, 92);
  }

  private static void require(String name, double value, double least, double most) {
    // Written so that NaN fails too.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s is %s; allowed is %s to %s".formatted(name, value, least, most));
    }
  }
}
