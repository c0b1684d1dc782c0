package io.paffmem.topology;

import io.paffmem.schemas.avro.Affect;
import org.jspecify.annotations.Nullable;

/** One checked frame as the stream carries it. */
final class FaceFrame {
  final String personId;
  final String streamId;
  final FrameKey key;

  /** The record's timestamp: the time of ingest, passed on with every event. */
  final long timestampMillis;

  final long capturedAtMillis;

  /** [latentSize], each in [-1, 1]. */
  final float[] z;

  final Affect prior;
  final @Nullable Affect label;
  final String modelVersion;

  FaceFrame(
      String personId,
      String streamId,
      long sequence,
      long timestampMillis,
      long capturedAtMillis,
      float[] z,
      Affect prior,
      @Nullable Affect label,
      String modelVersion) {
    this.personId = personId;
    this.streamId = streamId;
    this.key = FrameKey.of(streamId, sequence);
    this.timestampMillis = timestampMillis;
    this.capturedAtMillis = capturedAtMillis;
    this.z = z;
    this.prior = prior;
    this.label = label;
    this.modelVersion = modelVersion;
  }

  /** When the camera saw it, or, where nobody says, when it was published. */
  long seenAtMillis() {
    return capturedAtMillis >= 0 ? capturedAtMillis : timestampMillis;
  }
}
