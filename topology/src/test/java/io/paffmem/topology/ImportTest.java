package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static io.paffmem.schemas.avro.CommandKind.IMPORT;
import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.memory.MemoryParameters;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.SettingsRow;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.Person;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportTest {
  private static final long NOW = StreamHarness.START.toEpochMilli();

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @BeforeEach
  void begin() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    stream.emotions();
  }

  @Test
  void memoryImportedElsewhere_recognisesAndLearnsIdentically() {
    try (StreamHarness elsewhere = new StreamHarness(StreamHarness.config())) {
      send(elsewhere, "i1", "anna", export("ann"));
      assertThat(elsewhere.digest("anna")).isEqualTo(stream.digest("ann"));
      assertThat(elsewhere.receipts())
          .containsExactly(
              new PersonReceipt(
                  "i1", "anna", IMPORT, 0L, 0, 0, 1, stream.memory("ann").size(), null, null, 0));
      elsewhere.restart();

      for (int sequence = 4; sequence < 20; sequence++) {
        sameFace(stream, "ann", sequence);
        sameFace(elsewhere, "anna", sequence);
      }

      List<Emotion> here = stream.emotions();
      assertThat(here).hasSize(16).allMatch(e -> e.getSource() == MEMORY);
      assertThat(elsewhere.emotions())
          .isEqualTo(here.stream().map(e -> Recording.renamed(e, "anna")).toList());
      assertThat(elsewhere.digest("anna")).isEqualTo(stream.digest("ann"));
      assertThat(elsewhere.requests()).isEmpty();
      assertThat(elsewhere.count(Count.IMPORTED_MEMORIES)).isEqualTo(1);
    }
  }

  @Test
  void import_queuesBehindTheFramesBeforeIt_andTakesThePlaceOfTheMemory() {
    byte[] file = export("ann");
    stream.frame("bob", "s", 0);
    send(stream, "i1", "bob", file);
    send(stream, "i1", "bob", file);
    stream.frame("bob", "s", 1);
    assertThat(stream.receipts()).isEmpty();
    stream.restart();

    stream.answer("bob", "s", 0, 0);

    assertThat(stream.emotions())
        .extracting(Emotion::getFramesPerceived)
        .containsExactly(1L, 5L); // ann's had perceived four
    assertThat(stream.receipts())
        .singleElement()
        .satisfies(r -> assertThat(r.getKind()).isEqualTo(IMPORT))
        .satisfies(r -> assertThat(r.getProblem()).isNull());
    assertThat(stream.count(Count.REPEATED_COMMANDS)).isEqualTo(1);
    assertThat(stream.load("bob").header().generation()).isEqualTo(1);
  }

  @Test
  void importOfAMemoryHalfSeeded_isSeededOn() {
    stream.frame("bob", "s", 0);
    stream.answer("bob", "s", 0, 0);
    send(stream, "i1", "cid", export("bob"));
    stream.requests();

    stream.frame("cid", "s", 0);

    assertThat(stream.requests()).hasSize(1);
    stream.answer("cid", "s", 0, 1);
    assertThat(stream.load("cid").header().seeded()).isEqualTo(2);
  }

  @Test
  void importThatDoesNotFit_changesNothing_andTheReceiptSaysWhy() {
    String before = stream.digest("ann");
    byte[] file = export("ann");
    byte[] damaged = file.clone();
    damaged[damaged.length - 9] ^= 1;

    send(stream, "i1", "ann", new byte[] {1, 2, 3});
    send(stream, "i2", "ann", damaged);
    List<PersonReceipt> receipts = new ArrayList<>(stream.receipts());
    stream.restart(
        StreamHarness.config().toBuilder()
            .memory(StreamHarness.config().memory().toBuilder().labelRate(0.5f).build())
            .build());
    send(stream, "i3", "ann", file);
    receipts.addAll(stream.receipts());
    stream.restart(StreamHarness.config().toBuilder().modelVersion("pk-2").build());
    send(stream, "i4", "ann", file);
    send(stream, "i4", "ann", file);

    receipts.addAll(stream.receipts());
    assertThat(receipts)
        .extracting(PersonReceipt::getProblem)
        .satisfiesExactly(
            p -> assertThat(p).contains("no exported memory"),
            p -> assertThat(p).contains("checksum does not hold"),
            p -> assertThat(p).contains("labelRate is 0.4, here it is 0.5"),
            p -> assertThat(p).contains("model pk-1", "active model is pk-2"),
            p -> assertThat(p).contains("model pk-1", "active model is pk-2"));
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.count(Count.REFUSED_IMPORTS)).isEqualTo(4);
  }

  @Test
  void importOtherThanItsKeySays_orAsACommand_isADeadLetter() {
    MemoryImport sent = new MemoryImport("i1", "ann", ByteBuffer.wrap(new byte[3]));
    stream.send(Topics.MEMORY_IMPORTS, "bob", sent, NOW);
    stream.send(
        Topics.PERSON_COMMANDS,
        "ann",
        new PersonCommand("i2", "ann", IMPORT, 0L, false, null, false),
        NOW);

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .extracting(BadInputTest::reason)
        .containsExactly("key_mismatch", "invalid_command");
    assertThat(stream.receipts()).isEmpty();
  }

  @Test
  void importBehindAReset_keepsGenerationsApart() {
    byte[] file = export("ann");
    stream.frame("bob", "s", 0);
    stream.command("c", "bob", RESET, 0);
    stream.frame("bob", "s", 1);
    send(stream, "i1", "bob", file);
    stream.frame("bob", "s", 2);

    assertThat(stream.requests())
        .filteredOn(r -> r.getIdentity().getPersonId().equals("bob"))
        .extracting(r -> r.getGeneration())
        .containsExactly(0, 1);
    stream.answer("bob", "s", 1, 1);
    stream.answer("bob", "s", 0, 0);
    assertThat(stream.emotions())
        .extracting(Emotion::getFramesPerceived)
        .containsExactly(1L, 1L, 5L);
  }

  @Test
  void settings_standInTheStore_andAreWrittenAnewWhenTheyChange() throws Exception {
    Bytes key = RowKeys.settings();
    StoredSettings settings = SettingsRow.read(stream.store().get(key));
    assertThat(settings).isEqualTo(StoredSettings.of(StreamHarness.config()));
    assertThat(settings.memory()).containsEntry("insertionActivity", "0.7");

    stream.restart(StreamHarness.config().toBuilder().seedingFrames(9).build());
    stream.frame("ann", "s", 4);

    assertThat(SettingsRow.read(stream.store().get(key)).seedingFrames()).isEqualTo(9);
  }

  @Test
  void importSentBeforeTheCutoff_doesNotGiveAForgottenPersonTheirMemoryBack() {
    byte[] file = export("ann");
    stream.command("c", "ann", FORGET, NOW + 1);
    stream.receipts();

    send(stream, "i1", "ann", file);

    assertThat(stream.receipts())
        .singleElement()
        .satisfies(r -> assertThat(r.getProblem()).contains("forgotten up to", "import it again"))
        .satisfies(r -> assertThat(r.getNeurons()).isZero());
    assertThat(stream.rows("ann")).isEqualTo(1);
    assertThat(stream.count(Count.REFUSED_IMPORTS)).isEqualTo(1);

    stream.send(
        Topics.MEMORY_IMPORTS,
        "ann",
        new MemoryImport("i2", "ann", ByteBuffer.wrap(file)),
        NOW + 1);
    assertThat(stream.receipts()).extracting(PersonReceipt::getProblem).containsOnlyNulls();
    assertThat(stream.memory("ann").size()).isPositive();
  }

  @Test
  void importThatWaits_personForgottenMeanwhile_theReceiptSaysSo() {
    byte[] file = export("ann");
    stream.frame("bob", "s", 0);
    stream.answer("bob", "s", 0, 0);
    stream.frame("bob", "s", 1);
    int neurons = stream.memory("bob").size();
    send(stream, "i1", "bob", file);

    stream.command("c", "bob", FORGET, 0);

    assertThat(stream.receipts())
        .containsExactly(
            new PersonReceipt(
                "i1",
                "bob",
                IMPORT,
                0L,
                0,
                0,
                1,
                0,
                "the person was forgotten before its turn came",
                null,
                0),
            new PersonReceipt("c", "bob", FORGET, 0L, neurons, 1, 2, 0, null, null, 0));
    assertThat(stream.count(Count.REFUSED_IMPORTS)).isEqualTo(1);
    assertThat(stream.count(Count.IMPORTED_MEMORIES)).isZero();
  }

  @Test
  void importThatWaits_overAChangeOfTheModelOrTheParameters_changesNothing() {
    byte[] file = export("ann");
    stream.frame("bob", "s", 0);
    send(stream, "i1", "bob", file);
    stream.frame("cid", "s", 0);
    send(stream, "i2", "cid", file);
    stream.restart(
        StreamHarness.config().toBuilder()
            .memory(StreamHarness.config().memory().toBuilder().labelRate(0.5f).build())
            .build());
    stream.refusal("cid", "s", 0, 0);
    assertThat(stream.receipts())
        .singleElement()
        .satisfies(r -> assertThat(r.getProblem()).contains("labelRate is 0.4, here it is 0.5"));
    stream.restart(StreamHarness.config().toBuilder().modelVersion("pk-2").build());

    stream.advance(Duration.ofSeconds(5));

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
    assertThat(stream.receipts())
        .singleElement()
        .satisfies(r -> assertThat(r.getProblem()).contains("model pk-1", "active model is pk-2"))
        .satisfies(r -> assertThat(r.getNeurons()).isZero());
    for (String person : List.of("bob", "cid")) {
      assertThat(stream.memory(person).size()).isZero();
      assertThat(stream.load(person).header().generation()).isZero();
    }
    assertThat(stream.count(Count.REFUSED_IMPORTS)).isEqualTo(2);
  }

  @Test
  void importThatWaits_damagedFirstByte_costsTheImportAlone() {
    stream.frame("bob", "s", 0);
    send(stream, "i1", "bob", export("ann"));
    stream.frame("bob", "s", 1);
    stream.restart();
    Bytes key = RowKeys.waiting(PersonHasher.plain().of("bob"), 1);
    byte[] row = stream.store().get(key).clone();
    row[0] ^= 2; // as if a later release had written it
    stream.store().put(key, row);

    stream.answer("bob", "s", 0, 0);
    stream.answer("bob", "s", 1, 0);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, MEMORY);
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(stream.count(Count.DEAD_FRAMES)).isZero();
  }

  private byte[] export(String person) {
    Person stored = stream.load(person);
    return new MemoryFile(
            stored.header().modelVersion(),
            stored.header().seeded(),
            3,
            stored.header().framesPerceived(),
            MemoryParameters.of(StreamHarness.config().memory()),
            stored.memory())
        .toBytes();
  }

  private static void send(StreamHarness to, String id, String person, byte[] file) {
    to.send(
        Topics.MEMORY_IMPORTS, person, new MemoryImport(id, person, ByteBuffer.wrap(file)), NOW);
  }

  /** A frame that differs from person to person in the name alone. */
  private static void sameFace(StreamHarness to, String person, int sequence) {
    Embedding base = StreamHarness.embedding(person, "t", sequence, StreamHarness.MODEL);
    float[] z = StreamHarness.face("face", sequence, StreamHarness.DIMENSIONS);
    to.embedding(
        new Embedding(
            base.getIdentity(),
            base.getCapturedAtMillis(),
            FloatVectors.pack(z),
            base.getPrior(),
            base.getModelVersion(),
            base.getLabel(),
            base.getDeviation(),
            null,
            null),
        NOW + sequence);
  }
}
