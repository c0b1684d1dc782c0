package io.paffmem.topology.person;

/** A frame among one person's frames. */
public record FrameKey(TextHash stream, long sequence) {
  public static FrameKey of(String streamId, long sequence) {
    return new FrameKey(TextHash.of(streamId), sequence);
  }
}
