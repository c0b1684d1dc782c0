package io.paffmem.topology.task;

import io.paffmem.memory.Recognition;
import io.paffmem.memory.guard.Likeness;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.BlockKey;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Source;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FrameRefusal;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.PersonHeader.LastCommand;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.rules.Outbox;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** All that leaves the processor; every record has the timestamp of the frame it belongs to. */
final class RecordOutbox implements Outbox {
  /**
   * Marks a record that was sent on to its proper partition, so that it is not sent on for ever.
   */
  static final String RESENT = "paffmem.resent";

  private static final String CORRUPT_ROW = "corrupt_row";

  private final ProcessorContext<byte[], byte[]> context;
  private final Counters counters;
  private final String layout;
  private final byte[] hashKey;
  private final AvroSerde<Emotion> emotions;
  private final AvroSerde<SeedRequest> requests;
  private final AvroSerde<Seeds> seeds;
  private final AvroSerde<PersonReceipt> receipts;

  RecordOutbox(
      ProcessorContext<byte[], byte[]> context,
      AvroSerdes serdes,
      String layout,
      PersonHasher hasher,
      Counters counters) {
    this.context = context;
    this.counters = counters;
    this.layout = layout;
    this.hashKey = utf8(hasher.fingerprint());
    this.emotions = serdes.of(Emotion.class);
    this.requests = serdes.of(SeedRequest.class);
    this.seeds = serdes.of(Seeds.class);
    this.receipts = serdes.of(PersonReceipt.class);
  }

  @Override
  public void memoryEvent(
      FaceFrame face, Recognition seen, int neurons, long framesPerceived, int framesToSeed) {
    counters.count(Count.EVENTS_MEMORY);
    counters.answered(neurons, seen.activity());
    emotion(
        face,
        new Affect(seen.arousal(), seen.valence()),
        Source.MEMORY,
        seen.activity(),
        seen.bestMatchingUnit(),
        seen.hasFidelity() ? new Affect(seen.fidelityArousal(), seen.fidelityValence()) : null,
        neurons,
        framesPerceived,
        framesToSeed,
        seen.teachings());
  }

  @Override
  public void priorEvent(FaceFrame face, int neurons, long framesPerceived, int framesToSeed) {
    counters.count(Count.EVENTS_PRIOR);
    if (face.isOfStranger()) {
      counters.count(Count.EVENTS_STRANGER);
    }
    if (!face.isReadable()) {
      counters.count(Count.EVENTS_UNREADABLE);
    }
    emotion(
        face, face.prior(), Source.PRIOR, 0, -1, null, neurons, framesPerceived, framesToSeed, 0);
  }

  private void emotion(
      FaceFrame face,
      Affect affect,
      Source source,
      float activity,
      int bestMatchingUnit,
      @Nullable Affect fidelity,
      int neurons,
      long framesPerceived,
      int framesToSeed,
      int teachings) {
    Emotion emotion =
        new Emotion(
            identity(face),
            face.capturedAtMillis(),
            affect,
            source,
            face.prior(),
            activity,
            bestMatchingUnit,
            neurons,
            framesPerceived,
            face.modelVersion(),
            face.label(),
            framesToSeed,
            face.deviation(),
            fidelity,
            teachings,
            ofPerson(face.likeness()),
            face.quality());
    forward(
        face.personId(),
        emotions.encode(Topics.EMOTIONS, emotion),
        face.timestampMillis(),
        Names.WRITE_EMOTIONS);
  }

  private static @Nullable Boolean ofPerson(Likeness likeness) {
    return switch (likeness) {
      case UNKNOWN -> null;
      case PERSON -> true;
      case STRANGER -> false;
    };
  }

  @Override
  public void seedRequest(FaceFrame face, int generation) {
    counters.count(Count.SEED_REQUESTS);
    SeedRequest request =
        new SeedRequest(
            identity(face), FloatVectors.pack(face.z()), face.modelVersion(), generation, layout);
    forward(
        face.personId(),
        requests.encode(Topics.SEED_REQUESTS, request),
        face.timestampMillis(),
        Names.WRITE_SEED_REQUESTS);
  }

  @Override
  public void refusal(FaceFrame face, int generation, FrameRefusal refusal) {
    Seeds record =
        new Seeds(
            identity(face), face.modelVersion(), generation, new SeedRefusal(refusal.reason()));
    forward(
        face.personId(),
        seeds.encode(Topics.SEEDS, record),
        face.timestampMillis(),
        Names.WRITE_SEEDS);
  }

