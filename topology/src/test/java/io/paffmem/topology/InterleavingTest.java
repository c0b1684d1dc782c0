package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Source;
import io.paffmem.topology.Recording.Seeding;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.metrics.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was recorded from a live run gives the same events and the same memories again, however
 * embeddings and commands on the one side and seeds on the other interleave, and wherever the
 * stream is stopped and started: 8 recordings x 2 batches x 25 interleavings. In the second batch
 * people stand in the store by a key, which they did not in the live run.
 *
 * <p>The interleavings of a batch run in one driver, each with people of its own ("ann#7"), so that
 * they also meet each other's records, and each restart falls somewhere else in each of them. A
 * restart drops the driver and fills the store of the next one from the changelog.
 */
class InterleavingTest {
  private static final int BATCHES = 2;
  private static final int SETS = 25;
  private static final int RESTARTS = 6;
  private static final byte[] KEY = new byte[32];

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyFrameSeeded_anyInterleavingAndRestart_sameEventsAndMemories(long seed) {
    // Every other recording's seeding ends by time, two frames after the first.
    Duration seedingTime = seed % 2 == 0 ? Duration.ofMillis(2 * Recording.APART_MILLIS) : null;
    sameInAnyInterleaving(seed, Duration.ofSeconds(1), Seeding.everyFrame(seedingTime));
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 8})
  void seededByNeed_anyInterleavingAndRestart_sameEventsAndMemories(long seed) {
    Duration seedingTime = seed % 4 == 0 ? Duration.ofMillis(5 * Recording.APART_MILLIS) : null;
    sameInAnyInterleaving(seed, Duration.ofSeconds(1), Seeding.byNeed(seedingTime));
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10})
  void answeredAtOnce_anyInterleavingAndRestart_sameEventsAndMemories(long seed) {
    Seeding seeding = seed % 2 == 0 ? Seeding.everyFrame(null) : Seeding.byNeed(null);
    sameInAnyInterleaving(seed, Duration.ZERO, seeding);
  }

  private void sameInAnyInterleaving(long seed, Duration waitingLimit, Seeding seeding) {
    try (AvroSerdes serdes = AvroSerdes.inMemory()) {
      Recording recording = Recording.live(seed, waitingLimit, seeding, serdes);
      assertCoversTheRules(recording);
      for (int batch = 0; batch < BATCHES; batch++) {
        PersonHasher hasher = batch == 0 ? PersonHasher.plain() : PersonHasher.keyed(KEY);
        replay(recording, seeding, hasher, seed * 100 + batch, serdes);
      }
    }
  }

  /** A recording that never refuses, resets or answers late would prove little. */
  private static void assertCoversTheRules(Recording recording) {
    assertThat(recording.counts.get(Count.EVENTS_PRIOR)).isPositive();
    assertThat(recording.counts.get(Count.EVENTS_MEMORY)).isGreaterThan(50);
    assertThat(recording.counts.get(Count.LATE_SEEDS)).isPositive();
    assertThat(recording.counts.get(Count.DUPLICATES)).isPositive();
    assertThat(recording.counts.get(Count.FORGOTTEN)).isPositive();
    assertThat(recording.counts.get(Count.REFUSED_SEEDS)).isPositive();
    assertThat(recording.counts.get(Count.TEACHINGS)).isGreaterThan(2);
    assertThat(recording.lessons)
        .extracting(PersonReceipt::getOutcome)
        .contains("taught", "not_the_person");
    assertThat(recording.counts.get(Count.NEURONS_INSERTED)).isPositive();
    assertThat(recording.counts.get(Count.EVENTS_STRANGER)).isPositive();
    assertThat(recording.counts.get(Count.EVENTS_UNREADABLE)).isPositive();
  }

  private void replay(
      Recording recording, Seeding seeding, PersonHasher hasher, long seed, AvroSerdes serdes) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Merge> merges = new ArrayList<>();
    int messages = 0;
    for (int set = 0; set < SETS; set++) {
      Merge merge = new Merge(recording, "#" + set, set, random.split());
      merges.add(merge);
      messages += merge.left();
    }
    TopologyConfig config = Recording.config(null, seeding).toBuilder().hasher(hasher).build();
    try (StreamHarness stream = new StreamHarness(config, serdes)) {
      List<Merge> open = new ArrayList<>(merges);
      while (!open.isEmpty()) {
        if (random.nextInt(messages) < RESTARTS) {
          collect(stream, merges);
          stream.restart();
        }
        Merge merge = open.get(random.nextInt(open.size()));
        Recording.Message message = merge.next();
        stream.send(message.topic(), message.person(), message.value(), message.timestampMillis());
        if (merge.left() == 0) {
          open.remove(merge);
        }
      }
      collect(stream, merges);
      for (Merge merge : merges) {
        assertSame(recording, merge, stream, "seed %d set %s".formatted(seed, merge.suffix));
      }
    }
  }

  private static void collect(StreamHarness stream, List<Merge> merges) {
    for (Recording.Event event : Recording.events(stream)) {
      String person = event.emotion().getIdentity().getPersonId();
      int mark = person.indexOf('#');
      merges
          .get(Integer.parseInt(person.substring(mark + 1)))
          .events
          .add(
              new Recording.Event(
                  Recording.renamed(event.emotion(), person.substring(0, mark)),
                  event.timestampMillis()));
    }
    for (PersonReceipt lesson : Recording.lessons(stream)) {
      String person = lesson.getPersonId();
      merges.get(Integer.parseInt(person.substring(person.indexOf('#') + 1))).lessons.add(lesson);
    }
  }

  private static void assertSame(
      Recording recording, Merge merge, StreamHarness stream, String where) {
    Map<String, List<Recording.Event>> expected = Recording.byPerson(recording.events);
    Map<String, List<Recording.Event>> actual = Recording.byPerson(merge.events);
    for (String person : Recording.PEOPLE) {
      assertThat(stream.digest(person + merge.suffix))
          .as("memory of %s, %s", person, where)
          .isEqualTo(recording.digests.get(person));
      assertThat(Recording.outcomes(merge.lessons, person + merge.suffix))
          .as("teachings of %s, %s", person, where)
          .isEqualTo(Recording.outcomes(recording.lessons, person));
      if (person.equals(Recording.FORGOTTEN)) {
        // What waits when a person is forgotten goes without an event; who waits then is a matter
        // of the interleaving. What is ingested from then on is not.
        assertThat(since(recording.forgetMillis, actual.getOrDefault(person, List.of())))
            .as("events of %s, %s", person, where)
            .isEqualTo(since(recording.forgetMillis, expected.getOrDefault(person, List.of())));
      } else {
        assertThat(actual.get(person))
            .as("events of %s, %s", person, where)
            .isEqualTo(expected.get(person));
      }
    }
  }

  private static List<Recording.Event> since(long millis, List<Recording.Event> events) {
    List<Recording.Event> since =
        events.stream().filter(e -> e.timestampMillis() >= millis).toList();
    assertThat(since).extracting(e -> e.emotion().getSource()).contains(Source.MEMORY);
    return since;
  }

  /** One interleaving: which of the two sides comes next. */
  private static final class Merge {
    final String suffix;
    final List<Recording.Event> events = new ArrayList<>();
    final List<PersonReceipt> lessons = new ArrayList<>();
    private final Recording recording;
    private final SplittableRandom random;
    private final double answersFirst;
    private int nextFlow;
    private int nextAnswer;

    Merge(Recording recording, String suffix, int set, SplittableRandom random) {
      this.recording = recording;
      this.suffix = suffix;
      this.random = random;
      // All answers before the first frame, none before the last, and what is in between.
      this.answersFirst = set == 0 ? 1 : set == 1 ? 0 : random.nextDouble();
    }

    int left() {
      return recording.flow.size() - nextFlow + recording.answers.size() - nextAnswer;
    }

    Recording.Message next() {
      boolean flowDone = nextFlow == recording.flow.size();
      boolean answersDone = nextAnswer == recording.answers.size();
      boolean answer = flowDone || (!answersDone && random.nextDouble() < answersFirst);
      Recording.Message message =
          answer ? recording.answers.get(nextAnswer++) : recording.flow.get(nextFlow++);
      return message.renamed(suffix);
    }
  }
}
