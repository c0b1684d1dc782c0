package io.paffmem.dashboard.live;

import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.Source;
import org.jspecify.annotations.Nullable;

/** An event of a person whose memory is ready. */
final class ReadyEvent {
  private ReadyEvent() {}

  static Event of(String person, long ingestedAtMillis) {
    return of(person, ingestedAtMillis, null);
  }

  /** Of a face that is shown so well. */
  static Event of(String person, long ingestedAtMillis, @Nullable FaceQuality quality) {
    Emotion emotion =
        new Emotion(
            new FrameIdentity(person, "stream", 0L),
            0L,
            new Affect(0.5f, -0.5f),
            Source.MEMORY,
            new Affect(0f, 0f),
            0.5f,
            1,
            2,
            100L,
            "pk-1",
            null,
            0,
            null,
            null,
            0,
            null,
            quality);
    return new Event(emotion, ingestedAtMillis, 0, 0, false);
  }
}
