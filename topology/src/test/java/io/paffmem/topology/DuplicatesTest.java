package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.RESET;
import static io.paffmem.schemas.avro.Source.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.StreamWindow;
import io.paffmem.topology.person.TextHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @Test
  void repeatedFrame_waitingOrAnswered_isCountedAndChangesNothing() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 0);
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(1);
    stream.answer("ann", "s", 0, 0);
    String before = stream.digest("ann");

    stream.frame("ann", "s", 0);

    assertThat(stream.emotions()).hasSize(1);
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(2);
  }

  @Test
  void repeatedFrame_afterARestart_isStillADuplicate() {
    stream.seeded("ann", "s");
    stream.emotions();
    stream.restart();

    stream.frame("ann", "s", 2);

    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(1);
  }

  @Test
  void overtakenFrame_isNoDuplicate() {
    stream.seeded("ann", "s");
    stream.emotions();

    stream.frame("ann", "s", 6);
    stream.frame("ann", "s", 5);

    assertThat(stream.emotions())
        .extracting(e -> e.getIdentity().getSequence())
        .containsExactly(6L, 5L);
  }

  @Test
  void sameSequence_ofAnotherStream_isAnotherFrame() {
    stream.seeded("ann", "s");
    stream.emotions();

    stream.frame("ann", "t", 2);

    assertThat(stream.emotions())
        .extracting((Emotion e) -> e.getIdentity().getStreamId())
        .containsExactly("t");
  }

  @Test
  void frameOlderThanTheWindow_isADeadLetter() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 2000);

    stream.frame("ann", "s", 2000 - StreamWindow.SIZE);

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .singleElement()
        .satisfies(r -> assertThat(BadInputTest.reason(r)).isEqualTo("too_late"));
    assertThat(stream.count(Count.TOO_LATE)).isEqualTo(1);
  }

  @Test
  void silentStream_isForgottenWhenANewOneBegins() {
    stream.seeded("ann", "old");
    long later = StreamHarness.START.toEpochMilli() + Duration.ofDays(2).toMillis();

    stream.embedding(StreamHarness.embedding("ann", "new", 0, StreamHarness.MODEL), later);

    Person ann = stream.load("ann");
    assertThat(ann.stream(TextHash.of("old"))).isNull();
    assertThat(ann.stream(TextHash.of("new"))).isNotNull();
  }

  @Test
  void streamThatBeginsAnewAfterADayOfSilence_isHeardAgain() {
    stream.seeded("ann", "cam");
    stream.frame("ann", "cam", 90_000);
    long last = StreamHarness.START.toEpochMilli() + 90_000;
    stream.emotions();

    ingest("cam", 0, last + DAY_MILLIS); // not silent for longer yet
    assertThat(stream.count(Count.TOO_LATE)).isEqualTo(1);
    ingest("cam", 0, last + DAY_MILLIS + 1);
    ingest("cam", 1, last + DAY_MILLIS + 2);
    ingest("cam", 1, last + DAY_MILLIS + 3);

    assertThat(stream.emotions())
        .extracting(e -> e.getIdentity().getSequence())
        .containsExactly(0L, 1L);
    assertThat(stream.count(Count.TOO_LATE)).isEqualTo(1);
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(1);
  }

  @Test
  void streamThatBeginsAnew_whileItsFramesWait_eachIsAnsweredInItsTurn() {
    stream.frame("ann", "cam", 0);
    ingest("cam", 0, StreamHarness.START.toEpochMilli() + 2 * DAY_MILLIS);
    assertThat(stream.waitingFrames()).isEqualTo(2);
    stream.restart();

    stream.command("c", "ann", RESET, 0);
    assertThat(stream.receipts()).as("the reset waits behind both").isEmpty();
    stream.answer("ann", "cam", 0, 0);
    stream.answer("ann", "cam", 0, 0); // each has asked

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, MEMORY);
    assertThat(stream.receipts()).hasSize(1);
    assertThat(stream.waitingFrames()).isZero();
    assertThat(stream.load("ann").queuedResets()).isZero();
  }

  @Test
  void moreStreamsThanAreKept_thoseSilentForLongestGo() {
    long start = StreamHarness.START.toEpochMilli();
    stream.seeded("ann", "s"); // up to 2
    for (int call = 1; call < Person.MOST_STREAMS; call++) {
      ingest("call" + call, 7, start + 10 + call);
    }
    ingest("call1", 8, start + 10_000);
    stream.emotions();
    assertThat(stream.count(Count.EVICTED_STREAMS)).isZero();

    ingest("more", 7, start + 10_001); // in the place of "s"
    ingest("evenMore", 7, start + 10_002); // in the place of "call2"
    assertThat(stream.count(Count.EVICTED_STREAMS)).isEqualTo(2);
    stream.restart();

    assertThat(storedStreams("ann")).isEqualTo(Person.MOST_STREAMS);
    ingest("call1", 7, start + 10_003);
    ingest("call3", 7, start + 10_003);
    assertThat(stream.count(Count.DUPLICATES)).isEqualTo(2);
    ingest("s", 2, start + 10_004);
    assertThat(stream.count(Count.DUPLICATES)).as("no longer known").isEqualTo(2);
    assertThat(stream.emotions())
        .extracting(e -> e.getIdentity().getStreamId())
        .containsExactly("s");
  }

  @Test
  void streamsSilentForEquallyLong_theSameGoesInWhateverOrderTheyCame() {
    List<String> names = new ArrayList<>();
    for (int call = 0; call < Person.MOST_STREAMS; call++) {
      names.add("call" + call);
    }
    Set<TextHash> left = streamsLeft("ann", names);
    Collections.reverse(names);

    assertThat(streamsLeft("bob", names)).isEqualTo(left).hasSize(Person.MOST_STREAMS - 1);
  }

  /** What is kept of so many streams that came at one time, and one more. */
  private Set<TextHash> streamsLeft(String person, List<String> names) {
    for (String name : names) {
      stream.embedding(
          StreamHarness.embedding(person, name, 1, "pk-0"), StreamHarness.START.toEpochMilli());
    }
    stream.embedding(
        StreamHarness.embedding(person, "more", 1, "pk-0"), StreamHarness.START.toEpochMilli());
    Person stored = stream.load(person);
    return names.stream()
        .map(TextHash::of)
        .filter(name -> stored.stream(name) != null)
        .collect(Collectors.toSet());
  }

  private int storedStreams(String person) {
    PersonHash hash = PersonHasher.plain().of(person);
    int streams = 0;
    try (var each =
        stream
            .store()
            .range(RowKeys.firstOf(hash, RowKeys.STREAM), RowKeys.lastOf(hash, RowKeys.STREAM))) {
      while (each.hasNext()) {
        each.next();
        streams++;
      }
    }
    return streams;
  }

  private void ingest(String streamId, long sequence, long timestampMillis) {
    stream.embedding(
        StreamHarness.embedding("ann", streamId, sequence, StreamHarness.MODEL), timestampMillis);
  }
}
