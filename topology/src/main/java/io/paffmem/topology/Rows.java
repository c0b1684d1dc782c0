package io.paffmem.topology;

import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.topology.PersonHeader.LastCommand;
import io.paffmem.topology.SeedAnswer.SeedPairs;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Values of rows. Each begins with the version of its format and ends with the CRC32C of all before
 * it, big endian throughout. A newer version whose checksum holds is refused: rows that a later
 * release wrote must not be taken for damage and wiped.
 *
 * <p>Format 1 had no checksum, and no time and no course in the header; format 2 had no journal,
 * and no beginning of the seeding. Such rows are still read; each is written in the present format
 * when it changes next.
 */
final class Rows {
  static final byte VERSION = 3;

  private static final byte WITHOUT_CHECKSUM = 1;
  private static final byte WITHOUT_JOURNAL = 2;
  private static final int CHECKSUM = Integer.BYTES;

  private static final byte FRAME = 0;
  private static final byte RESET = 1;
  private static final byte IMPORT = 2;

  private Rows() {}

  /** A row that cannot be read; the person's state is damaged. */
  static final class MalformedRowException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRowException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  // ---- header

  /**
   * A header with what it says about rows of other kinds: neurons, and faces that were learnt since
   * those were written.
   */
  record HeaderRow(
      PersonHeader header, int neurons, int nextNeuronId, int journalFaces, Course course) {}

  static byte[] header(PersonHeader header, Journal journal, Course course) {
    byte[] model = utf8(header.modelVersion);
    LastCommand last = header.lastCommand;
    ByteBuffer row =
        begin(4 + 8 + 4 + 8 + 4 + 4 + 4 + 8 + 8 + 8 + Course.BYTES + 1 + 29 + 4 + model.length + 8);
    row.putInt(header.generation).putLong(header.cutoffMillis);
    row.putInt(header.seeded).putLong(header.framesPerceived);
    row.putInt(journal.neurons()).putInt(journal.nextNeuronId()).putInt(journal.faces());
    row.putLong(header.nextWaitingIndex).putLong(header.nextAnswerNumber);
    row.putLong(header.lastFrameMillis);
    course.writeTo(row);
    row.put((byte) (last == null ? 0 : 1));
    if (last != null) {
      row.putLong(last.id().high()).putLong(last.id().low());
      row.put((byte) (last.done() ? 1 : 0));
      row.putInt(last.neuronsRemoved()).putInt(last.waitingFramesRemoved());
      row.putInt(last.generation());
    }
    putText(row, model);
    return done(row.putLong(header.seedingSinceMillis));
  }

  static HeaderRow header(byte[] bytes) throws MalformedRowException {
    return read(
        "header",
        bytes,
        row -> {
          PersonHeader header = new PersonHeader();
          header.generation = row.getInt();
          header.cutoffMillis = row.getLong();
          header.seeded = row.getInt();
          header.framesPerceived = row.getLong();
          int neurons = row.getInt();
          int nextNeuronId = row.getInt();
          int journalFaces = bytes[0] <= WITHOUT_JOURNAL ? 0 : row.getInt();
          header.nextWaitingIndex = row.getLong();
          header.nextAnswerNumber = row.getLong();
          header.lastFrameMillis =
              bytes[0] == WITHOUT_CHECKSUM ? PersonHeader.NO_FRAME : row.getLong();
          Course course = bytes[0] == WITHOUT_CHECKSUM ? new Course() : Course.readFrom(row);
          if (row.get() != 0) {
            TextHash id = new TextHash(row.getLong(), row.getLong());
            header.lastCommand =
                new LastCommand(id, row.get() != 0, row.getInt(), row.getInt(), row.getInt());
          }
          header.modelVersion = getText(row);
          header.seedingSinceMillis =
              bytes[0] <= WITHOUT_JOURNAL ? PersonHeader.NO_FRAME : row.getLong();
          if (header.generation < 0
              || header.seeded < 0
              || neurons < 0
              || nextNeuronId < 0
              || journalFaces < 0) {
            throw new IllegalArgumentException("a count below 0");
          }
          return new HeaderRow(header, neurons, nextNeuronId, journalFaces, course);
        });
  }

  // ---- neuron

  static byte[] neuron(MemoryState memory, int slot) {
    ByteBuffer row = begin(neuronBytes(memory, slot));
    putNeuron(row, memory, slot);
    return done(row);
  }

  /** Bytes that {@link #putNeuron} writes. */
  static int neuronBytes(MemoryState memory, int slot) {
    return 3 * 4 + 4 + 8 * memory.degree(slot) + 4 * memory.dimensions();
  }

