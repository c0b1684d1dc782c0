package io.paffmem.dashboard.memory;

import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;

/** For a dashboard that was not told where the memories are. */
public final class NoMemories implements PersonMemories {
  @Override
  public MemoryAnswer<MemoryView> memory(String person, String authorization) {
    return missing();
  }

  @Override
  public MemoryAnswer<byte[]> imagined(
      String person, String authorization, int bestMatchingUnit, int size) {
    return missing();
  }

  @Override
  public MemoryAnswer<byte[]> figure2(String person, String authorization, int bestMatchingUnit) {
    return missing();
  }

  private static <T> MemoryAnswer<T> missing() {
    return new Missing<>(
        Reason.MEMORY_UNAVAILABLE,
        "this dashboard does not know where the memories are; start it with --topology");
  }

  @Override
  public void forget(String person) {}

  @Override
  public void close() {}
}
