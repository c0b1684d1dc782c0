package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.Source.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.rules.WaitingPersons;
import io.paffmem.topology.store.PersonStore;
import io.paffmem.topology.task.IngestTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static final long CUTOFF = StreamHarness.START.toEpochMilli() + 10;

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @Test
  void reset_ofASeededPerson_beginsAnEmptyMemory() {
    stream.seeded("ann", "s");
    int neurons = stream.memory("ann").size();

    stream.command("c1", "ann", RESET, CUTOFF);

    assertThat(stream.receipts())
        .containsExactly(new PersonReceipt("c1", "ann", RESET, CUTOFF, neurons, 0, 1, 0, null));
    assertThat(stream.memory("ann").size()).isZero();
    stream.requests();
    stream.frame("ann", "s", 3);
    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getGeneration()).isEqualTo(1));
    stream.answer("ann", "s", 3, 0); // of the old memory
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
    stream.emotions();
    stream.answer("ann", "s", 3, 1);
    assertThat(stream.emotions()).extracting(Emotion::getFramesPerceived).containsExactly(1L);
  }

  @Test
  void reset_queuesBehindTheFramesBeforeIt() {
    stream.frame("ann", "s", 0);
    stream.command("c1", "ann", RESET, CUTOFF);
    stream.frame("ann", "s", 1);
    assertThat(stream.receipts()).isEmpty();
    assertThat(stream.requests()).extracting(r -> r.getGeneration()).containsExactly(0, 1);

    stream.answer("ann", "s", 1, 1);
    assertThat(stream.emotions()).isEmpty();
    stream.answer("ann", "s", 0, 0);

    List<Emotion> events = stream.emotions();
    assertThat(events).extracting(Emotion::getSource).containsExactly(MEMORY, MEMORY);
    assertThat(events).extracting(Emotion::getFramesPerceived).containsExactly(1L, 1L);
    assertThat(stream.receipts()).extracting(PersonReceipt::getGeneration).containsExactly(1);
  }

  @Test
  void forget_removesEveryRowButTheHeader() {
    stream.seeded("ann", "s");
    stream.frame("bob", "s", 0);
    int neurons = stream.memory("ann").size();

    stream.command("c1", "ann", FORGET, CUTOFF);

    assertThat(stream.receipts())
        .containsExactly(new PersonReceipt("c1", "ann", FORGET, CUTOFF, neurons, 0, 1, 0, null));
    assertThat(stream.rows("ann")).isEqualTo(1);
    byte[] header = stream.store().get(RowKeys.header(PersonHash.of("ann")));
    assertThat(new String(header, StandardCharsets.ISO_8859_1)).doesNotContain("ann", "pk-1");
    assertThat(stream.load("bob").waitingFrames()).isEqualTo(1);
  }

  @Test
  void forget_dropsWaitingFramesAtOnce() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.answer("ann", "s", 1, 0);

    stream.command("c1", "ann", FORGET, CUTOFF);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getWaitingFramesRemoved)
        .containsExactly(2);
    assertThat(stream.rows("ann")).isEqualTo(1);
    stream.answer("ann", "s", 0, 0);
    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.count(Count.FORGOTTEN)).isEqualTo(2);
    assertThat(
            new WaitingPersons(persons().waitingIndex(), new Counters(new SimpleMeterRegistry()))
                .waitingSince(Long.MAX_VALUE, 10))
        .isEmpty();
  }

  @Test
  void forget_answersResetsThatWait() {
    stream.frame("ann", "s", 0);
    stream.command("c1", "ann", RESET, CUTOFF);
    stream.command("c2", "ann", FORGET, CUTOFF);

    assertThat(stream.receipts())
        .containsExactly(
            new PersonReceipt("c1", "ann", RESET, CUTOFF, 0, 0, 1, 0, null),
            new PersonReceipt("c2", "ann", FORGET, CUTOFF, 0, 1, 2, 0, null));
  }

  @Test
  void framesBeforeTheCutoff_areForgottenThoughTheyComeLater() {
    stream.command("c1", "ann", FORGET, CUTOFF);

    stream.frame("ann", "s", 9); // ingested one millisecond before
    stream.frame("ann", "s", 10);

    assertThat(stream.count(Count.FORGOTTEN)).isEqualTo(1);
    assertThat(stream.requests())
        .extracting(r -> r.getIdentity().getSequence())
        .containsExactly(10L);
  }

  @Test
  void forgetUpToATimeInTheFuture_changesNothing_andTheReceiptSaysWhy() {
    stream.seeded("ann", "s");
    String before = stream.digest("ann");
    long sent = StreamHarness.START.toEpochMilli() + 7;
    long hour = Duration.ofHours(1).toMillis();

    stream.command("c1", "ann", FORGET, sent + hour + 1);
    stream.command("c1", "ann", FORGET, sent + hour + 1);
    stream.command("c2", "ann", FORGET, Long.MAX_VALUE);

    assertThat(stream.receipts())
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.getProblem()).contains("in the future", "has passed"))
        .allSatisfy(r -> assertThat(r.getNeuronsRemoved()).isZero())
        .allSatisfy(r -> assertThat(r.getGeneration()).isZero());
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.count(Count.REFUSED_COMMANDS)).isEqualTo(3);
    stream.command("c3", "ann", RESET, Long.MAX_VALUE); // says nothing
    stream.command("c4", "ann", FORGET, sent + hour);
    assertThat(stream.receipts()).extracting(PersonReceipt::getProblem).containsOnlyNulls();
    assertThat(stream.memory("ann").size()).isZero();
  }

  @Test
  void forgetWithoutATime_isRefusedOnlyIfTheClockIsBeforeItsCutoff() {
    long now = StreamHarness.START.toEpochMilli();
    long lastOfItsPartition = now - Duration.ofDays(3).toMillis();

    timeless(new PersonCommand("c1", "ann", FORGET, now), lastOfItsPartition);
    timeless(
        new PersonCommand("c2", "ann", FORGET, now + Duration.ofDays(1).toMillis()),
        lastOfItsPartition);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getProblem)
        .satisfiesExactly(
            p -> assertThat(p).isNull(), p -> assertThat(p).contains("in the future"));
    assertThat(stream.load("ann").header().cutoffMillis()).isEqualTo(now);
  }

  /** As Kafka Streams hands on a record without a time. */
  private void timeless(PersonCommand command, long timestampMillis) {
    var record =
        stream.record(Topics.PERSON_COMMANDS, command.getPersonId(), command, timestampMillis);
    record.headers().add(IngestTime.UNKNOWN, new byte[0]);
    stream.send(Topics.PERSON_COMMANDS, record);
  }

  @Test
  void unknownPerson_getsAReceiptOfZeros() {
    stream.command("c1", "ann", FORGET, CUTOFF);
    stream.command("c2", "bob", RESET, CUTOFF);

    assertThat(stream.receipts())
        .containsExactly(
            new PersonReceipt("c1", "ann", FORGET, CUTOFF, 0, 0, 1, 0, null),
            new PersonReceipt("c2", "bob", RESET, CUTOFF, 0, 0, 1, 0, null));
  }

  @Test
  void repeatedCommand_getsTheSameReceiptAndDoesNothing() {
    stream.seeded("ann", "s");
    stream.command("c1", "ann", FORGET, CUTOFF);
    stream.frame("ann", "t", 20);
    stream.restart();

    stream.command("c1", "ann", FORGET, CUTOFF);

    List<PersonReceipt> receipts = stream.receipts();
    assertThat(receipts).hasSize(1);
    assertThat(receipts.get(0).getNeuronsRemoved()).isPositive();
    assertThat(receipts.get(0).getGeneration()).isEqualTo(1);
    assertThat(stream.load("ann").waitingFrames()).isEqualTo(1);
    assertThat(stream.count(Count.REPEATED_COMMANDS)).isEqualTo(1);
  }

  @Test
  void repeatedReset_whileItWaits_isTakenOnce() {
    stream.frame("ann", "s", 0);
    stream.command("c1", "ann", RESET, CUTOFF);
    stream.command("c1", "ann", RESET, CUTOFF);

    stream.answer("ann", "s", 0, 0);

    assertThat(stream.receipts()).extracting(PersonReceipt::getGeneration).containsExactly(1);
  }

  private PersonStore persons() {
    return new PersonStore(
        stream.store(),
        StreamHarness.config().memory(),
        new Counters(new SimpleMeterRegistry()),
        row -> {});
  }
}
