package io.paffmem.topology.rules;

import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.PersonHeader;
import java.time.Duration;

/** When a memory is seeded, and what it lacks until then. */
final class Seeding {
  private final TopologyConfig config;

  Seeding(TopologyConfig config) {
    this.config = config;
  }

  /** How many frames of a newcomer are seeded. */
  int frames() {
    return config.seedingFrames();
  }

  /** Whether seeding may end by time. */
  boolean hasTime() {
    return config.seedingTime() != null;
  }

  boolean isDone(PersonHeader header) {
    return header.seeded() >= config.seedingFrames();
  }

  /** Frames that the present memory has yet to be trained on. */
  int missing(PersonHeader header) {
    return missing(header, header.generation());
  }

  /** Frames that a generation's memory has yet to be trained on. */
  int missing(PersonHeader header, int generation) {
    int seeded = generation == header.generation() ? header.seeded() : 0;
    return Math.max(0, config.seedingFrames() - seeded);
  }

  /**
   * Whether a frame was seen too long after the first that was seeded for being seeded itself.
   *
   * @param sinceMillis when the first was seen; {@link PersonHeader#NO_FRAME} if none was
   */
  boolean isOver(long sinceMillis, FaceFrame face) {
    Duration time = config.seedingTime();
    return time != null
        && sinceMillis != PersonHeader.NO_FRAME
        && face.seenAtMillis() - sinceMillis > time.toMillis();
  }
}
