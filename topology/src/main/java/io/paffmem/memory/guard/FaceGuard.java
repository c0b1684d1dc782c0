package io.paffmem.memory.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * The guard of a memory: tells whether a frame shows the person whose memory it is. It looks at
 * nothing but the looks of the person's frames, in their order, and at when they were seen.
 *
 * <pre>
 *   first frames    one of them has most others at a similarity of {@code together} or more. If it
 *                   and these are more than half, the description is their mean; else the oldest
 *                   makes room for the next. Until then nothing is said.
 *   similarity      s = cos(look, description)
 *   now             n &lt;- n + (1 - exp(-dt / smoothing)) (s - n); n &lt;- s where |s - n| > jump
 *   bound           b = max(bound, level - fall), level the mean s of the person's faces on this
 *                   stream; the bound alone where that is not known
 *   the person's    n >= b: level and description follow it
 *   a stranger's    n &lt; b: nothing changes but n
 * </pre>
 *
 * <p>The bound alone has to do for the person in another light and years older, so strangers who
 * look alike pass it. The fall is what finds a change of person on a stream: nobody's looks change
 * so much from one frame to the next. A stream on which the person was not seen for {@code relax}
 * is judged as a new one.
 *
 * <p>One instance serves any number of persons; it holds nothing.
 */
public final class FaceGuard {
  /** What faces seen at the same time are apart: a frame of a camera. */
  private static final double FRAME_MILLIS = 40;

  private final GuardConfig config;

  /** From there on a level follows its stream at one rate. */
  private final int mostTaken;

  public FaceGuard(GuardConfig config) {
    this.config = config;
    this.mostTaken = Math.max(config.levelFrames(), (int) Math.ceil(1 / config.levelShare()));
  }

  /**
   * Looks at the next frame of a person.
   *
   * @param person what is known; changed
   * @param stream of the frame; changed
   * @param network that made the look
   * @param look a direction
   * @param millis when the frame was seen
   * @throws IllegalArgumentException if the look does not compare with what is known
   */
  public Likeness see(PersonLook person, StreamLook stream, int network, byte[] look, long millis) {
    if (!person.comparesWith(network, look.length)) {
      throw new IllegalArgumentException("a look of another network than the person's");
    }
    if (!person.isKnown()) {
      person.gather(network, look, config.firstFrames());
      describe(person, millis);
      return Likeness.UNKNOWN;
    }
    double similarity = person.similarity(look);
    compare(stream, similarity, millis);
    if (stream.now < bound(stream)) {
      return Likeness.STRANGER;
    }
    take(stream, similarity, millis);
    person.follow(look, millis, config.updateMillis(), config.horizon());
    return Likeness.PERSON;
  }

  private void describe(PersonLook person, long millis) {
    List<byte[]> first = person.first();
    if (first.size() < config.firstFrames()) {
      return;
    }
    List<byte[]> most = List.of();
    for (byte[] one : first) {
      List<byte[]> with = new ArrayList<>();
      for (byte[] other : first) {
        if (cosine(one, other) >= config.together()) {
          with.add(other);
        }
      }
      if (with.size() > most.size()) {
        most = with;
      }
    }
    if (2 * most.size() > first.size()) {
      person.describe(most, millis);
    }
  }

  private void compare(StreamLook stream, double similarity, long millis) {
    double apart = Math.abs((double) millis - stream.lastMillis);
    if (!stream.begun || apart > config.pauseMillis()) {
      stream.now = (float) similarity;
    } else if (Math.abs(similarity - stream.now) > config.jump()) {
      stream.now = (float) similarity;
    } else {
      double passed = apart == 0 ? FRAME_MILLIS : apart;
      double share = 1 - StrictMath.exp(-passed / config.smoothingMillis());
      stream.now = (float) (stream.now + share * (similarity - stream.now));
    }
    stream.begun = true;
    stream.lastMillis = millis;
    if (Math.abs((double) millis - stream.lastTakenMillis) > config.relaxMillis()) {
      stream.taken = 0;
    }
  }

  private double bound(StreamLook stream) {
    return stream.taken < config.levelFrames()
        ? config.bound()
        : Math.max(config.bound(), stream.level - config.fall());
  }

  private void take(StreamLook stream, double similarity, long millis) {
    double share = Math.max(config.levelShare(), 1.0 / (stream.taken + 1));
    stream.level =
        (float)
            (stream.taken == 0 ? similarity : stream.level + share * (similarity - stream.level));
    stream.taken = Math.min(stream.taken + 1, mostTaken);
    stream.lastTakenMillis = millis;
  }

  private static double cosine(byte[] one, byte[] other) {
    double product = 0;
    double ofOne = 0;
    double ofOther = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      ofOne += one[i] * one[i];
      ofOther += other[i] * other[i];
    }
    double lengths = Math.sqrt(ofOne * ofOther);
    return lengths > 0 ? product / lengths : 0;
  }
}
