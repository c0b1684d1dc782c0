package io.paffmem.topology.task;

import io.paffmem.memory.TaughtMoment;
import io.paffmem.schemas.AvroSerde;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded;
import io.paffmem.schemas.FaceLook;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.FrameRefusal;
import io.paffmem.topology.person.ImaginedFaces;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.SeedAnswer;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.rules.Checked;
import io.paffmem.topology.rules.SentMemory;
import io.paffmem.topology.rules.SentTeaching;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads records and says what is wrong with them, before anything is changed. */
final class InputCheck {
  private static final String KEY_MISMATCH = "key_mismatch";
  private static final String INVALID_COMMAND = "invalid_command";
  private static final String INVALID_TEACHING = "invalid_teaching";

  /** Kinds that stand in receipts alone. */
  private static final Set<CommandKind> ON_OTHER_TOPICS =
      EnumSet.of(CommandKind.IMPORT, CommandKind.TEACH, CommandKind.UNTEACH);

  private final int latentSize;
  private final PersonHasher hasher;
  private final AvroSerde<Embedding> embeddings;
  private final AvroSerde<Seeds> seeds;
  private final AvroSerde<PersonCommand> commands;
  private final AvroSerde<MemoryImport> imports;
  private final AvroSerde<Teaching> teachings;

  /**
   * @param hasher what streams and consents stand by
   */
  InputCheck(AvroSerdes serdes, int latentSize, PersonHasher hasher) {
    this.latentSize = latentSize;
    this.hasher = hasher;
    this.embeddings = serdes.of(Embedding.class);
    this.seeds = serdes.of(Seeds.class);
    this.commands = serdes.of(PersonCommand.class);
    this.imports = serdes.of(MemoryImport.class);
    this.teachings = serdes.of(Teaching.class);
  }

  /** An answer to a seed request, with the reason for a dead letter where the pairs are no good. */
  record CheckedSeeds(String personId, SeedAnswer answer, @Nullable String problem) {}

  Checked<FaceFrame> embedding(Record<byte[], byte[]> record) {
    Decoded<Embedding> decoded = embeddings.decodeOrWait(Topics.EMBEDDINGS, record.value());
    if (decoded instanceof Decoded.Malformed<Embedding> malformed) {
      return new Checked.Refused<>(malformed.reason());
    }
    Embedding embedding = ((Decoded.Value<Embedding>) decoded).value();
    FrameIdentity identity = embedding.getIdentity();
    if (!isKeyOf(record, identity.getPersonId())) {
      return new Checked.Refused<>(KEY_MISMATCH);
    }
    ByteBuffer packed = embedding.getZ();
    if (packed.remaining() != latentSize * Float.BYTES) {
      return new Checked.Refused<>("invalid_embedding");
    }
    float[] z = FloatVectors.unpack(packed);
    if (!withinOne(z)) {
      return new Checked.Refused<>("invalid_embedding");
    }
    ByteBuffer packedLook = embedding.getLook();
    FaceLook look = packedLook == null ? null : FaceLook.unpack(packedLook);
    if (packedLook != null && look == null) {
      return new Checked.Refused<>("invalid_embedding");
    }
    Affect label = embedding.getLabel();
    Affect deviation = embedding.getDeviation();
    if (!withinSquare(embedding.getPrior())
        || (deviation != null
            && !(isAbove0(deviation.getArousal()) && isAbove0(deviation.getValence())))) {
      return new Checked.Refused<>("invalid_prior");
    }
    if (label != null
        && !(Float.isFinite(label.getArousal()) && Float.isFinite(label.getValence()))) {
      return new Checked.Refused<>("invalid_label");
    }
    return new Checked.Accepted<>(
        FaceFrame.of(
                identity.getPersonId(),
                identity.getStreamId(),
                key(identity),
                record.timestamp(),
                embedding.getCapturedAtMillis(),
                z,
                embedding.getPrior(),
                deviation,
                label,
                embedding.getModelVersion())
            .looking(look)
            .shown(embedding.getQuality()));
  }

  Checked<CheckedSeeds> seeds(Record<byte[], byte[]> record) {
    Decoded<Seeds> decoded = seeds.decodeOrWait(Topics.SEEDS, record.value());
    if (decoded instanceof Decoded.Malformed<Seeds> malformed) {
      return new Checked.Refused<>(malformed.reason());
    }
    Seeds value = ((Decoded.Value<Seeds>) decoded).value();
    FrameIdentity identity = value.getIdentity();
    if (!isKeyOf(record, identity.getPersonId())) {
      return new Checked.Refused<>(KEY_MISMATCH);
    }
    boolean refusal = !(value.getOutcome() instanceof SeedPairs);
    ImaginedFaces pairs = value.getOutcome() instanceof SeedPairs sent ? pairs(sent) : null;
    SeedAnswer answer =
        new SeedAnswer(
            key(identity),
            value.getModelVersion(),
            value.getGeneration(),
            pairs,
            !isOfTheFrame(value));
    return new Checked.Accepted<>(
        new CheckedSeeds(
            identity.getPersonId(), answer, refusal || pairs != null ? null : "invalid_seeds"));
  }

  /** Whether the stream wrote it itself, because a frame does not wait any longer. */
  private static boolean isOfTheFrame(Seeds seeds) {
    return seeds.getOutcome() instanceof SeedRefusal refusal
        && FrameRefusal.isReason(refusal.getReason());
  }

