package io.paffmem.evaluation.guard;

import io.paffmem.schemas.FaceLook;
import java.util.List;

/**
 * The faces of one person on one stream.
 *
 * @param millis when each was seen, from the first on
 * @param looks of each
 */
public record LookedClip(List<Long> millis, List<FaceLook> looks) {
  public LookedClip {
    if (millis.size() != looks.size() || looks.isEmpty()) {
      throw new IllegalArgumentException(
          "%d times and %d looks of a clip".formatted(millis.size(), looks.size()));
    }
    millis = List.copyOf(millis);
    looks = List.copyOf(looks);
  }

  int size() {
    return looks.size();
  }

  /** What lies between two of its faces, on the average; 40 ms of a single one. */
  long step() {
    return size() == 1 ? 40 : Math.max(1, (millis.get(size() - 1) - millis.get(0)) / (size() - 1));
  }
}
