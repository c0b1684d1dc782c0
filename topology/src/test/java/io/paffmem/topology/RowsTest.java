package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.topology.PersonHeader.LastCommand;
import io.paffmem.topology.Rows.MalformedRowException;
import io.paffmem.topology.SeedAnswer.SeedPairs;
import io.paffmem.topology.SeedOutcomes.Outcome;
import io.paffmem.topology.SeedOutcomes.State;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Golden bytes and round trips of every row; written out so that a change of format is seen. */
class RowsTest {
  @Test
  void header_goldenBytes() throws Exception {
    PersonHeader header = new PersonHeader();
    header.generation = 2;
    header.cutoffMillis = 0x0102030405060708L;
    header.modelVersion = "pk";
    header.seeded = 25;
    header.framesPerceived = 300;
    header.nextWaitingIndex = 40;
    header.nextAnswerNumber = 41;
    header.lastFrameMillis = 51;
    header.seedingSinceMillis = 17;
    header.lastCommand = new LastCommand(new TextHash(5, 6), true, 7, 8, 9);

    byte[] row = Rows.header(header, journal(pair(), 3), new Course());

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 00000002 0102030405060708 00000019 000000000000012c 00000002 00000005"
                    + " 00000003 0000000000000028 0000000000000029 0000000000000033 "
                    + "0000000000000000 ".repeat(7)
                    + "01 0000000000000005 0000000000000006 01 00000007 00000008 00000009"
                    + " 00000002 706b 0000000000000011 3b84a2aa"));
    Rows.HeaderRow read = Rows.header(row);
    assertThat(read.neurons()).isEqualTo(2);
    assertThat(read.nextNeuronId()).isEqualTo(5);
    assertThat(read.journalFaces()).isEqualTo(3);
    assertThat(read.header()).usingRecursiveComparison().isEqualTo(header);
  }

  @Test
  void header_withoutCommandAndModel_roundTrips() throws Exception {
    PersonHeader header = new PersonHeader();

    Rows.HeaderRow read = Rows.header(Rows.header(header, new Journal(), new Course()));

    assertThat(read.header()).usingRecursiveComparison().isEqualTo(header);
  }

  @Test
  void neuron_goldenBytes() throws Exception {
    byte[] row = Rows.neuron(pair(), 0);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 3f000000 3e800000 be000000 00000001 00000004 00000003 3f400000 bf800000 2a698de4"));
    MemoryLoader loader = new MemoryLoader(2);
    Rows.neuron(1, row, loader);
    Rows.neuron(4, Rows.neuron(pair(), 1), loader);
    MemoryLoader swapped = new MemoryLoader(2);
    Rows.neuron(0, row, swapped);
    Rows.neuron(4, Rows.neuron(withIds(0, 4), 1), swapped);
    assertThat(loader.load(5).orElseThrow().digest()).isEqualTo(pair().digest());
    assertThat(swapped.load(5).orElseThrow().digest()).isEqualTo(withIds(0, 4).digest());
  }

  @Test
  void journal_goldenBytes() throws Exception {
    Journal.Face face = new Journal.Face(new float[] {0.25f, 0}, 0.5f, -0.5f);

    byte[] row = Rows.journal(face);

    assertThat(hex(row)).isEqualTo(golden("03 3f000000 bf000000 3e800000 00000000 2bf6109a"));
    assertThat(Rows.journal(row, 2)).usingRecursiveComparison().isEqualTo(face);
    assertThatThrownBy(() -> Rows.journal(row, 3)).isInstanceOf(MalformedRowException.class);
    byte[] noNumber = Rows.journal(new Journal.Face(new float[] {Float.NaN, 0}, 0, 0));
    assertThatThrownBy(() -> Rows.journal(noNumber, 2)).isInstanceOf(MalformedRowException.class);
  }

  @Test
  void waitingFrame_goldenBytes() throws Exception {
    Waiting.Frame frame = new Waiting.Frame(3, 17, face(new Affect(1f, -1f)));
    frame.askedGeneration = 2;

    byte[] row = Rows.waiting(frame);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 00 0000000000000010 0000000000000011 00000002 0000000000000012 0000000000000013"
                    + " 3f000000 bf000000 01 3f800000 bf800000 00000003 616e6e 00000001 73"
                    + " 00000002 706b 3e800000 00000000 512f7507"));
    Waiting read = Rows.waiting(3, row);
    assertThat(read).usingRecursiveComparison().isEqualTo(frame);
  }

  @Test
  void waitingFrame_withoutLabel_roundTrips() throws Exception {
    Waiting.Frame frame = new Waiting.Frame(3, 17, face(null));

    assertThat(Rows.waiting(3, Rows.waiting(frame))).usingRecursiveComparison().isEqualTo(frame);
  }

  @Test
  void waitingReset_goldenBytes() throws Exception {
    Waiting.Reset reset = new Waiting.Reset(3, "ann", "c1", 18, 16);

    byte[] row = Rows.waiting(reset);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 01 0000000000000010 0000000000000012 00000003 616e6e 00000002 6331 9fbc99bb"));
    assertThat(Rows.waiting(3, row)).isEqualTo(reset);
  }

  @Test
  void waitingImport_andResetOfAnIdlePerson_goldenBytes() throws Exception {
    Waiting.Reset sent = new Waiting.Reset(3, "ann", "c1", 18, 16, new byte[] {10, 11}, 7);
    Waiting.Reset idle = Waiting.Reset.ofIdle(3, 16);

    byte[] row = Rows.waiting(sent);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 02 0000000000000010 0000000000000012 00000003 616e6e 00000002 6331 00000007 0a0b"
                    + " 134870a1"));
    assertThat(Rows.waiting(3, row)).usingRecursiveComparison().isEqualTo(sent);
    assertThat(Rows.isQueuedReset(row)).isTrue();
    assertThat(hex(Rows.waiting(idle)))
        .isEqualTo(golden("03 01 0000000000000010 0000000000000000 00000000 00000000 6441f6df"));
    assertThat(Rows.waiting(3, Rows.waiting(idle))).isEqualTo(idle);
  }

  @Test
  void formerMemory_goldenBytes() throws Exception {
    byte[] row = Rows.former(new FormerMemory("pk", 25, 300, pair()));

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 00000019 000000000000012c 00000002 00000005 "
                    + "0000000000000000 ".repeat(7)
                    + "00000002 706b c3fe3cff"));
    assertThat(Rows.former(row))
        .usingRecursiveComparison()
        .isEqualTo(new Rows.FormerRow("pk", 25, 300, 2, 5, new Course()));
  }

  @Test
  void settings_goldenBytes() throws Exception {
    StoredSettings settings = new StoredSettings("pk", 25, Map.of("dimensions", "2"));

    byte[] row = Rows.settings(settings);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 00000003 00000005 6d6f64656c 00000002 706b"
                    + " 0000000d 73656564696e674672616d6573 00000002 3235"
                    + " 00000011 6d656d6f72792e64696d656e73696f6e73 00000001 32"
                    + " 8072af82"));
    assertThat(Rows.settings(row)).isEqualTo(settings);
  }

  @Test
  void outcome_goldenBytes() throws Exception {
    for (State state : State.values()) {
      Outcome outcome = new Outcome(258, state);
      byte[] row = Rows.outcome(outcome);
      assertThat(Rows.outcome(row)).isEqualTo(outcome);
    }
    assertThat(hex(Rows.outcome(new Outcome(258, State.PAIRS))))
        .isEqualTo(golden("03 0000000000000102 00 39cfa8e5"));
    assertThat(hex(Rows.outcome(new Outcome(258, State.REFUSED_THROUGH))))
        .isEqualTo(golden("03 0000000000000102 04 fe553ffa"));
  }

  @Test
  void pairs_goldenBytes() throws Exception {
    byte[] row =
        Rows.pairs(
            new SeedPairs(
                new float[] {1, 2, 3, 4},
                new float[] {0, -0.5f, 0, 0},
                new float[] {0.5f, 0, 0, 0}));

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 00000002 3f800000 40000000 40400000 40800000"
                    + " 00000000 bf000000 00000000 00000000 3f000000 00000000 00000000 00000000"
                    + " 5bc50b05"));
    SeedPairs read = Rows.pairs(row, 2);
    assertThat(read.z).containsExactly(1, 2, 3, 4);
    assertThat(read.prior).containsExactly(0, -0.5f, 0, 0);
    assertThat(read.y).containsExactly(0.5f, 0, 0, 0);
    assertThatThrownBy(() -> Rows.pairs(row, 3)).isInstanceOf(MalformedRowException.class);
  }

  @Test
  void stream_goldenBytes() throws Exception {
    StreamWindow window = StreamWindow.beginningAt(64);
    window.note(64, 9);

    byte[] row = Rows.stream(window);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "03 0000000000000040 0000000000000009 0000000000000000 0000000000000001"
                    + " 0000000000000000".repeat(14)
                    + "0d366eb2"));
    assertThat(Rows.stream(row)).usingRecursiveComparison().isEqualTo(window);
  }

  @Test
  void markers_goldenBytes() throws Exception {
    assertThat(hex(Rows.late())).isEqualTo("03412da0a5");
    assertThat(hex(Rows.waitingPerson())).isEqualTo("03412da0a5");
    Rows.late(Rows.late());
    Rows.waitingPerson(Rows.waitingPerson());
  }

  @Test
  void anyRow_cutOff_isMalformed() {
    byte[] header = Rows.header(new PersonHeader(), new Journal(), new Course());
    byte[] waiting = Rows.waiting(new Waiting.Frame(3, 17, face(null)));
    byte[] stream = Rows.stream(StreamWindow.beginningAt(1));
    for (int length = 0; length < header.length; length++) {
      byte[] cut = Arrays.copyOf(header, length);
      assertThatThrownBy(() -> Rows.header(cut)).isInstanceOf(MalformedRowException.class);
    }
    for (int length = 0; length < 40; length++) {
      byte[] cut = Arrays.copyOf(waiting, length);
      assertThatThrownBy(() -> Rows.waiting(3, cut)).isInstanceOf(MalformedRowException.class);
    }
    byte[] longer = Arrays.copyOf(stream, stream.length + 1);
    assertThatThrownBy(() -> Rows.stream(longer)).isInstanceOf(MalformedRowException.class);
  }

  /** Reads a row as the store does. */
  private interface Reader {
    void read(byte[] row) throws MalformedRowException;
  }

  @Test
  void anyRow_anyBitFlipped_isMalformed() throws Exception {
    SeedPairs pairs = new SeedPairs(new float[4], new float[4], new float[4]);
    StoredSettings settings = new StoredSettings("pk", 25, Map.of("dimensions", "2"));
    malformedWithAnyBitFlipped(
        Rows.header(new PersonHeader(), journal(pair(), 0), new Course()), Rows::header);
    malformedWithAnyBitFlipped(Rows.neuron(pair(), 0), RowsTest::readPair);
    malformedWithAnyBitFlipped(
        Rows.journal(new Journal.Face(new float[] {0.25f, 0}, 0.5f, -0.5f)),
        row -> Rows.journal(row, 2));
    malformedWithAnyBitFlipped(Rows.former(new FormerMemory("pk", 25, 300, pair())), Rows::former);
    for (Waiting waiting : waiting()) {
      malformedWithAnyBitFlipped(Rows.waiting(waiting), RowsTest::readWaiting);
    }
    malformedWithAnyBitFlipped(Rows.outcome(new Outcome(258, State.PAIRS)), Rows::outcome);
    malformedWithAnyBitFlipped(Rows.late(), Rows::late);
    malformedWithAnyBitFlipped(Rows.pairs(pairs), row -> Rows.pairs(row, 2));
    malformedWithAnyBitFlipped(Rows.stream(StreamWindow.beginningAt(64)), Rows::stream);
    malformedWithAnyBitFlipped(Rows.settings(settings), Rows::settings);
    malformedWithAnyBitFlipped(Rows.waitingPerson(), Rows::waitingPerson);
    assertThatThrownBy(() -> Rows.late(new byte[0])).isInstanceOf(MalformedRowException.class);
  }

  private static void malformedWithAnyBitFlipped(byte[] row, Reader reader)
      throws MalformedRowException {
    reader.read(row);
    for (int bit = 0; bit < 8 * row.length; bit++) {
      byte[] flipped = flip(row, bit);
      assertThatThrownBy(() -> reader.read(flipped))
          .as("bit %d of %s", bit, hex(row))
          .isInstanceOf(MalformedRowException.class);
    }
  }

  private static void readPair(byte[] neuron) throws MalformedRowException {
    MemoryLoader loader = new MemoryLoader(2);
    Rows.neuron(1, neuron, loader);
    Rows.neuron(4, Rows.neuron(pair(), 1), loader);
    if (loader.load(5).isEmpty()) {
      throw new MalformedRowException("neurons that do not fit together", null);
    }
  }

  private static void readWaiting(byte[] row) throws MalformedRowException {
    if (Rows.waiting(3, row) instanceof Waiting.Frame frame && frame.face.z.length != 2) {
      throw new MalformedRowException("z of another length", null);
    }
  }

  @Test
  void whatWaits_anyBitFlipped_isStillKnownForAFrameOrAReset() {
    for (Waiting waiting : waiting()) {
      byte[] row = Rows.waiting(waiting);
      for (int bit = 0; bit < 8 * row.length; bit++) {
        assertThat(Rows.isQueuedReset(flip(row, bit)))
            .as("bit %d of %s", bit, hex(row))
            .isEqualTo(waiting instanceof Waiting.Reset);
      }
    }
    assertThat(Rows.isQueuedReset(new byte[] {3})).isFalse();
    byte[] old = HexFormat.of().parseHex(golden(FRAME_OF_FORMAT_ONE));
    assertThat(Rows.isQueuedReset(old)).isFalse();
  }

  private static List<Waiting> waiting() {
    return List.of(
        new Waiting.Frame(3, 17, face(null)),
        new Waiting.Reset(3, "ann", "c1", 18, 16),
        new Waiting.Reset(3, "ann", "c1", 18, 16, new byte[] {10, 11}, 7));
  }

  @Test
  void anyRow_ofANewerFormat_isRefusedNamingBoth() {
    byte[] newer = HexFormat.of().parseHex(golden("04 00 bfeb160e"));

    assertThatThrownBy(() -> Rows.outcome(newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a outcome row has format 4, this release reads up to 3: start the newer release");
  }

  @Test
  void rowsOfFormatOne_areReadWithoutChecksum() throws Exception {
    byte[] header =
        HexFormat.of()
            .parseHex(
                golden(
                    "01 00000002 0102030405060708 00000019 000000000000012c 00000002 00000005"
                        + " 0000000000000028 0000000000000029 00 00000002 706b"));
    byte[] neuron =
        HexFormat.of()
            .parseHex(
                golden(
                    "01 3f000000 3e800000 be000000 00000001 00000004 00000003 3f400000 bf800000"));
    MemoryLoader loader = new MemoryLoader(2);

    Rows.HeaderRow read = Rows.header(header);
    Rows.neuron(1, neuron, loader);
    Rows.neuron(4, Rows.neuron(pair(), 1), loader);

    assertThat(read.header().seeded).isEqualTo(25);
    assertThat(read.header().modelVersion).isEqualTo("pk");
    assertThat(read.header().lastFrameMillis).isEqualTo(PersonHeader.NO_FRAME);
    assertThat(loader.load(5).orElseThrow().digest()).isEqualTo(pair().digest());
    assertThat(Rows.waiting(1, HexFormat.of().parseHex(golden(FRAME_OF_FORMAT_ONE))))
        .usingRecursiveComparison()
        .isEqualTo(new Waiting.Frame(1, 17, face(null)));
  }

  @Test
  void headerOfFormatTwo_isReadWithoutJournal() throws Exception {
    byte[] header =
        HexFormat.of()
            .parseHex(
                golden(
                    "02 00000002 0102030405060708 00000019 000000000000012c 00000002 00000005"
                        + " 0000000000000028 0000000000000029 0000000000000033 "
                        + "0000000000000000 ".repeat(7)
                        + "01 0000000000000005 0000000000000006 01 00000007 00000008 00000009"
                        + " 00000002 706b ffe952dc"));

    Rows.HeaderRow read = Rows.header(header);

    assertThat(read.journalFaces()).isZero();
    assertThat(read.neurons()).isEqualTo(2);
    assertThat(read.header().lastFrameMillis).isEqualTo(0x33);
  }

  private static final String FRAME_OF_FORMAT_ONE =
      "01 00 0000000000000010 0000000000000011 ffffffff 0000000000000012 0000000000000013"
          + " 3f000000 bf000000 00 00000003 616e6e 00000001 73 00000002 706b 3e800000 00000000";

  private static byte[] flip(byte[] row, int bit) {
    byte[] flipped = row.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static FaceFrame face(@Nullable Affect label) {
    return new FaceFrame(
        "ann", "s", 19, 16, 18, new float[] {0.25f, 0}, new Affect(0.5f, -0.5f), label, "pk");
  }

  /** The journal of a memory that learnt so many faces since its neurons were written. */
  private static Journal journal(MemoryState memory, int faces) {
    Journal journal = new Journal();
    journal.beginWith(memory);
    journal.restore(faces);
    return journal;
  }

  private static MemoryState pair() {
    return withIds(1, 4);
  }

  private static MemoryState withIds(int one, int other) {
    return new MemoryLoader(2)
        .neuron(
            one, new float[] {0.75f, -1}, 0.5f, 0.25f, -0.125f, new int[] {other}, new int[] {3})
        .neuron(other, new float[] {0, 0}, 1, 0, 0, new int[] {one}, new int[] {3})
        .load(5)
        .orElseThrow();
  }

  /** Golden bytes are written field by field; the blanks are for the reader. */
  private static String golden(String grouped) {
    return grouped.replace(" ", "");
  }

  private static String hex(byte[] row) {
    return HexFormat.of().formatHex(row);
  }
}
