package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.BLOCK;
import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.CommandKind.UNBLOCK;
import static io.paffmem.schemas.avro.Source.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.schemas.BlockKey;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.PersonHeader.Blocks;
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
        .containsExactly(
            new PersonReceipt("c1", "ann", RESET, CUTOFF, neurons, 0, 1, 0, null, null, 0));
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
        .containsExactly(
            new PersonReceipt("c1", "ann", FORGET, CUTOFF, neurons, 0, 1, 0, null, null, 0));
    assertThat(stream.rows("ann")).isEqualTo(1);
    byte[] header = stream.store().get(RowKeys.header(PersonHasher.plain().of("ann")));
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
            new PersonReceipt("c1", "ann", RESET, CUTOFF, 0, 0, 1, 0, null, null, 0),
            new PersonReceipt("c2", "ann", FORGET, CUTOFF, 0, 1, 2, 0, null, null, 0));
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

    timeless(new PersonCommand("c1", "ann", FORGET, now, false, null, false), lastOfItsPartition);
    timeless(
        new PersonCommand(
            "c2", "ann", FORGET, now + Duration.ofDays(1).toMillis(), false, null, false),
        lastOfItsPartition);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getProblem)
        .satisfiesExactly(
            p -> assertThat(p).isNull(), p -> assertThat(p).contains("in the future"));
    assertThat(stream.load("ann").header().cutoffMillis()).isEqualTo(now);
  }

  /** A publisher's clock is ten minutes ahead, and its frames are still on their way. */
  @Test
  void forgetNow_framesStampedAhead_goWithTheOthersAndTheReceiptSaysUpToWhen() {
    long now = StreamHarness.START.toEpochMilli();
    long ahead = now + Duration.ofMinutes(10).toMillis();
    stream.frame("ann", "s", 0, "form-1", ahead);
    stream.answer("ann", "s", 0, 0);

    stream.forgetNow("c1", "ann", now);

    long cutoff = stream.receipts().get(0).getCutoffMillis();
    assertThat(cutoff).isGreaterThan(ahead).isLessThan(ahead + Duration.ofMinutes(2).toMillis());
    assertThat(stream.load("ann").header().cutoffMillis()).isEqualTo(cutoff);
    stream.emotions();
    stream.requests();
    stream.frame("ann", "s", 1, "form-1", ahead + 40);
    stream.frame("ann", "s", 2, "form-1", cutoff - 1);
    assertThat(stream.requests()).isEmpty();
    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.memory("ann").size()).isZero();
    stream.frame("ann", "s", 3, "form-1", cutoff);
    assertThat(stream.requests()).as("a person who comes again").hasSize(1);
    stream.forgetNow("c1", "ann", now);
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getCutoffMillis)
        .as("sent twice")
        .containsExactly(cutoff);
  }

  @Test
  void forgetNow_framesOfBefore_isTheCutoffThatWasSent() {
    stream.seeded("ann", "s");

    stream.forgetNow("c1", "ann", CUTOFF);

    assertThat(stream.receipts())
        .extracting(PersonReceipt::getCutoffMillis)
        .containsExactly(CUTOFF);
  }

  /** Old pictures are sent again, with new times, under the consent that was withdrawn. */
  @Test
  void block_aConsent_oldPicturesUnderItBeginNobodyAndUnderANewOneTheyDo() {
    long later = CUTOFF + 1000;
    stream.frame("ann", "s", 0, "form-1", CUTOFF - 1);
    stream.answer("ann", "s", 0, 0);
    stream.forgetNow("c1", "ann", CUTOFF);
    stream.block("c2", "ann", BLOCK, "form-1");
    stream.requests();
    stream.emotions();
    long forgotten = stream.count(Count.FORGOTTEN);

    stream.frame("ann", "again", 0, "form-1", later);
    stream.frame("ann", "again", 1, "form-1", later + 1);

    assertThat(stream.requests()).isEmpty();
    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.count(Count.FORGOTTEN) - forgotten).isEqualTo(2);
    assertThat(stream.memory("ann").size()).isZero();
    stream.forgetNow("c3", "ann", later + 2);
    stream.frame("ann", "again", 2, "form-1", later + 3);
    assertThat(stream.requests()).as("after another forget").isEmpty();
    stream.frame("ann", "again", 3, "form-2", later + 4);
    assertThat(stream.requests()).as("under a new consent").hasSize(1);
    stream.block("c4", "ann", UNBLOCK, "form-1");
    stream.frame("ann", "again", 4, "form-1", later + 5);
    assertThat(stream.requests()).as("taken back").hasSize(1);
  }

  @Test
  void block_aPerson_nothingOfThemIsTakenUntilUnblocked() {
    stream.block("c1", "ann", BLOCK, null);

    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1, "form-9", CUTOFF + 5);
    stream.frame("bob", "s", 0);

    assertThat(stream.requests())
        .extracting(request -> request.getIdentity().getPersonId())
        .containsExactly("bob");
    stream.block("c2", "ann", UNBLOCK, null);
    stream.frame("ann", "s", 2);
    assertThat(stream.requests()).hasSize(1);
    assertThat(stream.receipts())
        .extracting(PersonReceipt::getKind)
        .containsExactly(BLOCK, UNBLOCK);
  }

  @Test
  void block_isToldWithoutAName_andTakenBackByATombstone() {
    stream.block("c1", "ann", BLOCK, "form-1");
    stream.block("c2", "ann", BLOCK, null);
    stream.block("c3", "ann", UNBLOCK, "form-1");

    var records = stream.read(Topics.PERSON_BLOCKS);
    assertThat(records)
        .extracting(record -> BlockKey.of(record.key()))
        .containsExactly(
            BlockKey.of(PersonHasher.plain(), "ann", "form-1"),
            BlockKey.of(PersonHasher.plain(), "ann", null),
            BlockKey.of(PersonHasher.plain(), "ann", "form-1"));
    assertThat(records)
        .extracting(record -> record.value() == null)
        .containsExactly(false, false, true);
  }

  @Test
  void block_moreConsentsThanAreKept_isRefusedAndThoseBeforeStay() {
    for (int i = 0; i <= Blocks.MOST_CONSENTS; i++) {
      stream.block("c" + i, "ann", BLOCK, "form-" + i);
    }

    List<PersonReceipt> receipts = stream.receipts();
    assertThat(receipts.get(Blocks.MOST_CONSENTS).getProblem()).contains("block all frames");
    assertThat(receipts.subList(0, Blocks.MOST_CONSENTS))
        .extracting(PersonReceipt::getProblem)
        .containsOnlyNulls();
    stream.frame("ann", "s", 0, "form-0", CUTOFF);
    assertThat(stream.requests()).isEmpty();
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
            new PersonReceipt("c1", "ann", FORGET, CUTOFF, 0, 0, 1, 0, null, null, 0),
            new PersonReceipt("c2", "bob", RESET, CUTOFF, 0, 0, 1, 0, null, null, 0));
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
