package io.paffmem.ingest.replay;

import io.paffmem.ingest.video.Picture;
import java.util.List;

/** Watches a replay, in the replay's own thread. */
public interface ReplayListener {
  /** That is who is in a picture, before any of it is published. */
  default void seen(Picture picture, List<Sight> sights) {}

  /** A person's frame of that sequence is about to be handed to the producer. */
  default void publishing(String person, long sequence) {}

  /** One more picture is done. */
  default void advanced(ReplayCounts soFar) {}
}