  @Override
  public void receipt(Command command, LastCommand done, int neurons, @Nullable String problem) {
    PersonReceipt receipt =
        new PersonReceipt(
            command.commandId(),
            command.personId(),
            command.kind(),
            command.cutoffMillis(),
            done.neuronsRemoved(),
            done.waitingFramesRemoved(),
            done.generation(),
            neurons,
            problem,
            null,
            0);
    receipt(command, receipt);
  }

  @Override
  public void teachingReceipt(
      Command command, Lesson.Outcome outcome, int generation, int neurons, int teachings) {
    receipt(
        command,
        new PersonReceipt(
            command.commandId(),
            command.personId(),
            command.kind(),
            command.cutoffMillis(),
            0,
            0,
            generation,
            neurons,
            outcome.problem().orElse(null),
            outcome.word(),
            teachings));
  }

  private void receipt(Command command, PersonReceipt receipt) {
    forward(
        command.personId(),
        receipts.encode(Topics.PERSON_RECEIPTS, receipt),
        command.timestampMillis(),
        Names.WRITE_RECEIPTS);
  }

  @Override
  public void block(PersonHash person, Command command, boolean isBlocked) {
    TextHash consent = command.consent();
    BlockKey key =
        new BlockKey(
            person, consent == null ? null : new PersonHash(consent.high(), consent.low()));
    Headers headers = new RecordHeaders();
    if (hashKey.length > 0) {
      headers.add(BlockKey.HASH_KEY, hashKey);
    }
    byte[] value = isBlocked ? new byte[] {1} : null;
    context.forward(
        new Record<>(key.toBytes(), value, command.timestampMillis(), headers), Names.WRITE_BLOCKS);
  }

  /** The record as it came, its own headers before those that say why. */
  void deadLetter(Record<byte[], byte[]> record, RecordMetadata at, String reason) {
    counters.deadLetter(reason);
    Headers headers = new RecordHeaders(record.headers());
    for (Header header :
        DeadLetters.headers(Names.STAGE, reason, at.topic(), at.partition(), at.offset())) {
      headers.remove(header.key()).add(header);
    }
    context.forward(record.withHeaders(headers), Names.WRITE_DEAD_LETTERS);
  }

  /**
   * A damaged row as it stood in the store: the event that says that a person starts over.
   *
   * @param personKey the person's name where a record of theirs led to the row; null if the clock
   *     did
   */
  void corruptRow(byte @Nullable [] personKey, byte[] row) {
    counters.deadLetter(CORRUPT_ROW);
    Headers headers =
        new RecordHeaders()
            .add(DeadLetters.STAGE, utf8(Names.STAGE))
            .add(DeadLetters.REASON, utf8(CORRUPT_ROW))
            .add(DeadLetters.TOPIC, utf8(Names.CHANGELOG))
            .add(DeadLetters.PARTITION, utf8(Integer.toString(context.taskId().partition())));
    context.forward(
        new Record<>(personKey, row, context.currentSystemTimeMs(), headers),
        Names.WRITE_DEAD_LETTERS);
  }

  /** Sends a record on to its proper partition of the same topic. */
  void resend(Record<byte[], byte[]> record, String topic) {
    String sink =
        switch (topic) {
          case Topics.EMBEDDINGS -> Names.RESEND_EMBEDDINGS;
          case Topics.SEEDS -> Names.WRITE_SEEDS;
          case Topics.PERSON_COMMANDS -> Names.RESEND_COMMANDS;
          case Topics.MEMORY_IMPORTS -> Names.RESEND_IMPORTS;
          case Topics.TEACHINGS -> Names.RESEND_TEACHINGS;
          default -> throw new IllegalStateException("a record of topic " + topic);
        };
    counters.count(Count.MISROUTED);
    Headers headers = new RecordHeaders(record.headers()).add(RESENT, new byte[0]);
    context.forward(record.withHeaders(headers), sink);
  }

  private void forward(String personId, byte[] value, long timestampMillis, String sink) {
    context.forward(new Record<>(PersonKey.bytes(personId), value, timestampMillis), sink);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static FrameIdentity identity(FaceFrame face) {
    return new FrameIdentity(face.personId(), face.streamId(), face.key().sequence());
  }
}
