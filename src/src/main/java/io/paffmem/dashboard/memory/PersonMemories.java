package io.paffmem.dashboard.memory;

import io.paffmem.query.MemoryAnswer;

/**
 * Looks a person's memory up where it lives, and lets the PK imagine faces from it. Called by
 * several threads at once; a call may wait for another process, for seconds at most.
 *
 * <p>The one who asks has been found to have the right to read this person.
 */
public interface PersonMemories extends AutoCloseable {
  /**
   * A person's memory now.
   *
   * @param authorization the Authorization header of the one who asks, for another process to judge
   */
  MemoryAnswer<MemoryView> memory(String person, String authorization);

  /**
   * The faces that the PK imagines for a person over the arousal/valence square: arousal +1 on top,
   * valence to the right.
   *
   * @param bestMatchingUnit id of the neuron of whose prototype they are made; -1 for any that the
   *     memory has
   * @param size faces a side, 2 to 9
   * @return a JPEG
   */
  MemoryAnswer<byte[]> imagined(
      String person, String authorization, int bestMatchingUnit, int size);

  /**
   * Figure 2 of the paper: the faces edited to (-1, -1), (0, 0) and (1, 1), and below each the same
   * with the encoder's mean activation laid over.
   *
   * @param bestMatchingUnit as for {@link #imagined}
   * @return a JPEG
   */
  MemoryAnswer<byte[]> figure2(String person, String authorization, int bestMatchingUnit);

  /** The person was forgotten: nothing that was kept of them to answer sooner stays. */
  void forget(String person);

  @Override
  void close();
}