  /** A neuron without its id, as rows and exported files have it. */
  static void putNeuron(ByteBuffer row, MemoryState memory, int slot) {
    int degree = memory.degree(slot);
    row.putFloat(memory.habituation(slot));
    row.putFloat(memory.arousal(slot)).putFloat(memory.valence(slot));
    row.putInt(degree);
    for (int k = 0; k < degree; k++) {
      row.putInt(memory.neighbourId(slot, k)).putInt(memory.edgeAge(slot, k));
    }
    for (int d = 0; d < memory.dimensions(); d++) {
      row.putFloat(memory.weight(slot, d));
    }
  }

  static void neuron(int id, byte[] bytes, MemoryLoader into) throws MalformedRowException {
    read(
        "neuron",
        bytes,
        row -> {
          int degree = row.duplicate().position(row.position() + 3 * 4).getInt();
          int numbers = (row.remaining() - 4 * 4) / 4 - 2 * degree;
          return getNeuron(id, row, Math.max(0, numbers), into);
        });
  }

  /**
   * Reads what {@link #putNeuron} wrote.
   *
   * @throws BufferUnderflowException if there is less
   * @throws IllegalArgumentException if the number of edges cannot be
   */
  static MemoryLoader getNeuron(int id, ByteBuffer row, int dimensions, MemoryLoader into) {
    float habituation = row.getFloat();
    float arousal = row.getFloat();
    float valence = row.getFloat();
    int degree = row.getInt();
    if (degree < 0 || degree > row.remaining() / 8) {
      throw new IllegalArgumentException(degree + " edges");
    }
    int[] neighbours = new int[degree];
    int[] ages = new int[degree];
    for (int k = 0; k < degree; k++) {
      neighbours[k] = row.getInt();
      ages[k] = row.getInt();
    }
    float[] weights = floats(row, dimensions);
    return into.neuron(id, weights, habituation, arousal, valence, neighbours, ages);
  }

  /** Numbers in the prototype of a neuron's row. */
  static int dimensions(byte[] bytes) throws MalformedRowException {
    return read(
        "neuron",
        bytes,
        row -> {
          int degree = row.position(row.position() + 3 * 4).getInt();
          int numbers = row.remaining() / 4 - 2 * degree;
          if (degree < 0 || numbers < 1) {
            throw new IllegalArgumentException(degree + " edges");
          }
          row.position(row.limit());
          return numbers;
        });
  }

  // ---- faces learnt since the neurons were written

  static byte[] journal(Journal.Face face) {
    ByteBuffer row = begin(8 + 4 * face.z().length);
    row.putFloat(face.arousal()).putFloat(face.valence());
    for (float value : face.z()) {
      row.putFloat(value);
    }
    return done(row);
  }

  static Journal.Face journal(byte[] bytes, int latentSize) throws MalformedRowException {
    return read(
        "journal",
        bytes,
        row -> {
          float arousal = row.getFloat();
          float valence = row.getFloat();
          float[] z = floats(row, latentSize);
          float sum = arousal + valence;
          for (float value : z) {
            sum += value;
          }
          if (!Float.isFinite(sum)) {
            throw new IllegalArgumentException("a face of numbers that are none");
          }
          return new Journal.Face(z, arousal, valence);
        });
  }

  // ---- the memory of the model before

  /** What is kept of a former memory beside its neurons, which are rows of their own. */
  record FormerRow(
      String modelVersion,
      int seeded,
      long framesPerceived,
      int neurons,
      int nextNeuronId,
      Course course) {}

  static byte[] former(FormerMemory former) {
    byte[] model = utf8(former.modelVersion());
    ByteBuffer row = begin(4 + 8 + 4 + 4 + Course.BYTES + 4 + model.length);
    row.putInt(former.seeded()).putLong(former.framesPerceived());
    row.putInt(former.memory().size()).putInt(former.memory().nextNeuronId());
    former.memory().course().writeTo(row);
    putText(row, model);
    return done(row);
  }

  static FormerRow former(byte[] bytes) throws MalformedRowException {
    return read(
        "former memory",
        bytes,
        row -> {
          int seeded = row.getInt();
          long framesPerceived = row.getLong();
          int neurons = row.getInt();
          int nextNeuronId = row.getInt();
          Course course = Course.readFrom(row);
          return new FormerRow(
              getText(row), seeded, framesPerceived, neurons, nextNeuronId, course);
        });
  }

  // ---- waiting

