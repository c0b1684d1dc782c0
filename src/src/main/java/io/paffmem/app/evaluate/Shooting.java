package io.paffmem.app.evaluate;

import io.paffmem.ingest.synthetic.Camera;
import io.paffmem.ingest.synthetic.Mood;
import java.util.Locale;

/**
 * How videos of synthetic people are made.
 *
 * @param framesPerSecond of what is evaluated
 * @param seconds of each video
 * @param then what comes after it, a day later
 * @param isTaught whether two videos of the same person come before it, a day apart, at which the
 *     memory can be taught: round the square, and as in a call
 */
record Shooting(
    Mood mood, Camera camera, double framesPerSecond, double seconds, Then then, boolean isTaught) {
  /** What follows under the same name. */
  enum Then {
    NOTHING,
    /** A second video of the same person in another room and light, with glasses on or off. */
    OTHER_SCENE,
    /** A video of the next person. */
    OTHER_PERSON
  }

  /** Everybody goes round the square, at 25 frames a second. */
  static Shooting roam(double seconds) {
    return new Shooting(Mood.ROAM, Camera.STEADY, 25, seconds, Then.NOTHING, false);
  }

  Shooting with(Mood other) {
    return new Shooting(other, camera, framesPerSecond, seconds, then, isTaught);
  }

  /** For people to read. */
  String named() {
    String name =
        "%s, %s frames a second, %s s"
            .formatted(
                mood.name().toLowerCase(Locale.ROOT), plain(framesPerSecond), plain(seconds));
    name += isTaught ? ", the third video, the memory taught at the first two" : "";
    name += camera == Camera.RESTLESS ? ", restless camera" : "";
    return switch (then) {
      case NOTHING -> name;
      case OTHER_SCENE -> name + ", the second video, in another scene";
      case OTHER_PERSON -> name + ", the second video, of another person";
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
