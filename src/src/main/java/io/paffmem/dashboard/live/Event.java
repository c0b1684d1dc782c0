package io.paffmem.dashboard.live;

import io.paffmem.schemas.avro.Emotion;

/**
 * One record of the topic.
 *
 * @param ingestedAtMillis its Kafka timestamp, the time of ingest
 * @param isHistory whether it was there when the dashboard started
 */
public record Event(
    Emotion emotion, long ingestedAtMillis, int partition, long offset, boolean isHistory) {
  String person() {
    return emotion.getIdentity().getPersonId();
  }
}
