package io.paffmem.ingest.replay;

import java.util.List;

/**
 * What a replay has seen so far.
 *
 * @param frames pictures of the video: those with a face that was published, {@code facelessFrames}
 *     and {@code skippedFrames}; where one person is watched, {@code faces + facelessFrames +
 *     skippedFrames}
 * @param faces faces that were published, those with a carried box included
 * @param carriedBoxes those among {@code faces} whose box was carried over a missed detection
 * @param facelessFrames pictures without a face of whom is watched
 * @param skippedFrames pictures that were not looked at, since a newer one was there
 * @param otherFaces most faces at once that were nobody's who is watched
 */
public record ReplayCounts(
    long frames,
    long faces,
    long carriedBoxes,
    long facelessFrames,
    long skippedFrames,
    int otherFaces) {
  /** Before the first picture. */
  public static final ReplayCounts NONE = new ReplayCounts(0, 0, 0, 0, 0, 0);

  /** Of two replays together. */
  public ReplayCounts plus(ReplayCounts other) {
    return new ReplayCounts(
        frames + other.frames,
        faces + other.faces,
        carriedBoxes + other.carriedBoxes,
        facelessFrames + other.facelessFrames,
        skippedFrames + other.skippedFrames,
        Math.max(otherFaces, other.otherFaces));
  }

  ReplayCounts plusPicture(List<Sight> published, int others) {
    long carried = published.stream().filter(sight -> sight.face() == null).count();
    return new ReplayCounts(
        frames + 1,
        faces + published.size(),
        carriedBoxes + carried,
        facelessFrames + (published.isEmpty() ? 1 : 0),
        skippedFrames,
        Math.max(otherFaces, others));
  }

  ReplayCounts plusSkipped(long pictures) {
    return new ReplayCounts(
        frames + pictures,
        faces,
        carriedBoxes,
        facelessFrames,
        skippedFrames + pictures,
        otherFaces);
  }
}
