package io.paffmem.topology.format;

import io.paffmem.memory.guard.Likeness;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.Waiting;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What stands in a person's queue; its place stands in the key. */
public final class WaitingRow {
  private static final byte FRAME = 0;
  private static final byte RESET = 1;
  private static final byte IMPORT = 2;
  private static final byte TEACHING = 3;

  /** Of a frame that was seen when its publisher says. */
  private static final int SEEN_AS_CAPTURED = 1;

  /** At the end of a reset that leaves what was taught; others have nothing there. */
  private static final byte KEEPS_TEACHINGS = 1;

  private static final int LIKENESS = 0b110;

  /** Of a frame whose quality stands before z. */
  private static final int MEASURED = 0b1000;

  /** Of a frame whose stream's hash stands behind the texts; others have the one without a key. */
  private static final int HASHED = 0b10000;

  private static final int HASH_BYTES = 2 * Long.BYTES;

  private static final int QUALITY_BYTES = 1 + 6 * Float.BYTES;

  /** Where the kind stands, behind the version. */
  private static final int KIND = 1;

  /** Of a person who was idle: no command has an empty id. */
  private static final String NO_COMMAND = "";

  private WaitingRow() {}

  public static byte[] write(Waiting waiting) {
    if (waiting instanceof Waiting.Frame frame) {
      return write(frame);
    } else if (waiting instanceof Waiting.ImportReset sent) {
      return write(IMPORT, sent.command(), Integer.BYTES + sent.memory().length, sent);
    } else if (waiting instanceof Waiting.CommandedReset commanded) {
      return write(RESET, commanded.command(), 1, commanded);
    } else if (waiting instanceof Waiting.Teaching teaching) {
      return write(teaching);
    }
    Waiting.IdleReset idle = (Waiting.IdleReset) waiting;
    return write(RESET, idleCommand(idle.timestampMillis()), 0, idle);
  }

  public static Waiting read(long index, byte[] bytes) throws MalformedRowException {
    return RowFormat.read(
        "waiting",
        bytes,
        row -> {
          byte kind = row.get();
          return switch (kind) {
            case FRAME -> frame(index, row);
            case RESET -> reset(index, command(CommandKind.RESET, row), row);
            case IMPORT -> imported(index, command(CommandKind.IMPORT, row), row);
            case TEACHING -> teaching(index, row);
            default -> throw new IllegalArgumentException("kind " + kind);
          };
        });
  }

  /**
   * Whether something that waits was a reset or a teaching, not a frame, when it was written. The
   * checksum says so even of a row whose kind is damaged, unless something else is, too.
   */
  public static boolean isReset(byte[] row) {
    if (row.length <= KIND) {
      return false;
    }
    byte[] as = row.clone();
    for (byte kind : new byte[] {row[KIND], FRAME, RESET, IMPORT, TEACHING}) {
      as[KIND] = kind;
      if (RowFormat.isSound(as)) {
        return kind != FRAME;
      }
    }
    return row[KIND] != FRAME;
  }

  // ---- resets

  private static Command idleCommand(long timestampMillis) {
    return new Command(CommandKind.RESET, "", NO_COMMAND, 0, timestampMillis);
  }

  private static byte[] write(byte kind, Command command, int more, Waiting.Reset reset) {
    byte[] person = RowFormat.utf8(command.personId());
    byte[] id = RowFormat.utf8(command.commandId());
    ByteBuffer row = RowFormat.begin(1 + 2 * 8 + 2 * 4 + person.length + id.length + more);
    row.put(kind).putLong(command.timestampMillis()).putLong(command.cutoffMillis());
    RowFormat.putText(row, person);
    RowFormat.putText(row, id);
    if (reset instanceof Waiting.ImportReset sent) {
      row.putInt(sent.seeded()).put(sent.memory());
    } else if (command.keepsTeachings()) {
      row.put(KEEPS_TEACHINGS);
    }
    return RowFormat.done(row);
  }

