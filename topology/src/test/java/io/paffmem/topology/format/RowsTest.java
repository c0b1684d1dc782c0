package io.paffmem.topology.format;

import static io.paffmem.schemas.avro.CommandKind.IMPORT;
import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.CommandKind.TEACH;
import static io.paffmem.schemas.avro.CommandKind.UNTEACH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.PersonBias;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.memory.guard.Likeness;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FormerMemory;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.ImaginedFaces;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.PersonHeader.LastCommand;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedOutcome.State;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.person.View;
import io.paffmem.topology.person.Waiting;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Golden bytes and round trips of every row; written out so that a change of format is seen. The
 * first two formats were never released; they are gone, and the third is the first now. So the
 * version (the first byte) and the checksum (the last four) are not what they were then. Everything
 * between them is.
 */
class RowsTest {
  @Test
  void header_goldenBytes() throws Exception {
    PersonHeader header =
        PersonHeader.restored(
            2,
            0x0102030405060708L,
            "pk",
            25,
            26,
            17,
            300,
            40,
            41,
            51,
            new LastCommand(new TextHash(5, 6), true, 7, 8, 9));
    header.restoreMomentPlace(258);

    byte[] row = HeaderRow.write(header, pair());

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00000002 0102030405060708 00000019 0000001a 000000000000012c 00000002"
                    + " 00000005 0000000000000028 0000000000000029 0000000000000033 "
                    + "0000000000000000 ".repeat(12)
                    + "01 0000000000000005 0000000000000006 01 00000007 00000008 00000009"
                    + " 00000002 706b 0000000000000011 0102 5adc58a5"));
    HeaderRow read = HeaderRow.read(row);
    assertThat(read.neurons()).isEqualTo(2);
    assertThat(read.nextNeuronId()).isEqualTo(5);
    assertThat(read.header()).usingRecursiveComparison().isEqualTo(header);
  }

  @Test
  void header_withBlocks_goldenBytesAtTheEnd() throws Exception {
    PersonHeader header = new PersonHeader();
    String before = hex(HeaderRow.write(header, new MemoryState(2)));
    header.blocks().block(null);
    header.blocks().block(new TextHash(1, 2));

    byte[] row = HeaderRow.write(header, new MemoryState(2));

    String fields = before.substring(0, before.length() - 8);
    assertThat(hex(row))
        .startsWith(fields + golden("01 0000000000000001 0000000000000002"))
        .hasSize(fields.length() + 2 * (1 + 16) + 8);
    assertThat(HeaderRow.read(row).header()).usingRecursiveComparison().isEqualTo(header);
  }

  @Test
  void header_withoutCommandAndModel_roundTrips() throws Exception {
    PersonHeader header = new PersonHeader();

    HeaderRow read = HeaderRow.read(HeaderRow.write(header, new MemoryState(2)));

    assertThat(read.header()).usingRecursiveComparison().isEqualTo(header);
  }

  @Test
  void neuron_goldenBytes() throws Exception {
    byte[] row = NeuronRow.write(pair(), 0);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 3f000000 3e800000 be000000 00000001 00000004 00000003 3f400000 bf800000 7050a6cb"));
    MemoryLoader loader = new MemoryLoader(2);
    NeuronRow.read(1, row, loader);
    NeuronRow.read(4, NeuronRow.write(pair(), 1), loader);
    MemoryLoader swapped = new MemoryLoader(2);
    NeuronRow.read(0, row, swapped);
    NeuronRow.read(4, NeuronRow.write(withIds(0, 4), 1), swapped);
    assertThat(loader.load(5).orElseThrow().digest()).isEqualTo(pair().digest());
    assertThat(swapped.load(5).orElseThrow().digest()).isEqualTo(withIds(0, 4).digest());
  }

  @Test
  void waitingFrame_goldenBytes() throws Exception {
    Waiting.Frame frame = new Waiting.Frame(3, 17, face(new Affect(1f, -1f)), 2);

    byte[] row = WaitingRow.write(frame);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00 0000000000000010 0000000000000011 00000002 0000000000000012 0000000000000013"
                    + " 01 3f000000 bf000000 01 3f800000 bf800000 01 3e000000 3e800000 00000003 616e6e"
                    + " 00000001 73 00000002 706b 3e800000 00000000 a9f00055"));
    Waiting read = WaitingRow.read(3, row);
    assertThat(read).usingRecursiveComparison().isEqualTo(frame);
  }

  @Test
  void waitingFrame_withoutLabel_roundTrips() throws Exception {
    Waiting.Frame frame = new Waiting.Frame(3, 17, face(null));

    assertThat(WaitingRow.read(3, WaitingRow.write(frame)))
        .usingRecursiveComparison()
        .isEqualTo(frame);
  }

  @Test
  void waitingReset_goldenBytes() throws Exception {
    Waiting reset = new Waiting.CommandedReset(3, command(RESET));

    byte[] row = WaitingRow.write(reset);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 01 0000000000000010 0000000000000012 00000003 616e6e 00000002 6331 e71bf936"));
    assertThat(WaitingRow.read(3, row)).isEqualTo(reset);
  }

  @Test
  void waitingResetThatLeavesWhatWasTaught_goldenBytes() throws Exception {
    Waiting reset = new Waiting.CommandedReset(3, command(RESET).keepingTeachings());

    byte[] row = WaitingRow.write(reset);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 01 0000000000000010 0000000000000012 00000003 616e6e 00000002 6331 01"
                    + " b6b365f2"));
    assertThat(WaitingRow.read(3, row)).isEqualTo(reset);
  }

  @Test
  void waitingImport_andResetOfAnIdlePerson_goldenBytes() throws Exception {
    Waiting sent = new Waiting.ImportReset(3, command(IMPORT), new byte[] {10, 11}, 7);
    Waiting idle = new Waiting.IdleReset(3, 16);

    byte[] row = WaitingRow.write(sent);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 02 0000000000000010 0000000000000012 00000003 616e6e 00000002 6331 00000007 0a0b"
                    + " ec2d0103"));
    assertThat(WaitingRow.read(3, row)).usingRecursiveComparison().isEqualTo(sent);
    assertThat(WaitingRow.isReset(row)).isTrue();
    assertThat(hex(WaitingRow.write(idle)))
        .isEqualTo(golden("02 01 0000000000000010 0000000000000000 00000000 00000000 49ef72d0"));
    assertThat(WaitingRow.read(3, WaitingRow.write(idle))).isEqualTo(idle);
  }

  @Test
  void waitingTeachings_goldenBytes() throws Exception {
    Command teach = new Command(TEACH, "ann", "t1", 0, 16);
    Waiting label =
        new Waiting.Teaching(
            3, teach, new Lesson(null, new TextHash(5, 6), 7L, 0, 0, false, 0.5f, -0.5f));
    Waiting undo =
        new Waiting.Teaching(
            3,
            new Command(UNTEACH, "ann", "u1", 0, 16),
            new Lesson("t1", null, null, 8, 9, true, 0, 0));

    byte[] row = WaitingRow.write(label);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 03 0000000000000010 00000003 616e6e 00000002 7431 00000000"
                    + " 01 0000000000000005 0000000000000006 01 0000000000000007"
                    + " 0000000000000000 0000000000000000 00 3f000000 bf000000 48836900"));
    assertThat(WaitingRow.read(3, row)).isEqualTo(label);
    assertThat(WaitingRow.read(3, WaitingRow.write(undo))).isEqualTo(undo);
  }

  @Test
  void taught_goldenBytes() throws Exception {
    TaughtMoment moment =
        new TaughtMoment("t1", false, 0.5f, -0.5f, new float[] {0.25f, -1}, 0.125f, 0.25f, 15, 258);

    byte[] row = TaughtRow.write(moment);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00000002 7431 00 3f000000 bf000000 3e000000 3e800000 0000000f"
                    + " 0000000000000102 00000002 3e800000 bf800000 0b8d1d6d"));
    assertThat(TaughtRow.read(row)).usingRecursiveComparison().isEqualTo(moment);
    malformedWithAnyBitFlipped(row, TaughtRow::read);
  }

  @Test
  void moment_goldenBytes() throws Exception {
    Lesson.Moment moment =
        new Lesson.Moment(new TextHash(5, 6), 7, 258, new float[] {1, -0.5f}, 0.125f, 0.25f, null);

    byte[] row = MomentRow.write(moment);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 0000000000000005 0000000000000006 0000000000000007 0000000000000102"
                    + " 3e000000 3e800000 7f c1 c2bd34ec"));
    Lesson.Moment read = MomentRow.read(row, 2);
    assertThat(read.z()).containsExactly(new float[] {1, -0.5f}, within(0.004f));
    assertThat(read).usingRecursiveComparison().ignoringFields("z").isEqualTo(moment);
    assertThatThrownBy(() -> MomentRow.read(row, 3)).isInstanceOf(MalformedRowException.class);
    malformedWithAnyBitFlipped(row, bytes -> MomentRow.read(bytes, 2));
  }

  @Test
  void momentThatCannotBeTaught_goldenBytes() throws Exception {
    Lesson.Moment moment =
        Lesson.Moment.refused(new TextHash(5, 6), 7, 258, Lesson.Outcome.NOT_THE_PERSON);

    byte[] row = MomentRow.write(moment);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 0000000000000005 0000000000000006 0000000000000007 0000000000000102 02"
                    + " 84f56b22"));
    malformedWithAnyBitFlipped(row, bytes -> MomentRow.read(bytes, 2));
    for (Lesson.Outcome refusal :
        List.of(
            Lesson.Outcome.NOT_THE_PERSON,
            Lesson.Outcome.NOT_READABLE,
            Lesson.Outcome.UNKNOWN_MOMENT,
            Lesson.Outcome.NOT_YET)) {
      Lesson.Moment each = Lesson.Moment.refused(new TextHash(5, 6), 7, 258, refusal);
      assertThat(MomentRow.read(MomentRow.write(each), 2))
          .usingRecursiveComparison()
          .isEqualTo(each);
    }
    Lesson.Moment none =
        Lesson.Moment.refused(new TextHash(5, 6), 7, 258, Lesson.Outcome.DUPLICATE);
    assertThatThrownBy(() -> MomentRow.write(none)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void formerMemory_goldenBytes() throws Exception {
    byte[] row = FormerRow.write(new FormerMemory("pk", 25, 300, pair()));

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00000019 000000000000012c 00000002 00000005 "
                    + "0000000000000000 ".repeat(12)
                    + "00000002 706b a3c606ac"));
    assertThat(FormerRow.read(row))
        .usingRecursiveComparison()
        .isEqualTo(new FormerRow("pk", 25, 300, 2, 5, new PersonBias()));
  }

  @Test
  void waitingFrame_streamStandsByAKey_isReadBack() throws Exception {
    FaceFrame plain = face(null);
    FaceFrame keyed =
        FaceFrame.of(
            plain.personId(),
            plain.streamId(),
            new FrameKey(new TextHash(5, 6), 19),
            plain.timestampMillis(),
            plain.capturedAtMillis(),
            plain.z(),
            plain.prior(),
            null,
            null,
            plain.modelVersion());
    byte[] without = WaitingRow.write(new Waiting.Frame(3, 17, plain));

    byte[] row = WaitingRow.write(new Waiting.Frame(3, 17, keyed));

    assertThat(row).hasSize(without.length + 16);
    assertThat(hex(row)).contains(golden("0000000000000005 0000000000000006"));
    assertThat(WaitingRow.read(3, row))
        .usingRecursiveComparison()
        .isEqualTo(new Waiting.Frame(3, 17, keyed));
  }

  @Test
  void settings_ofAKey_goldenBytes() throws Exception {
    StoredSettings settings = new StoredSettings("pk", 25, Map.of(), "d38b42096d80f45f");

    byte[] row = SettingsRow.write(settings);

    assertThat(hex(row))
        .contains(golden("00000007 686173684b6579 00000010 64333862343230393664383066343566"));
    assertThat(SettingsRow.read(row)).isEqualTo(settings);
  }

  @Test
  void settings_goldenBytes() throws Exception {
    StoredSettings settings = new StoredSettings("pk", 25, Map.of("dimensions", "2"), "");

    byte[] row = SettingsRow.write(settings);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00000003 00000005 6d6f64656c 00000002 706b"
                    + " 0000000d 73656564696e674672616d6573 00000002 3235"
                    + " 00000011 6d656d6f72792e64696d656e73696f6e73 00000001 32"
                    + " 2904542c"));
    assertThat(SettingsRow.read(row)).isEqualTo(settings);
  }

  @Test
  void outcome_goldenBytes() throws Exception {
    for (State state : State.values()) {
      SeedOutcome outcome = new SeedOutcome(258, 259, state);
      byte[] row = OutcomeRow.write(outcome);
      assertThat(OutcomeRow.read(row)).isEqualTo(outcome);
    }
    assertThat(hex(OutcomeRow.write(new SeedOutcome(258, SeedOutcome.NO_ANSWER, State.OPEN))))
        .isEqualTo(golden("02 0000000000000102 ffffffffffffffff 00 2d51a19e"));
    assertThat(hex(OutcomeRow.write(new SeedOutcome(258, 259, State.REFUSED))))
        .isEqualTo(golden("02 0000000000000102 0000000000000103 02 a35bf518"));
  }

  @Test
  void views_goldenBytes() throws Exception {
    List<View> views =
        List.of(
            new View(new FrameKey(new TextHash(5, 6), 7), View.State.ASKED, new float[] {1, 0}),
            new View(new FrameKey(new TextHash(5, 6), 8), View.State.VACANT, new float[] {0, -1}));

    byte[] row = ViewsRow.write(views);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00000002 00000002"
                    + " 0000000000000005 0000000000000006 0000000000000007 00 3f800000 00000000"
                    + " 0000000000000005 0000000000000006 0000000000000008 02 00000000 bf800000"
                    + " 4f56d9ef"));
    assertThat(ViewsRow.read(row, 2)).usingRecursiveComparison().isEqualTo(views);
    assertThatThrownBy(() -> ViewsRow.read(row, 3)).isInstanceOf(MalformedRowException.class);
    malformedWithAnyBitFlipped(row, bytes -> ViewsRow.read(bytes, 2));
  }

  @Test
  void pairs_goldenBytes() throws Exception {
    byte[] row =
        PairsRow.write(
            new ImaginedFaces(
                new float[] {1, 2, 3, 4},
                new float[] {0, -0.5f, 0, 0},
                new float[] {0.5f, 0, 0, 0}));

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 00000002 3f800000 40000000 40400000 40800000"
                    + " 00000000 bf000000 00000000 00000000 3f000000 00000000 00000000 00000000"
                    + " 92c8f86f"));
    ImaginedFaces read = PairsRow.read(row, 2);
    assertThat(read.z()).containsExactly(1, 2, 3, 4);
    assertThat(read.prior()).containsExactly(0, -0.5f, 0, 0);
    assertThat(read.y()).containsExactly(0.5f, 0, 0, 0);
    assertThatThrownBy(() -> PairsRow.read(row, 3)).isInstanceOf(MalformedRowException.class);
  }

  @Test
  void stream_goldenBytes() throws Exception {
    StreamWindow window = StreamWindow.beginningAt(64);
    window.note(64, 9);

    byte[] row = StreamRow.write(window);

    assertThat(hex(row))
        .isEqualTo(
            golden(
                "02 0000000000000040 0000000000000009 8000000000000000"
                    + " 0000000000000000 0000000000000001"
                    + " 0000000000000000".repeat(14)
                    + " 00 0000000000000000 00000000 00000000 90f3ae02"));
    assertThat(StreamRow.read(row)).usingRecursiveComparison().isEqualTo(window);
  }

  @Test
  void streamWhoseFacesWereCompared_goldenBytes() throws Exception {
    byte[] row =
        HexFormat.of()
            .parseHex(
                golden(
                    "02 0000000000000040 0000000000000009 8000000000000000"
                        + " 0000000000000000 0000000000000001"
                        + " 0000000000000000".repeat(14)
                        + " 00 0000000000000000 00000000 00000000"
                        + " 3f000000 3f400000 00000003 0000000000000011 0000000000000010 fd2963c9"));

    StreamWindow read = StreamRow.read(row);

    assertThat(read.look().isBegun()).isTrue();
    assertThat(StreamRow.write(read)).isEqualTo(row);
  }

  @Test
  void streamWithAFaceThatIsKept_goldenBytes() throws Exception {
    for (String look :
        List.of("", " 3f000000 3f400000 00000003 0000000000000008 0000000000000009")) {
      StreamWindow window = StreamRow.read(stream(look + " 0000000000000040 0000000000000011 01"));

      assertThat(window.lastKept()).isEqualTo(new StreamWindow.LastKept(64, 17, true));
      assertThat(window.look().isBegun()).isEqualTo(!look.isEmpty());
      assertThat(hex(StreamRow.write(window)))
          .isEqualTo(hex(stream(look + " 0000000000000040 0000000000000011 01")));
    }
  }

  /** A stream's row that ends so, with its checksum. */
  private static byte[] stream(String end) {
    byte[] row =
        HexFormat.of()
            .parseHex(
                golden(
                    "02 0000000000000040 0000000000000009 8000000000000000"
                        + " 0000000000000000 0000000000000001"
                        + " 0000000000000000".repeat(14)
                        + " 00 0000000000000000 00000000 00000000"
                        + end));
    return RowFormat.done(ByteBuffer.allocate(row.length + Integer.BYTES).put(row));
  }

  @Test
  void look_goldenBytes() throws Exception {
    byte[] described =
        HexFormat.of()
            .parseHex(
                golden(
                    "02 00000003 00000002 ffffffff 3f800000 c0000000 00000005 0000000000000010"
                        + " f6a10400"));
    byte[] gathered =
        HexFormat.of().parseHex(golden("02 00000003 00000002 00000002 7f01 807f a24b7712"));

    assertThat(LookRow.read(described).isKnown()).isTrue();
    assertThat(LookRow.write(LookRow.read(described))).isEqualTo(described);
    assertThat(LookRow.read(gathered).isKnown()).isFalse();
    assertThat(LookRow.write(LookRow.read(gathered))).isEqualTo(gathered);
    malformedWithAnyBitFlipped(described, LookRow::read);
  }

  @Test
  void waitingFrameOfAStranger_roundTrips() throws Exception {
    for (Likeness likeness : Likeness.values()) {
      Waiting.Frame frame = new Waiting.Frame(3, 17, face(null).judged(likeness));

      assertThat(WaitingRow.read(3, WaitingRow.write(frame)))
          .usingRecursiveComparison()
          .isEqualTo(frame);
    }
  }

  @Test
  void waitingFrameOfMeasuredQuality_roundTrips() throws Exception {
    for (FaceQuality quality :
        List.of(
            new FaceQuality(false, 9f, 0.5f, 0.25f, 0.75f, -30f, 12f),
            new FaceQuality(true, 90f, 0.5f, 0f, null, null, null))) {
      FaceFrame face = face(new Affect(0f, 1f)).judged(Likeness.PERSON).shown(quality);
      Waiting.Frame frame = new Waiting.Frame(3, 17, face.seenAtIngest());

      assertThat(WaitingRow.read(3, WaitingRow.write(frame)))
          .usingRecursiveComparison()
          .isEqualTo(frame);
    }
  }

  @Test
  void markers_goldenBytes() throws Exception {
    assertThat(hex(MarkerRow.write())).isEqualTo(golden("02 b34623a6"));
    MarkerRow.read("waiting person", MarkerRow.write());
  }

  @Test
  void anyRow_cutOff_isMalformed() {
    byte[] header = HeaderRow.write(new PersonHeader(), new MemoryState(2));
    byte[] waiting = WaitingRow.write(new Waiting.Frame(3, 17, face(null)));
    byte[] stream = StreamRow.write(StreamWindow.beginningAt(1));
    for (int length = 0; length < header.length; length++) {
      byte[] cut = Arrays.copyOf(header, length);
      assertThatThrownBy(() -> HeaderRow.read(cut)).isInstanceOf(MalformedRowException.class);
    }
    for (int length = 0; length < 40; length++) {
      byte[] cut = Arrays.copyOf(waiting, length);
      assertThatThrownBy(() -> WaitingRow.read(3, cut)).isInstanceOf(MalformedRowException.class);
    }
    byte[] longer = Arrays.copyOf(stream, stream.length + 1);
    assertThatThrownBy(() -> StreamRow.read(longer)).isInstanceOf(MalformedRowException.class);
  }

  /** Reads a row as the store does. */
  private interface Reader {
    void read(byte[] row) throws MalformedRowException;
  }

  @Test
  void anyRow_anyBitFlipped_isMalformed() throws Exception {
    ImaginedFaces pairs = new ImaginedFaces(new float[4], new float[4], new float[4]);
    StoredSettings settings = new StoredSettings("pk", 25, Map.of("dimensions", "2"), "");
    malformedWithAnyBitFlipped(
        HeaderRow.write(new PersonHeader(), new MemoryState(2)), HeaderRow::read);
    malformedWithAnyBitFlipped(NeuronRow.write(pair(), 0), RowsTest::readPair);
    malformedWithAnyBitFlipped(
        FormerRow.write(new FormerMemory("pk", 25, 300, pair())), FormerRow::read);
    for (Waiting waiting : waiting()) {
      malformedWithAnyBitFlipped(WaitingRow.write(waiting), RowsTest::readWaiting);
    }
    malformedWithAnyBitFlipped(
        OutcomeRow.write(new SeedOutcome(258, 258, State.PAIRS)), OutcomeRow::read);
    malformedWithAnyBitFlipped(MarkerRow.write(), row -> MarkerRow.read("waiting person", row));
    malformedWithAnyBitFlipped(PairsRow.write(pairs), row -> PairsRow.read(row, 2));
    malformedWithAnyBitFlipped(StreamRow.write(StreamWindow.beginningAt(64)), StreamRow::read);
    malformedWithAnyBitFlipped(SettingsRow.write(settings), SettingsRow::read);
    assertThatThrownBy(() -> MarkerRow.read("waiting person", new byte[0]))
        .isInstanceOf(MalformedRowException.class);
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
    NeuronRow.read(1, neuron, loader);
    NeuronRow.read(4, NeuronRow.write(pair(), 1), loader);
    if (loader.load(5).isEmpty()) {
      throw new MalformedRowException("neurons that do not fit together");
    }
  }

  private static void readWaiting(byte[] row) throws MalformedRowException {
    if (WaitingRow.read(3, row) instanceof Waiting.Frame frame && frame.face().z().length != 2) {
      throw new MalformedRowException("z of another length");
    }
  }

  @Test
  void whatWaits_anyBitFlipped_isStillKnownForAFrameOrAReset() {
    for (Waiting waiting : waiting()) {
      byte[] row = WaitingRow.write(waiting);
      for (int bit = 0; bit < 8 * row.length; bit++) {
        assertThat(WaitingRow.isReset(flip(row, bit)))
            .as("bit %d of %s", bit, hex(row))
            .isEqualTo(!(waiting instanceof Waiting.Frame));
      }
    }
    assertThat(WaitingRow.isReset(new byte[] {1})).isFalse();
  }

  private static List<Waiting> waiting() {
    return List.of(
        new Waiting.Frame(3, 17, face(null)),
        new Waiting.CommandedReset(3, command(RESET)),
        new Waiting.CommandedReset(3, command(RESET).keepingTeachings()),
        new Waiting.IdleReset(3, 16),
        new Waiting.ImportReset(3, command(IMPORT), new byte[] {10, 11}, 7),
        new Waiting.Teaching(
            3,
            new Command(TEACH, "ann", "t1", 0, 16),
            new Lesson(null, new TextHash(5, 6), 7L, 0, 0, false, 0.5f, -0.5f)));
  }

  @Test
  void anyRow_ofANewerFormat_isRefusedNamingBoth() {
    byte[] newer = HexFormat.of().parseHex(golden("03 00 c586df4b"));

    assertThatThrownBy(() -> OutcomeRow.read(newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "a outcome row has format 3, this release reads 2 alone: start the release that wrote it");
  }

  private static byte[] flip(byte[] row, int bit) {
    byte[] flipped = row.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static FaceFrame face(@Nullable Affect label) {
    return FaceFrame.of(
        "ann",
        "s",
        new FrameKey(TextHash.of("s"), 19),
        16,
        18,
        new float[] {0.25f, 0},
        new Affect(0.5f, -0.5f),
        label == null ? null : new Affect(0.125f, 0.25f),
        label,
        "pk");
  }

  private static Command command(CommandKind kind) {
    return new Command(kind, "ann", "c1", 18, 16);
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
