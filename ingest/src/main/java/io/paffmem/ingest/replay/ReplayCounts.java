package io.paffmem.ingest.replay;

/**
 * What a replay has seen so far.
 *
 * @param frames pictures of the video: {@code faces + facelessFrames + skippedFrames}
 * @param faces pictures that showed the face and were published, those with a carried box included
 * @param carriedBoxes those among {@code faces} whose box was carried over a missed detection
 * @param facelessFrames pictures without a face, which were not published
 * @param skippedFrames pictures that were not looked at, since a newer one was there
 */
public record ReplayCounts(
    long frames, long faces, long carriedBoxes, long facelessFrames, long skippedFrames) {
  /** Before the first picture. */
  public static final ReplayCounts NONE = new ReplayCounts(0, 0, 0, 0, 0);

  /** Of two replays together. */
  public ReplayCounts plus(ReplayCounts other) {
    return new ReplayCounts(
        frames + other.frames,
        faces + other.faces,
        carriedBoxes + other.carriedBoxes,
        facelessFrames + other.facelessFrames,
        skippedFrames + other.skippedFrames);
  }

  ReplayCounts plusDetected() {
    return new ReplayCounts(frames + 1, faces + 1, carriedBoxes, facelessFrames, skippedFrames);
  }

  ReplayCounts plusCarried() {
    return new ReplayCounts(frames + 1, faces + 1, carriedBoxes + 1, facelessFrames, skippedFrames);
  }

  ReplayCounts plusFaceless() {
    return new ReplayCounts(frames + 1, faces, carriedBoxes, facelessFrames + 1, skippedFrames);
  }

  ReplayCounts plusSkipped(long pictures) {
    return new ReplayCounts(
        frames + pictures, faces, carriedBoxes, facelessFrames, skippedFrames + pictures);
  }
}
