package io.paffmem.dashboard.live;

import io.paffmem.access.Pseudonyms;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;

/** Names where the topic has pseudonyms. */
final class Names {
  private static final int PERSON = FrameIdentity.getClassSchema().getField("personId").pos();

  private Names() {}

  /** Puts the name into an event. */
  static void restore(Emotion emotion, Pseudonyms pseudonyms) {
    if (pseudonyms.isOn()) {
      FrameIdentity identity = emotion.getIdentity();
      identity.put(PERSON, pseudonyms.name(identity.getPersonId()));
    }
  }
}