  static byte[] waiting(Waiting waiting) {
    if (waiting instanceof Waiting.Reset reset) {
      byte[] person = utf8(reset.personId());
      byte[] command = utf8(reset.commandId());
      byte[] file = reset.memory() == null ? new byte[0] : reset.memory();
      ByteBuffer row = begin(1 + 16 + 12 + person.length + command.length + file.length);
      row.put(reset.memory() == null ? RESET : IMPORT)
          .putLong(reset.timestampMillis())
          .putLong(reset.cutoffMillis());
      putText(row, person);
      putText(row, command);
      if (reset.memory() != null) {
        row.putInt(reset.seeded());
      }
      return done(row.put(file));
    }
    Waiting.Frame frame = (Waiting.Frame) waiting;
    FaceFrame face = frame.face;
    byte[] person = utf8(face.personId);
    byte[] stream = utf8(face.streamId);
    byte[] model = utf8(face.modelVersion);
    ByteBuffer row =
        begin(
            1
                + 8
                + 8
                + 4
                + 8
                + 8
                + 8
                + 9
                + 12
                + person.length
                + stream.length
                + model.length
                + 4 * face.z.length);
    row.put(FRAME);
    row.putLong(face.timestampMillis).putLong(frame.arrivedAtMillis);
    row.putInt(frame.askedGeneration);
    row.putLong(face.capturedAtMillis).putLong(face.key.sequence());
    row.putFloat(face.prior.getArousal()).putFloat(face.prior.getValence());
    Affect label = face.label;
    row.put((byte) (label == null ? 0 : 1));
    if (label != null) {
      row.putFloat(label.getArousal()).putFloat(label.getValence());
    }
    putText(row, person);
    putText(row, stream);
    putText(row, model);
    for (float value : face.z) {
      row.putFloat(value);
    }
    return done(row);
  }

  static Waiting waiting(long index, byte[] bytes) throws MalformedRowException {
    return read(
        "waiting",
        bytes,
        row -> {
          byte kind = row.get();
          long timestamp = row.getLong();
          if (kind == RESET || kind == IMPORT) {
            long cutoff = row.getLong();
            String person = getText(row);
            String command = getText(row);
            if (kind == RESET) {
              return new Waiting.Reset(index, person, command, cutoff, timestamp);
            }
            if (bytes[0] == WITHOUT_CHECKSUM) {
              // There were none then: a damaged first byte, and the file would take the checksum.
              throw new IllegalArgumentException("an import in format 1");
            }
            int seeded = row.getInt();
            byte[] file = new byte[row.remaining()];
            row.get(file);
            return new Waiting.Reset(index, person, command, cutoff, timestamp, file, seeded);
          }
          if (kind != FRAME) {
            throw new IllegalArgumentException("kind " + kind);
          }
          long arrivedAt = row.getLong();
          int asked = row.getInt();
          long capturedAt = row.getLong();
          long sequence = row.getLong();
          Affect prior = new Affect(row.getFloat(), row.getFloat());
          Affect label = row.get() == 0 ? null : new Affect(row.getFloat(), row.getFloat());
          String person = getText(row);
          String stream = getText(row);
          String model = getText(row);
          float[] z = floats(row, row.remaining() / 4);
          Waiting.Frame frame =
              new Waiting.Frame(
                  index,
                  arrivedAt,
                  new FaceFrame(
                      person, stream, sequence, timestamp, capturedAt, z, prior, label, model));
          frame.askedGeneration = asked;
          return frame;
        });
  }

  /**
   * Whether something that waits was a reset, not a frame, when it was written. The checksum says
   * so even of a row whose kind is damaged, unless something else is, too.
   */
  static boolean isQueuedReset(byte[] row) {
    if (row.length <= 1) {
      return false;
    }
    byte[] as = row.clone();
    for (byte kind : new byte[] {row[1], FRAME, RESET, IMPORT}) {
      as[1] = kind;
      if (isSound(as)) {
        return kind != FRAME;
      }
    }
    return row[1] != FRAME;
  }

  // ---- outcomes, late seeds, pairs

  static byte[] outcome(SeedOutcomes.Outcome outcome) {
    return done(begin(8 + 1).putLong(outcome.number()).put(outcome.state().code));
  }

  static SeedOutcomes.Outcome outcome(byte[] bytes) throws MalformedRowException {
    return read(
        "outcome",
        bytes,
        row -> new SeedOutcomes.Outcome(row.getLong(), SeedOutcomes.State.of(row.get())));
  }

  static byte[] late() {
    return done(begin(0));
  }

  static void late(byte[] bytes) throws MalformedRowException {
    read("late", bytes, row -> row);
  }

