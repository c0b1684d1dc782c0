package io.paffmem.ingest.publish;

import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Frame;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Frames as records of {@link Topics#FRAMES}: keyed by person, stamped with the time of ingest. */
final class FrameRecords {
  private final AvroSerde<Frame> serde;
  private final Clock clock;

  FrameRecords(AvroSerdes serdes, Clock clock) {
    this.serde = serdes.of(Frame.class);
    this.clock = clock;
  }

  ProducerRecord<byte[], byte[]> of(Frame frame) {
    byte[] key = PersonKey.bytes(frame.getIdentity().getPersonId());
    byte[] value = serde.encode(Topics.FRAMES, frame);
    return new ProducerRecord<>(Topics.FRAMES, null, clock.millis(), key, value);
  }
}