  private static Command command(CommandKind kind, ByteBuffer row) {
    long timestampMillis = row.getLong();
    long cutoffMillis = row.getLong();
    String person = RowFormat.getText(row);
    return new Command(kind, person, RowFormat.getText(row), cutoffMillis, timestampMillis);
  }

  private static Waiting reset(long index, Command command, ByteBuffer row) {
    if (command.commandId().equals(NO_COMMAND)) {
      return new Waiting.IdleReset(index, command.timestampMillis());
    }
    boolean keeps = row.hasRemaining() && row.get() == KEEPS_TEACHINGS;
    return new Waiting.CommandedReset(index, keeps ? command.keepingTeachings() : command);
  }

  private static Waiting imported(long index, Command command, ByteBuffer row) {
    int seeded = row.getInt();
    byte[] file = new byte[row.remaining()];
    row.get(file);
    return new Waiting.ImportReset(index, command, file, seeded);
  }

  // ---- teachings

  private static byte[] write(Waiting.Teaching waiting) {
    Command command = waiting.command();
    Lesson lesson = waiting.lesson();
    TextHash stream = lesson.stream();
    Long sequence = lesson.sequence();
    byte[] person = RowFormat.utf8(command.personId());
    byte[] id = RowFormat.utf8(command.commandId());
    byte[] undoes = RowFormat.utf8(lesson.undoes() == null ? "" : lesson.undoes());
    int texts = 3 * 4 + person.length + id.length + undoes.length;
    ByteBuffer row = RowFormat.begin(1 + 8 + texts + 1 + 2 * 8 + 1 + 3 * 8 + 1 + 2 * 4);
    row.put(TEACHING).putLong(command.timestampMillis());
    RowFormat.putText(row, person);
    RowFormat.putText(row, id);
    RowFormat.putText(row, undoes);
    row.put((byte) (stream == null ? 0 : 1));
    row.putLong(stream == null ? 0 : stream.high()).putLong(stream == null ? 0 : stream.low());
    row.put((byte) (sequence == null ? 0 : 1)).putLong(sequence == null ? 0 : sequence);
    row.putLong(lesson.fromMillis()).putLong(lesson.toMillis());
    row.put((byte) (lesson.neutral() ? 1 : 0));
    row.putFloat(lesson.arousal()).putFloat(lesson.valence());
    return RowFormat.done(row);
  }

  private static Waiting teaching(long index, ByteBuffer row) {
    long timestampMillis = row.getLong();
    String person = RowFormat.getText(row);
    String id = RowFormat.getText(row);
    String undoes = RowFormat.getText(row);
    boolean ofStream = row.get() != 0;
    TextHash stream = new TextHash(row.getLong(), row.getLong());
    boolean ofFrame = row.get() != 0;
    long sequence = row.getLong();
    long fromMillis = row.getLong();
    long toMillis = row.getLong();
    Lesson lesson =
        new Lesson(
            undoes.isEmpty() ? null : undoes,
            ofStream ? stream : null,
            ofFrame ? sequence : null,
            fromMillis,
            toMillis,
            row.get() != 0,
            row.getFloat(),
            row.getFloat());
    CommandKind kind = undoes.isEmpty() ? CommandKind.TEACH : CommandKind.UNTEACH;
    return new Waiting.Teaching(index, new Command(kind, person, id, 0, timestampMillis), lesson);
  }

  // ---- frames