  static byte[] pairs(SeedPairs pairs) {
    int numbers = pairs.z.length + pairs.prior.length + pairs.y.length;
    ByteBuffer row = begin(4 + 4 * numbers);
    row.putInt(pairs.y.length / 2);
    row.asFloatBuffer().put(pairs.z).put(pairs.prior).put(pairs.y);
    return done(row.position(row.position() + 4 * numbers));
  }

  static SeedPairs pairs(byte[] bytes, int latentSize) throws MalformedRowException {
    return read(
        "pairs",
        bytes,
        row -> {
          int pairs = row.getInt();
          if (pairs < 0 || row.remaining() != 4L * pairs * (latentSize + 2 + 2)) {
            throw new IllegalArgumentException(pairs + " pairs in " + row.remaining() + " bytes");
          }
          return new SeedPairs(
              floats(row, pairs * latentSize), floats(row, pairs * 2), floats(row, pairs * 2));
        });
  }

  // ---- what is not one person's

  static byte[] settings(StoredSettings settings) {
    Map<String, String> texts = settings.toTexts();
    ByteBuffer row = begin(TextMap.bytes(texts));
    TextMap.put(row, texts);
    return done(row);
  }

  static StoredSettings settings(byte[] bytes) throws MalformedRowException {
    return read("settings", bytes, row -> StoredSettings.of(TextMap.get(row)));
  }

  // ---- streams, persons with waiting frames

  static byte[] stream(StreamWindow window) {
    ByteBuffer row = begin(16 + 8 * StreamWindow.WORDS);
    row.putLong(window.highest).putLong(window.lastSeenMillis);
    for (long word : window.seen) {
      row.putLong(word);
    }
    return done(row);
  }

  static StreamWindow stream(byte[] bytes) throws MalformedRowException {
    return read(
        "stream",
        bytes,
        row -> {
          long highest = row.getLong();
          long lastSeen = row.getLong();
          long[] seen = new long[StreamWindow.WORDS];
          for (int i = 0; i < seen.length; i++) {
            seen[i] = row.getLong();
          }
          return StreamWindow.restored(highest, lastSeen, seen);
        });
  }

  static byte[] waitingPerson() {
    return done(begin(0));
  }

  static void waitingPerson(byte[] bytes) throws MalformedRowException {
    read("waiting person", bytes, row -> row);
  }

  // ---- parts

  private interface Reader<T> {
    T read(ByteBuffer row);
  }

  private static <T> T read(String name, byte[] bytes, Reader<T> reader)
      throws MalformedRowException {
    if (bytes.length == 0) {
      throw new MalformedRowException(name + " of 0 bytes", null);
    }
    int length = bytes.length;
    if (bytes[0] != WITHOUT_CHECKSUM) {
      // Looked at before the version: a damaged first byte is damage, not a newer release.
      length -= CHECKSUM;
      if (!isSound(bytes)) {
        throw new MalformedRowException(name + " whose checksum does not hold", null);
      }
    }
    if (bytes[0] < WITHOUT_CHECKSUM || bytes[0] > VERSION) {
      throw new IllegalStateException(
          "a %s row has format %d, this release reads up to %d: start the newer release"
              .formatted(name, bytes[0], VERSION));
    }
    try {
      ByteBuffer row = ByteBuffer.wrap(bytes, 1, length - 1);
      T value = reader.read(row);
      if (row.hasRemaining()) {
        throw new MalformedRowException(name + " has " + row.remaining() + " bytes more", null);
      }
      return value;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new MalformedRowException(name + " of " + bytes.length + " bytes", e);
    }
  }

  /** A row of the present format, with room for that many bytes and the checksum. */
  private static ByteBuffer begin(int bytes) {
    return ByteBuffer.allocate(1 + bytes + CHECKSUM).put(VERSION);
  }

  private static byte[] done(ByteBuffer row) {
    row.putInt(checksum(row.duplicate().flip()));
    byte[] bytes = new byte[row.position()];
    row.flip().get(bytes);
    return bytes;
  }

  /** Whether the checksum at the end of a row holds. */
  private static boolean isSound(byte[] row) {
    int length = row.length - CHECKSUM;
    return length >= 1
        && ByteBuffer.wrap(row).getInt(length) == checksum(ByteBuffer.wrap(row, 0, length));
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void putText(ByteBuffer row, byte[] text) {
    row.putInt(text.length).put(text);
  }

  private static String getText(ByteBuffer row) {
    int length = row.getInt();
    if (length < 0 || length > row.remaining()) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    byte[] text = new byte[length];
    row.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static float[] floats(ByteBuffer row, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = row.getFloat();
    }
    return values;
  }
}
