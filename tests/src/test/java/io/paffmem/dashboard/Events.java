package io.paffmem.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Source;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts events on the topic, as the topology would. */
final class Events implements AutoCloseable {
  private static final int SEEDING_FRAMES = 25;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerde<Emotion> emotions;
  private final AvroSerde<PersonReceipt> receipts;

  Events(Cluster cluster) {
    producer =
        new KafkaProducer<>(cluster.client(), new ByteArraySerializer(), new ByteArraySerializer());
    emotions = cluster.serdes().of(Emotion.class);
    receipts = cluster.serdes().of(PersonReceipt.class);
  }

  /** The event of a frame; its values follow from the sequence. 25 frames are seeded. */
  static Emotion emotion(String person, long sequence, Source source, long framesPerceived) {
    boolean isMemory = source == Source.MEMORY;
    return new Emotion(
        new FrameIdentity(person, "call, \"one\"", sequence),
        1_000 + sequence,
        new Affect(sequence % 10 / 10f, -sequence % 10 / 10f),
        source,
        new Affect(0.25f, -0.25f),
        isMemory ? 0.5f : 0,
        isMemory ? 7 : -1,
        12,
        framesPerceived,
        "pk-1",
        sequence % 2 == 0 ? new Affect(1f, -1f) : null,
        (int) Math.max(0, SEEDING_FRAMES - framesPerceived),
        null,
        null,
        0,
        null,
        null);
  }

  /** The event of somebody of whom there is no memory to ask for, whose answer is the PK's. */
  static Emotion leftToPrior(String person, long sequence) {
    Emotion emotion = emotion(person, sequence, Source.MEMORY, 100);
    return Emotion.newBuilder(emotion).setAffect(emotion.getPrior()).setNeurons(0).build();
  }

  /** Sends the event of a frame that a ready memory answered, ingested now. */
  void send(String person, long sequence) {
    send(emotion(person, sequence, Source.MEMORY, 100 + sequence), System.currentTimeMillis());
  }

  void send(Emotion emotion, long ingestedAtMillis) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.EMOTIONS,
                null,
                ingestedAtMillis,
                emotion.getIdentity().getPersonId().getBytes(UTF_8),
                emotions.encode(Topics.EMOTIONS, emotion)));
  }

  /** Puts the receipt of a forget on its topic. */
  void sendForgotten(String person, long cutoffMillis) {
    PersonReceipt receipt =
        new PersonReceipt(
            "command of " + person,
            person,
            CommandKind.FORGET,
            cutoffMillis,
            12,
            0,
            1,
            0,
            null,
            null,
            0);
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.PERSON_RECEIPTS,
                person.getBytes(UTF_8),
                receipts.encode(Topics.PERSON_RECEIPTS, receipt)));
  }

  void sendBytes(String person, byte[] bytes) {
    var unused =
        producer.send(new ProducerRecord<>(Topics.EMOTIONS, person.getBytes(UTF_8), bytes));
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
