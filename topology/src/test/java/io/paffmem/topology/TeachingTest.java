package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.CommandKind.TEACH;
import static io.paffmem.schemas.avro.CommandKind.UNTEACH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.Taught;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Source;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.Person;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a teaching does, in the order of the frames; "ann" is seeded and shows 20 faces, 5 a second.
 */
class TeachingTest {
  private static final long NOW = StreamHarness.START.toEpochMilli();
  private static final long APART = 200;
  private static final int SHOWN = 20;

  /** How a person looks is known after five frames. */
  private static final TopologyConfig CONFIG =
      StreamHarness.config().toBuilder().guard(GuardConfig.standard().withFirstFrames(5)).build();

  @AutoClose private final StreamHarness stream = new StreamHarness(CONFIG);

  @BeforeEach
  void begin() {
    for (int sequence = 0; sequence < 3; sequence++) {
      show("ann", sequence, 0.1f, 0.1f);
      stream.answer("ann", "s", sequence, 0);
    }
    for (int sequence = 3; sequence < SHOWN; sequence++) {
      show("ann", sequence, 0.2f, -0.1f);
    }
    stream.emotions();
  }

  @Test
  void labelOfAFrame_correctsWhatIsAnsweredFromThereOn_andTheEventSaysSo() {
    label("t1", "ann", "s", 12, 0.2f, 0.8f);
    show("ann", SHOWN, 0.2f, -0.1f);

    assertThat(receipt())
        .isEqualTo(
            new PersonReceipt("t1", "ann", TEACH, 0L, 0, 0, 0, neurons("ann"), null, "taught", 1));
    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getTeachings()).isEqualTo(1))
        .satisfies(e -> assertThat(e.getAffect().getValence()).isGreaterThan(0.2f));
    assertThat(taught("ann"))
        .singleElement()
        .satisfies(m -> assertThat(m.valence()).isEqualTo(0.8f))
        .satisfies(m -> assertThat(m.readValence()).isBetween(-0.2f, 0.2f))
        .satisfies(m -> assertThat(m.seenAtMillis()).isEqualTo(NOW + 12 * APART));
    assertThat(stream.count(Count.TEACHINGS)).isEqualTo(1);
  }

  @Test
  void neutralOfThreeSeconds_isTheMeanOfItsFaces_andSurvivesARestart() {
    stretch("t1", "ann", null, 4, 18);
    String digest = stream.digest("ann");
    assertThat(receipt().getOutcome()).isEqualTo("taught");

    stream.restart();

    assertThat(stream.digest("ann")).isEqualTo(digest);
    assertThat(taught("ann"))
        .singleElement()
        .satisfies(m -> assertThat(m.neutral()).isTrue())
        .satisfies(m -> assertThat(m.faces()).isEqualTo(15));
    show("ann", SHOWN, 0.2f, -0.1f);
    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getAffect().getArousal()).isBetween(0f, 0.15f));
  }

  @Test
  void undo_leavesWhatWouldBeThereWithoutIt() {
    label("kept", "ann", "s", 8, -0.4f, 0.4f);
    String before = stream.digest("ann");
    label("t1", "ann", "s", 12, 1, 1);
    assertThat(stream.digest("ann")).isNotEqualTo(before);

    undo("u1", "ann", "t1");

    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.receipts())
        .last()
        .isEqualTo(
            new PersonReceipt(
                "u1", "ann", UNTEACH, 0L, 0, 0, 0, neurons("ann"), null, "undone", 1));
    undo("u2", "ann", "t1");
    assertThat(receipt())
        .satisfies(r -> assertThat(r.getOutcome()).isEqualTo("unknown_teaching"))
        .satisfies(r -> assertThat(r.getProblem()).contains("no teaching of that id"));
  }

  @Test
  void undo_framesSince_areLearntAsIfNothingHadBeenTaught() {
    try (StreamHarness untaught = new StreamHarness(CONFIG)) {
      for (int sequence = 0; sequence < 40; sequence++) {
        show(untaught, "ann", sequence, sequence < 3 ? 0.1f : 0.2f, sequence < 3 ? 0.1f : -0.1f);
        if (sequence < 3) {
          untaught.answer("ann", "s", sequence, 0);
        }
      }
      label("t1", "ann", "s", 12, 1, 1);
      for (int sequence = SHOWN; sequence < 40; sequence++) {
        show("ann", sequence, 0.2f, -0.1f);
      }

      undo("u1", "ann", "t1");

      assertThat(stream.digest("ann")).isEqualTo(untaught.digest("ann"));
    }
  }

  @Test
  void sameIdTwice_isADuplicate() {
    label("t1", "ann", "s", 12, 0.2f, 0.8f);
    String before = stream.digest("ann");

    label("t1", "ann", "s", 15, -1, -1);

    assertThat(receipt().getOutcome()).isEqualTo("duplicate");
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.count(Count.REPEATED_COMMANDS)).isEqualTo(1);
  }

  @Test
  void unknownPersonStreamOrFrame_isAnUnknownMoment() {
    label("t1", "nobody", "s", 12, 0, 0);
    label("t2", "ann", "t", 12, 0, 0);
    label("t3", "ann", "s", SHOWN, 0, 0);
    stretch("t4", "ann", null, SHOWN + 5, SHOWN + 9);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsOnly("unknown_moment");
    assertThat(taught("ann")).isEmpty();
    assertThat(stream.count(Count.REFUSED_TEACHINGS)).isEqualTo(4);
  }

  @Test
  void momentOfLongAgo_isTooLate() {
    for (int sequence = SHOWN; sequence < SHOWN + Lesson.MOST_MOMENTS; sequence++) {
      show("ann", sequence, 0.2f, -0.1f);
    }

    label("t1", "ann", "s", SHOWN - 1, 0, 0);
    stretch("t2", "ann", null, 0, SHOWN - 1);
    label("t3", "ann", "s", SHOWN, 0, 0);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("too_late", "too_late", "taught");
  }

  @Test
  void fasterStream_keepsOneFaceASlice_andTeachesTheFirstOfIt() {
    int before = rows("ann", RowKeys.MOMENT);
    for (int sequence = 0; sequence < 50; sequence++) { // 25 a second, for two seconds
      stream.embedding(
          face("ann", "fast", sequence, NOW + 40L * sequence, 0.2f, -0.1f), NOW + 40L * sequence);
    }

    label("t1", "ann", "fast", 28, 0.5f, 0.5f);

    assertThat(rows("ann", RowKeys.MOMENT) - before).isEqualTo(10);
    assertThat(taught("ann"))
        .extracting(TaughtMoment::seenAtMillis)
        .containsExactly(NOW + 1_000); // frame 25
  }

  @Test
  void neutralOfAFaceThatMovedOrLaughs_isNotCalm() {
    for (int sequence = SHOWN; sequence < SHOWN + 15; sequence++) {
      show("ann", sequence, 0.3f, 0.7f);
    }
    String before = stream.digest("ann");

    stretch("laughs", "ann", null, SHOWN, SHOWN + 14);
    stretch("moves", "ann", null, SHOWN - 7, SHOWN + 7);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("not_calm", "not_calm");
    assertThat(stream.digest("ann")).isEqualTo(before);
  }

  @Test
  void frameOfAStranger_isNotThePerson_howeverCloseOrLongAgoThePersonWas() {
    stranger(SHOWN, NOW + SHOWN * APART + 30_000);
    stranger(SHOWN + 1, NOW + SHOWN * APART + 30_040); // of the same slice, so not kept itself
    String before = stream.digest("ann");
    stream.restart();

    label("t1", "ann", "s", SHOWN, 1, 1);
    label("t2", "ann", "s", SHOWN + 1, 1, 1);
    stretch("t3", "ann", null, SHOWN + 1, SHOWN + 200);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("not_the_person", "not_the_person", "not_the_person");
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.count(Count.REFUSED_TEACHINGS)).isEqualTo(3);
    label("t4", "ann", "s", SHOWN - 1, 0.5f, 0.5f);
    assertThat(receipt().getOutcome()).isEqualTo("taught");
  }

  @Test
  void stretchWithAStranger_leavesThemOut() {
    stranger(SHOWN, NOW + 10 * APART + 50); // beside the person, between two of their faces

    stretch("t1", "ann", null, 6, 15);

    assertThat(taught("ann")).extracting(TaughtMoment::faces).containsExactly(10);
  }

  @Test
  void strangerInASlice_theRestOfItCannotBeTaught_theNextCan() {
    long second = NOW + 60_000;
    int before = rows("ann", RowKeys.MOMENT);
    for (int sequence = 0; sequence < 8; sequence++) { // 25 a second, five a slice
      long millis = second + 40L * sequence;
      Embedding face = face("ann", "fast", sequence, millis, 0.2f, -0.1f);
      if (sequence == 2 || sequence == 4) {
        stranger(face, millis);
      } else {
        stream.embedding(face, millis);
      }
    }

    for (int sequence = 0; sequence < 8; sequence++) {
      label("t" + sequence, "ann", "fast", sequence, 0.5f, 0.5f);
    }

    assertThat(rows("ann", RowKeys.MOMENT) - before).as("two of the first slice").isEqualTo(3);
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly(
            "taught",
            "taught",
            "not_the_person",
            "not_the_person",
            "not_the_person",
            "taught",
            "taught",
            "taught");
  }

  @Test
  void frameThatWasOvertaken_isTaughtByItself() {
    show("ann", SHOWN, 0.2f, -0.1f);
    long millis = NOW + SHOWN * APART + 10_000;
    stream.embedding(face("ann", "s", SHOWN + 2, millis, 0.2f, -0.1f), millis);
    stream.embedding(face("ann", "s", SHOWN + 1, millis - 1, 0.2f, -0.1f), millis);

    label("t1", "ann", "s", SHOWN + 1, 0.5f, 0.5f);

    assertThat(taught("ann")).extracting(TaughtMoment::seenAtMillis).containsExactly(millis - 1);
  }

  @Test
  void strangerWhoWasOvertaken_isNotThePerson() {
    long millis = NOW + SHOWN * APART + 10_000;
    stream.embedding(face("ann", "s", SHOWN + 1, millis, 0.2f, -0.1f), millis);
    stranger(SHOWN, millis - 1);

    label("t1", "ann", "s", SHOWN, 0.5f, 0.5f);
    label("t2", "ann", "s", SHOWN + 1, 0.5f, 0.5f);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("not_the_person", "taught");
  }

  @Test
  void frameOfAnotherModel_isAnUnknownMoment() {
    long millis = NOW + SHOWN * APART;
    Embedding face = face("ann", "s", SHOWN, millis, 0.2f, -0.1f);
    stream.embedding(Embedding.newBuilder(face).setModelVersion("pk-2").build(), millis);

    label("t1", "ann", "s", SHOWN, 0.5f, 0.5f);

    assertThat(receipt().getOutcome()).isEqualTo("unknown_moment");
    assertThat(taught("ann")).isEmpty();
  }

  @Test
  void frameFromBeforeTheMemoryWasSeeded_isNotYet() {
    label("t1", "ann", "s", 0, 0, 0);
    for (int sequence = 0; sequence < 2; sequence++) {
      show("bob", sequence, 0.2f, 0.2f);
      stream.refusal("bob", "s", sequence, 0);
    }
    show("bob", 2, 0.2f, 0.2f);
    stream.answer("bob", "s", 2, 0);

    label("t2", "bob", "s", 1, 0, 0);
    label("t3", "bob", "s", 2, 0, 0);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("taught", "not_yet", "taught");
  }

  @Test
  void whileNothingIsSeeded_theAnswerSaysNotYet() {
    stream.frame("bob", "s", 0);
    stream.refusal("bob", "s", 0, 0);

    label("t1", "bob", "s", 0, 0, 0);

    assertThat(receipt().getOutcome()).isEqualTo("not_yet");
  }

  @Test
  void whileFramesWait_itWaitsForThoseBeforeIt_overARestart() {
    show("bob", 0, 0.2f, 0.2f);
    label("t1", "bob", "s", 0, -0.5f, 0.5f);
    label("t2", "bob", "s", 1, -0.5f, 0.5f); // is not there yet
    show("bob", 1, 0.2f, 0.2f);
    assertThat(receipt().getOutcome()).isEqualTo("unknown_moment");
    assertThat(stream.load("bob").waitingFrames()).isEqualTo(2);
    stream.restart();

    stream.answer("bob", "s", 0, 0);
    stream.answer("bob", "s", 1, 0);

    assertThat(stream.emotions()).extracting(Emotion::getTeachings).containsExactly(0, 1);
    assertThat(stream.receipts()).extracting(PersonReceipt::getOutcome).containsExactly("taught");
    assertThat(stream.load("bob").header().generation()).isZero();
  }

  @Test
  void whoIsForgottenBeforeItsTurn_orSentBeforeTheCutoff_isForgotten() {
    show("bob", 0, 0.2f, 0.2f);
    label("t1", "bob", "s", 0, 0, 0);
    stream.command("c", "bob", FORGET, NOW + 60_000);
    label("t2", "bob", "s", 0, 0, 0);
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("forgotten", null, "forgotten");
    assertThat(stream.rows("bob")).isEqualTo(1);

    label("t3", "ann", "s", 12, 1, 1);
    stream.command("c", "ann", FORGET, NOW + 60_000);
    assertThat(stream.rows("ann")).isEqualTo(1);
  }

  @Test
  void reset_takesTheTeachingsAndTheMomentsAlong() {
    label("t1", "ann", "s", 12, 1, 1);
    stream.command("c", "ann", RESET, 0);

    assertThat(taught("ann")).isEmpty();
    assertThat(rows("ann", RowKeys.TAUGHT) + rows("ann", RowKeys.MOMENT)).isZero();
    stream.receipts();
    label("t2", "ann", "s", 12, 1, 1);
    assertThat(receipt().getOutcome()).isEqualTo("not_yet");
  }

  @Test
  void resetButForTeachings_theNewMemoryHasThem_overARestartAndForget() {
    label("t1", "ann", "s", 12, 0.5f, 0.9f);

    stream.resetButForTeachings("c", "ann");

    assertThat(stream.load("ann").header().generation()).isEqualTo(1);
    assertThat(stream.load("ann").waitingFrames()).isZero();
    assertThat(neurons("ann")).isZero();
    assertThat(rows("ann", RowKeys.MOMENT)).isZero();
    String digest = stream.digest("ann");
    stream.restart();
    assertThat(stream.digest("ann")).isEqualTo(digest);
    assertThat(taught("ann")).extracting(TaughtMoment::id).containsExactly("t1");
    show("ann", SHOWN, 0.2f, -0.1f);
    stream.answer("ann", "s", SHOWN, 1);
    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getTeachings()).isEqualTo(1))
        .satisfies(e -> assertThat(e.getAffect().getValence()).isPositive());
    undo("u", "ann", "t1");
    assertThat(receipt().getOutcome()).isEqualTo("undone");
    label("t2", "ann", "s", SHOWN, 0.5f, 0.9f);
    stream.command("f", "ann", FORGET, NOW + 60_000);
    assertThat(stream.rows("ann")).isEqualTo(1);
  }

  @Test
  void resetButForTeachings_whileFramesWait_takesOverWhatIsTaughtUntilItsTurn() {
    show("bob", 0, 0.2f, 0.2f);
    label("t1", "bob", "s", 0, -0.5f, 0.5f);
    stream.resetButForTeachings("c", "bob");
    label("t2", "bob", "s", 0, -0.5f, 0.5f);
    stream.restart();

    stream.answer("bob", "s", 0, 0);

    assertThat(taught("bob")).extracting(TaughtMoment::id).containsExactly("t1");
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("taught", null, "not_yet");
  }

  @Test
  void export_carriesTheTeachings_andAnUntaughtOneIsAsBefore() {
    byte[] untaught = export("ann");
    label("t1", "ann", "s", 12, 0.5f, 0.5f);
    byte[] file = export("ann");

    assertThat(untaught[11]).isEqualTo((byte) 2);
    assertThat(file[11]).isEqualTo((byte) 3);
    stream.send(
        Topics.MEMORY_IMPORTS, "bob", new MemoryImport("i1", "bob", ByteBuffer.wrap(file)), NOW);
    assertThat(stream.digest("bob")).isEqualTo(stream.digest("ann"));
    stream.restart();
    assertThat(taught("bob")).extracting(TaughtMoment::id).containsExactly("t1");
  }

  @Test
  void changeOfModel_teachingsStayWithTheOldMemory_andComeBackWithIt() {
    label("t1", "ann", "s", 12, 0.2f, 0.9f);
    String old = stream.digest("ann");
    stream.restart(CONFIG.toBuilder().modelVersion("pk-2").build());
    Embedding next = face("ann", "s", SHOWN, NOW + SHOWN * APART, 0.2f, -0.1f);
    stream.embedding(
        new Embedding(
            next.getIdentity(),
            next.getCapturedAtMillis(),
            next.getZ(),
            next.getPrior(),
            "pk-2",
            null,
            null,
            null,
            null),
        NOW + SHOWN * APART);
    assertThat(taught("ann")).isEmpty(); // z of two models does not compare
    show("ann", SHOWN + 1, 0.2f, -0.1f); // of the old model
    stream.restart(CONFIG);
    show("ann", SHOWN + 2, 0.2f, -0.1f);

    assertThat(taught("ann")).extracting(TaughtMoment::id).containsExactly("t1");
    assertThat(stream.emotions())
        .filteredOn(e -> e.getSource() == Source.MEMORY)
        .extracting(Emotion::getTeachings)
        .containsOnly(1);
    assertThat(old).isNotEmpty();
  }

  @Test
  void frameWhoseLabelTeaches_isAnsweredFirst_thenTeaches() {
    for (int sequence = 4; sequence < 6; sequence++) {
      TestRecord<byte[], byte[]> record =
          stream.record(
              Topics.EMBEDDINGS,
              "ann",
              StreamHarness.embedding("ann", "labelled", sequence, StreamHarness.MODEL),
              NOW + 50_000);
      record.headers().add(FrameHeaders.TEACHES, new byte[0]);
      stream.send(Topics.EMBEDDINGS, record); // the second has no label
      stream.send(Topics.EMBEDDINGS, record);
    }

    assertThat(stream.emotions()).extracting(Emotion::getTeachings).containsExactly(0, 1);
    assertThat(taught("ann"))
        .extracting(TaughtMoment::arousal, TaughtMoment::valence)
        .containsExactly(tuple(0.5f, 0.125f));
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("taught", "duplicate");
  }

  @Test
  void aHundredThousandTeachings_fillTheMemory_andCostNothingMore() {
    for (int i = 0; i < 1_000; i++) {
      label("t" + i, "ann", "s", 12, 0.5f, 0.5f);
    }

    assertThat(taught("ann")).hasSize(Taught.MOST);
    assertThat(rows("ann", RowKeys.TAUGHT)).isEqualTo(Taught.MOST);
    assertThat(stream.receipts())
        .filteredOn(r -> "full".equals(r.getOutcome()))
        .hasSize(1_000 - Taught.MOST);
    undo("u", "ann", "t3");
    label("t3", "ann", "s", 12, 0.5f, 0.5f);
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getOutcome)
        .containsExactly("undone", "taught");
  }

  @Test
  void teachingsThatWait_areBounded() {
    show("bob", 0, 0.2f, 0.2f);
    for (int i = 0; i < 100; i++) {
      label("t" + i, "bob", "s", 0, 0, 0);
    }

    assertThat(stream.receipts())
        .hasSize(100 - Taught.MOST)
        .extracting(PersonReceipt::getOutcome)
        .containsOnly("full");
  }

  @Test
  void teachingThatCannotBe_isADeadLetter() {
    Affect middle = new Affect(0f, 0f);
    List<Teaching> bad =
        List.of(
            teaching("", TeachingKind.LABEL, "s", 1L, null, null, middle, null),
            teaching("x".repeat(65), TeachingKind.LABEL, "s", 1L, null, null, middle, null),
            teaching("t", TeachingKind.LABEL, "s", 1L, null, null, null, null),
            teaching("t", TeachingKind.LABEL, "s", 1L, null, null, new Affect(1.5f, 0f), null),
            teaching("t", TeachingKind.LABEL, "s", 1L, null, null, new Affect(0f, Float.NaN), null),
            teaching("t", TeachingKind.LABEL, null, 1L, null, null, middle, null),
            teaching("t", TeachingKind.LABEL, "s", 1L, 1L, 2L, middle, null),
            teaching("t", TeachingKind.NEUTRAL, null, null, 2L, 1L, null, null),
            teaching("t", TeachingKind.NEUTRAL, "s", null, null, null, null, null),
            teaching("t", TeachingKind.UNDO, null, null, null, null, null, null));

    bad.forEach(each -> stream.send(Topics.TEACHINGS, "ann", each, NOW));
    stream.send(
        Topics.TEACHINGS,
        "bob",
        teaching("t", TeachingKind.LABEL, "s", 1L, null, null, middle, null),
        NOW);
    for (CommandKind kind : List.of(TEACH, UNTEACH)) {
      stream.send(
          Topics.PERSON_COMMANDS,
          "ann",
          new PersonCommand("c", "ann", kind, 0L, false, null, false),
          NOW);
    }

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .extracting(BadInputTest::reason)
        .hasSize(13)
        .containsOnly("invalid_teaching", "key_mismatch", "invalid_command");
    assertThat(stream.receipts()).isEmpty();
  }

  @Test
  void faceThatIsNotReadable_cannotBeTaught() {
    long millis = NOW + SHOWN * APART + 30_000;
    FaceQuality small = new FaceQuality(false, 9f, 0.5f, 0f, null, null, null);
    stream.embedding(
        Embedding.newBuilder(face("ann", "s", SHOWN, millis, 0.2f, -0.1f))
            .setQuality(small)
            .build(),
        millis);

    label("t1", "ann", "s", SHOWN, 1, 1);

    assertThat(receipt().getOutcome()).isEqualTo("not_readable");
    assertThat(taught("ann")).isEmpty();
  }

  @Test
  void damagedMoment_costsThatMomentAlone() {
    Bytes key = RowKeys.moment(PersonHasher.plain().of("ann"), 12);
    byte[] row = stream.store().get(key).clone();
    row[9] ^= 1;
    stream.store().put(key, row);

    stretch("t1", "ann", "s", 10, 14);

    assertThat(taught("ann")).extracting(TaughtMoment::faces).containsExactly(4);
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.store().get(key)).isNull();
  }

  // ---- what is sent

  private void show(String person, long sequence, float arousal, float valence) {
    show(stream, person, sequence, arousal, valence);
  }

  private static void show(
      StreamHarness to, String person, long sequence, float arousal, float valence) {
    long millis = NOW + sequence * APART;
    to.embedding(face(person, "s", sequence, millis, arousal, valence), millis);
  }

  /** A frame of "ann" whose face is another's. */
  private void stranger(long sequence, long millis) {
    stranger(face("ann", "s", sequence, millis, 0.2f, -0.1f), millis);
  }

  private void stranger(Embedding face, long millis) {
    stream.embedding(
        Embedding.newBuilder(face).setLook(GuardTest.look("stranger", 1).pack()).build(), millis);
  }

  private static Embedding face(
      String person, String stream, long sequence, long millis, float arousal, float valence) {
    return new Embedding(
        new FrameIdentity(person, stream, sequence),
        millis,
        FloatVectors.pack(StreamHarness.face(person, sequence % 3, StreamHarness.DIMENSIONS)),
        new Affect(arousal, valence),
        StreamHarness.MODEL,
        null,
        null,
        GuardTest.look(person, sequence).pack(),
        null);
  }

  private void label(
      String id, String person, String of, long sequence, float arousal, float valence) {
    send(
        person,
        new Teaching(
            id,
            person,
            TeachingKind.LABEL,
            of,
            sequence,
            null,
            null,
            new Affect(arousal, valence),
            null));
  }

  private void stretch(String id, String person, @Nullable String of, int from, int to) {
    send(
        person,
        new Teaching(
            id,
            person,
            TeachingKind.NEUTRAL,
            of,
            null,
            NOW + from * APART,
            NOW + to * APART,
            null,
            null));
  }

  private void undo(String id, String person, String undoes) {
    send(person, new Teaching(id, person, TeachingKind.UNDO, null, null, null, null, null, undoes));
  }

  private void send(String person, Teaching teaching) {
    stream.send(Topics.TEACHINGS, person, teaching, NOW + 50_000);
  }

  private static Teaching teaching(
      String id,
      TeachingKind kind,
      @Nullable String of,
      @Nullable Long sequence,
      @Nullable Long from,
      @Nullable Long to,
      @Nullable Affect affect,
      @Nullable String undoes) {
    return new Teaching(id, "ann", kind, of, sequence, from, to, affect, undoes);
  }

  // ---- what came of it

  private PersonReceipt receipt() {
    List<PersonReceipt> receipts = stream.receipts();
    return receipts.get(receipts.size() - 1);
  }

  private int neurons(String person) {
    return stream.memory(person).size();
  }

  private List<TaughtMoment> taught(String person) {
    return List.copyOf(stream.memory(person).taught().moments());
  }

  private int rows(String person, byte kind) {
    int rows = 0;
    PersonHash hash = PersonHasher.plain().of(person);
    try (var each = stream.store().range(RowKeys.firstOf(hash, kind), RowKeys.lastOf(hash, kind))) {
      while (each.hasNext()) {
        each.next();
        rows++;
      }
    }
    return rows;
  }

  private byte[] export(String person) {
    Person stored = stream.load(person);
    return new MemoryFile(
            stored.header().modelVersion(),
            stored.header().seeded(),
            3,
            stored.header().framesPerceived(),
            MemoryParameters.of(CONFIG.memory()),
            stored.memory(),
            stored.look())
        .toBytes();
  }
}
