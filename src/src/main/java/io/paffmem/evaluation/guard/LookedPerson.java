package io.paffmem.evaluation.guard;

import java.util.List;

/**
 * A person with their clips; the second was made another day.
 *
 * @param clips one or two
 */
public record LookedPerson(String name, List<LookedClip> clips) {
  public LookedPerson {
    if (clips.isEmpty() || clips.size() > 2) {
      throw new IllegalArgumentException(name + " has " + clips.size() + " clips, not 1 or 2");
    }
    clips = List.copyOf(clips);
  }
}