  private static byte[] write(Waiting.Frame frame) {
    FaceFrame face = frame.face();
    FaceQuality quality = face.quality();
    byte[] person = RowFormat.utf8(face.personId());
    byte[] stream = RowFormat.utf8(face.streamId());
    byte[] model = RowFormat.utf8(face.modelVersion());
    int texts = 3 * 4 + person.length + stream.length + model.length;
    TextHash hash = face.key().stream();
    boolean isHashed = !hash.equals(TextHash.of(face.streamId()));
    ByteBuffer row =
        RowFormat.begin(
            1
                + 2 * 8
                + 4
                + 2 * 8
                + 1
                + 2 * 4
                + 2 * (1 + 2 * 4)
                + texts
                + (isHashed ? HASH_BYTES : 0)
                + (quality == null ? 0 : QUALITY_BYTES)
                + 4 * face.z().length);
    row.put(FRAME);
    row.putLong(face.timestampMillis()).putLong(frame.arrivedAtMillis());
    row.putInt(frame.askedGeneration());
    row.putLong(face.capturedAtMillis()).putLong(face.key().sequence());
    int seen = face.isSeenAsCaptured() ? SEEN_AS_CAPTURED : 0;
    row.put(
        (byte)
            (seen
                | face.likeness().code() << 1
                | (quality == null ? 0 : MEASURED)
                | (isHashed ? HASHED : 0)));
    row.putFloat(face.prior().getArousal()).putFloat(face.prior().getValence());
    put(row, face.label());
    put(row, face.deviation());
    RowFormat.putText(row, person);
    RowFormat.putText(row, stream);
    RowFormat.putText(row, model);
    if (isHashed) {
      row.putLong(hash.high()).putLong(hash.low());
    }
    if (quality != null) {
      put(row, quality);
    }
    RowFormat.putFloats(row, face.z());
    return RowFormat.done(row);
  }

  private static Waiting frame(long index, ByteBuffer row) {
    long timestampMillis = row.getLong();
    long arrivedAtMillis = row.getLong();
    int askedGeneration = row.getInt();
    long capturedAtMillis = row.getLong();
    long sequence = row.getLong();
    byte flags = row.get();
    boolean seenAsCaptured = (flags & SEEN_AS_CAPTURED) != 0;
    Likeness likeness = Likeness.of((flags & LIKENESS) >> 1);
    Affect prior = new Affect(row.getFloat(), row.getFloat());
    Affect label = affect(row);
    Affect deviation = affect(row);
    String person = RowFormat.getText(row);
    String stream = RowFormat.getText(row);
    String model = RowFormat.getText(row);
    TextHash hash =
        (flags & HASHED) == 0 ? TextHash.of(stream) : new TextHash(row.getLong(), row.getLong());
    FaceQuality quality = (flags & MEASURED) == 0 ? null : quality(row);
    float[] z = RowFormat.floats(row, row.remaining() / 4);
    FaceFrame face =
        FaceFrame.of(
                person,
                stream,
                new FrameKey(hash, sequence),
                timestampMillis,
                capturedAtMillis,
                z,
                prior,
                deviation,
                label,
                model)
            .judged(likeness)
            .shown(quality);
    return new Waiting.Frame(
        index, arrivedAtMillis, seenAsCaptured ? face : face.seenAtIngest(), askedGeneration);
  }

  private static void put(ByteBuffer row, FaceQuality quality) {
    row.put((byte) (quality.getReadable() ? 1 : 0));
    row.putFloat(quality.getSide()).putFloat(quality.getSharpness()).putFloat(quality.getCutOff());
    put(row, quality.getScore());
    put(row, quality.getYawDegrees());
    put(row, quality.getRollDegrees());
  }

  /** What is not known is no number. */
  private static void put(ByteBuffer row, @Nullable Float value) {
    row.putFloat(value == null ? Float.NaN : value);
  }

  private static FaceQuality quality(ByteBuffer row) {
    return new FaceQuality(
        row.get() != 0,
        row.getFloat(),
        row.getFloat(),
        row.getFloat(),
        known(row.getFloat()),
        known(row.getFloat()),
        known(row.getFloat()));
  }

  private static @Nullable Float known(float value) {
    return Float.isNaN(value) ? null : value;
  }

  private static void put(ByteBuffer row, @Nullable Affect affect) {
    row.put((byte) (affect == null ? 0 : 1));
    if (affect != null) {
      row.putFloat(affect.getArousal()).putFloat(affect.getValence());
    }
  }

  private static @Nullable Affect affect(ByteBuffer row) {
    return row.get() == 0 ? null : new Affect(row.getFloat(), row.getFloat());
  }
}
