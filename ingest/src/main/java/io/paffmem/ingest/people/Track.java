package io.paffmem.ingest.people;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Look;
import org.jspecify.annotations.Nullable;

/** One person of a stream, and where they were last. */
final class Track {
  /** Of one who has not been seen often enough. */
  static final int NO_NUMBER = 0;

  private static final double NEW_LOOK = 0.1;
  private static final double NEW_SPEED = 0.3;

  final Look place = new Look();
  final float[] look;
  int number = NO_NUMBER;
  int hits; // pictures in which no other face overlapped it
  int pictures = 1;
  int missed;
  long seenMicros;

  /** Null where a cut, or too long a time, lies between. */
  @Nullable Box box;

  private double speedX; // pixels a second, of the middle
  private double speedY;

  Track(Box box, float[] look, boolean crowded, long micros) {
    this.box = box;
    this.look = look;
    this.seenMicros = micros;
    this.hits = crowded ? 0 : 1;
  }

  /** Where it is likely to be, from how it moved. */
  Box expected(Box from, double seconds) {
    // A face that is not seen mostly slows down or turns round.
    double moved = Math.min(seconds, 0.5);
    return new Box(
        (float) (from.x() + speedX * moved),
        (float) (from.y() + speedY * moved),
        from.width(),
        from.height());
  }

  void moved(Box from, Box to, double seconds) {
    if (seconds > 0) {
      double x = (to.x() + to.width() / 2 - from.x() - from.width() / 2) / seconds;
      double y = (to.y() + to.height() / 2 - from.y() - from.height() / 2) / seconds;
      speedX += NEW_SPEED * (x - speedX);
      speedY += NEW_SPEED * (y - speedY);
    }
  }

  /** Whoever comes back stands still until they are seen to move. */
  void stop() {
    speedX = 0;
    speedY = 0;
  }

  void learn(float[] seen) {
    for (int i = 0; i < look.length; i++) {
      // The first ones all count the same.
      look[i] += (float) (Math.max(NEW_LOOK, 1.0 / hits) * (seen[i] - look[i]));
    }
  }
}
