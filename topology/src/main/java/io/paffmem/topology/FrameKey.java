package io.paffmem.topology;

/** A frame among one person's frames. */
record FrameKey(TextHash stream, long sequence) {
  static FrameKey of(String streamId, long sequence) {
    return new FrameKey(TextHash.of(streamId), sequence);
  }
}
