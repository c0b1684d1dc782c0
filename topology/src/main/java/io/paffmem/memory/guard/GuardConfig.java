package io.paffmem.memory.guard;

/**
 * When a {@link FaceGuard} takes a face for another person's. Similarities are cosines of looks, in
 * [-1, 1].
 *
 * @param firstFrames frames that the description of a person is made of, 3 or more
 * @param together similarity from which two of these show one person
 * @param bound similarity below which a face is a stranger's
 * @param fall how far the similarity may lie below that of the same stream so far
 * @param levelFrames frames of a stream after which its own level counts, 1 or more
 * @param levelShare part of that level that one frame makes up at least, in (0, 1]
 * @param jump change from one frame to the next that is no noise, above 0
 * @param smoothingMillis over how long smaller changes are averaged, above 0
 * @param pauseMillis without frames after which a stream begins as one frame, above 0
 * @param relaxMillis without a face of the person after which a stream's level counts no more,
 *     above 0
 * @param updateMillis between changes of the description, above 0
 * @param horizon how many of these it reaches back, 1 or more
 */
public record GuardConfig(
    int firstFrames,
    double together,
    double bound,
    double fall,
    int levelFrames,
    double levelShare,
    double jump,
    double smoothingMillis,
    double pauseMillis,
    double relaxMillis,
    double updateMillis,
    int horizon) {

  public GuardConfig {
    require(firstFrames >= 3, "firstFrames", firstFrames, "at least 3");
    require(Math.abs(together) <= 1, "together", together, "in [-1, 1]");
    require(Math.abs(bound) <= 1, "bound", bound, "in [-1, 1]");
    require(fall > 0, "fall", fall, "above 0");
    require(levelFrames >= 1, "levelFrames", levelFrames, "at least 1");
    require(levelShare > 0 && levelShare <= 1, "levelShare", levelShare, "in (0, 1]");
    require(jump > 0, "jump", jump, "above 0");
    require(smoothingMillis > 0, "smoothingMillis", smoothingMillis, "above 0");
    require(pauseMillis > 0, "pauseMillis", pauseMillis, "above 0");
    require(relaxMillis > 0, "relaxMillis", relaxMillis, "above 0");
    require(updateMillis > 0, "updateMillis", updateMillis, "above 0");
    require(horizon >= 1, "horizon", horizon, "at least 1");
  }

  /**
   * What was found best for the network in the box; {@code docs/evaluation.md} has what it does.
   */
  public static GuardConfig standard() {
    return new GuardConfig(25, 0.5, 0.45, 0.075, 10, 0.03, 0.16, 250, 2_000, 60_000, 1_000, 300);
  }

  /** The same with a description of so many frames. */
  public GuardConfig withFirstFrames(int frames) {
    return new GuardConfig(
        frames,
        together,
        bound,
        fall,
        levelFrames,
        levelShare,
        jump,
        smoothingMillis,
        pauseMillis,
        relaxMillis,
        updateMillis,
        horizon);
  }

  private static void require(boolean holds, String name, Number value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + allowed);
    }
  }
}
