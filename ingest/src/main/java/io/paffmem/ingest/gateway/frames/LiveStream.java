package io.paffmem.ingest.gateway.frames;

import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.people.PeopleFinder;
import io.paffmem.ingest.people.TrackConfig;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a connection: where one stream of one person stands. Thread-safe.
 *
 * <p>A publisher may number its frames, and then a frame sent again is known downstream as a
 * duplicate. For one that does not, frames are numbered by the clock: its milliseconds grow over
 * restarts of the gateway and from one gateway to the next, and stay below what JavaScript can
 * count to.
 */
public final class LiveStream {
  /** Above this, JavaScript's numbers skip some. */
  public static final long MAX_SEQUENCE = (1L << 53) - 1;

  /** The topology knows the last 1,024 of a stream; beyond, it could not tell a duplicate. */
  static final long MAX_BEHIND = 1_000;

  /** How many sequences back is known which were acknowledged; as many as the topology knows. */
  private static final int WINDOW = 1_024;

  private final RateLimit rate;
  private final long[] window = new long[WINDOW / Long.SIZE];
  private long newest = -1;
  private long acknowledged = -1;
  private @Nullable Runnable takenOver;
  private @Nullable PeopleFinder people;

  LiveStream(RateLimit rate) {
    this.rate = rate;
  }

  /**
   * Who is who in a stream of many. Made when it is asked for first; to be used by one thread at a
   * time, which synchronizes on it.
   */
  synchronized PeopleFinder people(FaceConfig faces) {
    PeopleFinder known = people;
    if (known == null) {
      known = new PeopleFinder(faces, TrackConfig.defaults());
      people = known;
    }
    return known;
  }

  RateLimit rate() {
    return rate;
  }

  /** From now on that many frames a second are taken. */
  public void agree(double perSecond) {
    rate.setPerSecond(perSecond);
  }

  /** Whether a frame of that sequence would come too late to be told from a duplicate. */
  synchronized boolean isTooLate(long sequence) {
    return newest - sequence >= MAX_BEHIND;
  }

  /**
   * The sequence of the next frame.
   *
   * @param wished the publisher's own; null for the clock's
   */
  synchronized long next(@Nullable Long wished, long nowMillis) {
    long sequence = wished != null ? wished : Math.max(newest + 1, nowMillis);
    newest = Math.max(newest, sequence);
    return sequence;
  }

  synchronized void acknowledge(long sequence) {
    if (sequence > acknowledged) {
      long from = Math.max(acknowledged + 1, sequence - WINDOW + 1);
      for (long skipped = from; skipped < sequence; skipped++) {
        note(skipped, false);
      }
      acknowledged = sequence;
    }
    if (acknowledged - sequence < WINDOW) {
      note(sequence, true);
    }
  }

  /**
   * Whether a frame of that sequence was acknowledged so long ago that nobody sends it again: a
   * publisher that begins with its numbers again, whose frames would be dropped as duplicates.
   *
   * @param unanswered frames that a publisher may have to send again
   */
  synchronized boolean isRepeated(long sequence, int unanswered) {
    if (sequence > acknowledged || acknowledged - sequence >= WINDOW || !isNoted(sequence)) {
      return false;
    }
    int newer = 0;
    for (long later = sequence + 1; later <= acknowledged && newer <= unanswered; later++) {
      newer += isNoted(later) ? 1 : 0;
    }
    return newer > unanswered;
  }

  private boolean isNoted(long sequence) {
    int place = (int) (sequence % WINDOW);
    return (window[place / Long.SIZE] >>> (place % Long.SIZE) & 1) != 0;
  }

  private void note(long sequence, boolean isAcknowledged) {
    int place = (int) (sequence % WINDOW);
    long bit = 1L << (place % Long.SIZE);
    if (isAcknowledged) {
      window[place / Long.SIZE] |= bit;
    } else {
      window[place / Long.SIZE] &= ~bit;
    }
  }

  /** The newest sequence that the broker has acknowledged, as far as is known here. */
  public synchronized OptionalLong acknowledged() {
    return acknowledged < 0 ? OptionalLong.empty() : OptionalLong.of(acknowledged);
  }

  /**
   * A feed begins to publish this stream, which ends the one before: it is the same publisher,
   * whose old connection is dead, or two that would mix their frames.
   *
   * @param whenTakenOver called when the next one comes
   */
  public void takeOver(Runnable whenTakenOver) {
    Runnable before;
    synchronized (this) {
      before = takenOver;
      takenOver = whenTakenOver;
    }
    if (before != null) {
      before.run();
    }
  }

  /** The feed is over. */
  public synchronized void leave(Runnable whenTakenOver) {
    if (takenOver == whenTakenOver) {
      takenOver = null;
    }
  }
}
