package io.paffmem.ingest.replay;

/**
 * What a replay has seen so far.
 *
 * @param frames pictures of the video: {@code faces + facelessFrames}
 * @param faces pictures that showed the face and were published, those with a carried box included
 * @param carriedBoxes those among {@code faces} whose box was carried over a missed detection
 * @param facelessFrames pictures without a face, which were not published
 */
public record ReplayCounts(long frames, long faces, long carriedBoxes, long facelessFrames) {
  static final ReplayCounts NONE = new ReplayCounts(0, 0, 0, 0);

  ReplayCounts plusDetected() {
    return new ReplayCounts(frames + 1, faces + 1, carriedBoxes, facelessFrames);
  }

  ReplayCounts plusCarried() {
    return new ReplayCounts(frames + 1, faces + 1, carriedBoxes + 1, facelessFrames);
  }

  ReplayCounts plusFaceless() {
    return new ReplayCounts(frames + 1, faces, carriedBoxes, facelessFrames + 1);
  }
}