  Checked<Command> command(Record<byte[], byte[]> record) {
    Decoded<PersonCommand> decoded = commands.decodeOrWait(Topics.PERSON_COMMANDS, record.value());
    if (decoded instanceof Decoded.Malformed<PersonCommand> malformed) {
      return new Checked.Refused<>(malformed.reason());
    }
    PersonCommand command = ((Decoded.Value<PersonCommand>) decoded).value();
    if (!isKeyOf(record, command.getPersonId())) {
      return new Checked.Refused<>(KEY_MISMATCH);
    }
    return command.getCommandId().isEmpty() || ON_OTHER_TOPICS.contains(command.getKind())
        ? new Checked.Refused<>(INVALID_COMMAND)
        : new Checked.Accepted<>(
            new Command(
                command.getKind(),
                command.getPersonId(),
                command.getCommandId(),
                command.getCutoffMillis(),
                command.getUpToNow(),
                command.getKeepTeachings(),
                command.getConsent() == null ? null : hash(command.getConsent()),
                record.timestamp()));
  }

  /** A teaching whose form is right; whether its moment is there is looked at later. */
  Checked<SentTeaching> teaching(Record<byte[], byte[]> record) {
    Decoded<Teaching> decoded = teachings.decodeOrWait(Topics.TEACHINGS, record.value());
    if (decoded instanceof Decoded.Malformed<Teaching> malformed) {
      return new Checked.Refused<>(malformed.reason());
    }
    Teaching sent = ((Decoded.Value<Teaching>) decoded).value();
    if (!isKeyOf(record, sent.getPersonId())) {
      return new Checked.Refused<>(KEY_MISMATCH);
    }
    boolean isUndo = sent.getKind() == TeachingKind.UNDO;
    if (!isId(sent.getCommandId())
        || (isUndo ? !isId(sent.getUndoes()) : !isMoment(sent))
        || (sent.getKind() == TeachingKind.LABEL
            && !(sent.getAffect() != null && withinSquare(sent.getAffect())))) {
      return new Checked.Refused<>(INVALID_TEACHING);
    }
    boolean isLabel = sent.getKind() == TeachingKind.LABEL;
    Affect label = isLabel ? sent.getAffect() : new Affect(0f, 0f);
    return new Checked.Accepted<>(
        new SentTeaching(
            new Command(
                isUndo ? CommandKind.UNTEACH : CommandKind.TEACH,
                sent.getPersonId(),
                sent.getCommandId(),
                0,
                record.timestamp()),
            new Lesson(
                isUndo ? sent.getUndoes() : null,
                sent.getStreamId() == null ? null : hash(sent.getStreamId()),
                sent.getSequence(),
                sent.getFromMillis() == null ? 0 : sent.getFromMillis(),
                sent.getToMillis() == null ? 0 : sent.getToMillis(),
                sent.getKind() == TeachingKind.NEUTRAL,
                label.getArousal(),
                label.getValence())));
  }

  private static boolean isId(@Nullable String id) {
    return id != null && !id.isEmpty() && id.length() <= TaughtMoment.LONGEST_ID;
  }

  /** A frame of a stream, or a stretch of time. */
  private static boolean isMoment(Teaching sent) {
    Long from = sent.getFromMillis();
    Long to = sent.getToMillis();
    return sent.getSequence() != null
        ? sent.getStreamId() != null && from == null && to == null
        : from != null && to != null && from <= to;
  }

  /** What the import holds is looked at later: its sender gets a receipt either way. */
  Checked<SentMemory> memoryImport(Record<byte[], byte[]> record) {
    Decoded<MemoryImport> decoded = imports.decodeOrWait(Topics.MEMORY_IMPORTS, record.value());
    if (decoded instanceof Decoded.Malformed<MemoryImport> malformed) {
      return new Checked.Refused<>(malformed.reason());
    }
    MemoryImport sent = ((Decoded.Value<MemoryImport>) decoded).value();
    if (!isKeyOf(record, sent.getPersonId())) {
      return new Checked.Refused<>(KEY_MISMATCH);
    }
    if (sent.getCommandId().isEmpty()) {
      return new Checked.Refused<>(INVALID_COMMAND);
    }
    byte[] file = new byte[sent.getMemory().remaining()];
    sent.getMemory().duplicate().get(file);
    Command command =
        new Command(
            CommandKind.IMPORT, sent.getPersonId(), sent.getCommandId(), 0, record.timestamp());
    return new Checked.Accepted<>(new SentMemory(command, file));
  }

  /** Null where the lengths do not fit or a number lies outside of [-1, 1]. */
  private @Nullable ImaginedFaces pairs(SeedPairs sent) {
    int rows = sent.getY().remaining() / (2 * Float.BYTES);
    if (rows < 2 // an empty memory begins with two
        || sent.getY().remaining() != rows * 2 * Float.BYTES
        || sent.getPrior().remaining() != rows * 2 * Float.BYTES
        || sent.getZ().remaining() != (long) rows * latentSize * Float.BYTES) {
      return null;
    }
    float[] z = FloatVectors.unpack(sent.getZ());
    float[] y = FloatVectors.unpack(sent.getY());
    float[] prior = FloatVectors.unpack(sent.getPrior());
    return withinOne(z) && withinOne(prior) && withinOne(y) ? new ImaginedFaces(z, prior, y) : null;
  }

  private FrameKey key(FrameIdentity identity) {
    return new FrameKey(hash(identity.getStreamId()), identity.getSequence());
  }

  private TextHash hash(String text) {
    return TextHash.of(hasher.of(text));
  }

  private static boolean isKeyOf(Record<byte[], byte[]> record, String personId) {
    return Arrays.equals(record.key(), PersonKey.bytes(personId));
  }

  private static boolean isAbove0(float deviation) {
    return deviation > 0 && Float.isFinite(deviation);
  }

  private static boolean withinSquare(Affect affect) {
    return Math.abs(affect.getArousal()) <= 1 && Math.abs(affect.getValence()) <= 1;
  }

  /** Also false for NaN. */
  private static boolean withinOne(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= 1)) {
        return false;
      }
    }
    return true;
  }
}
