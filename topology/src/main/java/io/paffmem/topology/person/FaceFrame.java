package io.paffmem.topology.person;

import io.paffmem.memory.guard.Likeness;
import io.paffmem.schemas.CaptureTime;
import io.paffmem.schemas.FaceLook;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.FaceQuality;
import org.jspecify.annotations.Nullable;

/**
 * One checked frame as the stream carries it.
 *
 * @param key the frame among its person's frames; its stream stands for {@code streamId}
 * @param timestampMillis the record's timestamp: the time of ingest, passed on with every event
 * @param capturedAtMillis when the camera saw it, as the publisher says
 * @param seenAtMillis when it was seen, as far as can be: the publisher's time, or the time of
 *     ingest where that cannot be right
 * @param z [latentSize], each in [-1, 1]
 * @param prior what the PK reads from it
 * @param deviation how far that may be from the truth, standard deviations above 0; null where the
 *     PK does not tell
 * @param label what a data set says of it; null where none does
 * @param modelVersion the PK whose z it is
 * @param look how the face looks; null where nobody says, and once that was compared
 * @param likeness whether it looks like the person whose memory it is
 * @param quality how well the picture shows the face; null where nobody measured it
 */
public record FaceFrame(
    String personId,
    String streamId,
    FrameKey key,
    long timestampMillis,
    long capturedAtMillis,
    long seenAtMillis,
    float[] z,
    Affect prior,
    @Nullable Affect deviation,
    @Nullable Affect label,
    String modelVersion,
    @Nullable FaceLook look,
    Likeness likeness,
    @Nullable FaceQuality quality) {

  /** A frame whose look and quality nobody says. */
  public static FaceFrame of(
      String personId,
      String streamId,
      FrameKey key,
      long timestampMillis,
      long capturedAtMillis,
      float[] z,
      Affect prior,
      @Nullable Affect deviation,
      @Nullable Affect label,
      String modelVersion) {
    return new FaceFrame(
        personId,
        streamId,
        key,
        timestampMillis,
        capturedAtMillis,
        CaptureTime.isPlausible(capturedAtMillis, timestampMillis)
            ? capturedAtMillis
            : timestampMillis,
        z,
        prior,
        deviation,
        label,
        modelVersion,
        null,
        Likeness.UNKNOWN,
        null);
  }

  /** The same frame, seen at the time of ingest: what the publisher says cannot be right. */
  public FaceFrame seenAtIngest() {
    return with(timestampMillis, look, likeness, quality);
  }

  /** The same frame with the look of its face. */
  public FaceFrame looking(@Nullable FaceLook face) {
    return with(seenAtMillis, face, likeness, quality);
  }

  /** The same frame after its look was compared, which it does not keep. */
  public FaceFrame judged(Likeness found) {
    return with(seenAtMillis, null, found, quality);
  }

  /** The same frame, whose picture shows the face that well. */
  public FaceFrame shown(@Nullable FaceQuality measured) {
    return with(seenAtMillis, look, likeness, measured);
  }

  /** Whether the memory may learn from it: it can be read, and is not of somebody else. */
  public boolean isLearnable() {
    return isReadable() && !isOfStranger();
  }

  /** Whether the face looks like another person's. */
  public boolean isOfStranger() {
    return likeness == Likeness.STRANGER;
  }

  /** Whether the picture shows the face well enough, as far as is known. */
  public boolean isReadable() {
    return quality == null || quality.getReadable();
  }

  private FaceFrame with(
      long seen, @Nullable FaceLook face, Likeness found, @Nullable FaceQuality measured) {
    return new FaceFrame(
        personId,
        streamId,
        key,
        timestampMillis,
        capturedAtMillis,
        seen,
        z,
        prior,
        deviation,
        label,
        modelVersion,
        face,
        found,
        measured);
  }

  /** Whether the publisher's time is what the memory goes by. */
  public boolean isSeenAsCaptured() {
    return seenAtMillis == capturedAtMillis;
  }
}
