package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.SeedRefusal;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.FormerMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final long NOW = StreamHarness.START.toEpochMilli();

  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @Test
  void frameOfAnotherModel_isThePriors_andLeavesTheMemoryAlone() {
    stream.seeded("ann", "s");
    stream.emotions();
    String before = stream.digest("ann");

    stream.embedding(StreamHarness.embedding("ann", "s", 3, "pk-2"), NOW);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getSource()).isEqualTo(PRIOR))
        .satisfies(e -> assertThat(e.getModelVersion()).isEqualTo("pk-2"))
        .satisfies(e -> assertThat(e.getFramesPerceived()).isEqualTo(3));
    assertThat(stream.digest("ann")).isEqualTo(before);
  }

  @Test
  void frameOfAnotherModel_keepsItsPlaceInTheQueue_andAsksNothing() {
    stream.frame("ann", "s", 0);
    stream.embedding(StreamHarness.embedding("ann", "s", 1, "pk-2"), NOW);
    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.requests()).hasSize(1);

    stream.answer("ann", "s", 0, 0);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, PRIOR);
  }

  @Test
  void seedsOfAnotherModel_areIgnored() {
    stream.frame("ann", "s", 0);
    Seeds seeds = StreamHarness.imagine(StreamHarness.requestOf("ann", "s", 0, 0));

    stream.seeds(new Seeds(seeds.getIdentity(), "pk-2", 0, seeds.getOutcome()));

    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
  }

  @Test
  void refusal_bearingAnotherModel_releasesTheFrame() {
    stream.frame("ann", "s", 0);

    stream.seeds(
        new Seeds(
            StreamHarness.requestOf("ann", "s", 0, 0).getIdentity(),
            "pk-2",
            0,
            new SeedRefusal("other_model")));

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
  }

  @Test
  void deviation_whereThePkTellsIt_isInTheEventOfAFrameThatWaitedToo() {
    for (int sequence = 0; sequence < 2; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    // Every second frame of the harness comes with one.
    for (int sequence = 0; sequence < 2; sequence++) {
      stream.seeds(StreamHarness.imagine(StreamHarness.requestOf("ann", "s", sequence, 0)));
    }

    assertThat(stream.emotions())
        .extracting(Emotion::getDeviation)
        .containsExactly(new Affect(0.125f, 0.25f), null);
  }

  @Test
  void oldMemory_longAfterItLearntLast_stillAnswers() {
    stream.seeded("ann", "s");
    for (int sequence = 3; sequence < 60; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    stream.emotions();
    stream.restart(active("pk-2"));
    Embedding next = StreamHarness.embedding("ann", "s", 60, "pk-1");
    Embedding later =
        new Embedding(
            next.getIdentity(),
            Duration.ofHours(1).toMillis(),
            next.getZ(),
            next.getPrior(),
            next.getModelVersion(),
            null,
            null,
            null,
            null);

    stream.embedding(later, StreamHarness.START.toEpochMilli() + 60);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getSource()).isEqualTo(MEMORY))
        .satisfies(event -> assertThat(event.getAffect()).isNotEqualTo(event.getPrior()));
  }

  @Test
  void activeModelChanged_memoryBeginsAnewWithItsFirstFrame_theOldOneAnswersItsOwn() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    stream.emotions();
    stream.requests();
    String old = stream.digest("ann");
    stream.restart(active("pk-2"));

    frame(4, "pk-1");
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(stream.digest("ann")).as("it learns no more").isEqualTo(old);
    frame(5, "pk-2");

    assertThat(stream.memory("ann").size()).isZero();
    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getGeneration()).isEqualTo(1))
        .satisfies(r -> assertThat(r.getModelVersion()).isEqualTo("pk-2"));
    assertThat(stream.count(Count.MODEL_CHANGES)).isEqualTo(1);
  }

  @Test
  void oldMemory_answersUntilTheNewOneIsSeeded_thenGoes() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    stream.emotions();
    stream.restart(active("pk-2"));
    frame(4, "pk-2");
    frame(5, "pk-1");
    frame(6, "pk-3");
    frame(7, "pk-2");
    answer(4, "pk-2", 1);
    answer(7, "pk-2", 1);
    stream.restart(); // the old memory is in the store
    frame(8, "pk-1");

    List<Emotion> events = stream.emotions();
    assertThat(events).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(events).extracting(Emotion::getModelVersion).containsExactly("pk-1");
    assertThat(events).extracting(Emotion::getFramesPerceived).containsExactly(4L);
    assertThat(stream.count(Count.MODEL_CHANGES_DONE)).isZero();

    frame(9, "pk-2");
    answer(9, "pk-2", 1); // the third
    frame(10, "pk-1");

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, PRIOR);
    assertThat(stream.count(Count.MODEL_CHANGES_DONE)).isEqualTo(1);
    assertThat(stream.count(Count.EVENTS_FORMER)).isEqualTo(2);
    assertThat(stream.rows("ann"))
        .as("header, neurons, one stream, two faces: what can be taught and what cannot")
        .isEqualTo(4 + stream.memory("ann").size());
  }

  @Test
  void activeModelGoesBackWhileItIsBeingSeeded_oldMemoryComesBackAsItWas() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    String old = stream.digest("ann");
    stream.restart(active("pk-2"));
    frame(4, "pk-2");
    answer(4, "pk-2", 1);
    frame(5, "pk-2"); // waits
    stream.restart(active("pk-1"));
    frame(6, "pk-2");
    stream.emotions();

    assertThat(stream.count(Count.MODEL_CHANGES_UNDONE)).isZero();
    frame(7, "pk-1");

    assertThat(stream.emotions()).extracting(Emotion::getFramesPerceived).containsExactly(5L);
    assertThat(stream.count(Count.MODEL_CHANGES_UNDONE)).isEqualTo(1);
    assertThat(stream.load("ann").header().generation()).isEqualTo(2);
    assertThat(stream.load("ann").former()).isNull();
    assertThat(stream.digest("ann")).isEqualTo(old);
    frame(8, "pk-1");
    assertThat(stream.digest("ann")).isNotEqualTo(old); // it goes on learning
    stream.answer("ann", "s", 7, 0);
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
  }

  @Test
  void activeModelChangesTwice_theSeededMemoryIsKept_notTheHalfSeededOne() {
    stream.seeded("ann", "s");
    stream.restart(active("pk-2"));
    frame(4, "pk-2");
    answer(4, "pk-2", 1);
    stream.restart(active("pk-3"));
    frame(5, "pk-3");

    FormerMemory former = stream.load("ann").former();
    assertThat(former).isNotNull();
    assertThat(former.modelVersion()).isEqualTo("pk-1");
    assertThat(stream.load("ann").header().generation()).isEqualTo(2);
  }

  @Test
  void resetAndForget_takeTheOldMemoryToo() {
    for (String person : List.of("ann", "bob")) {
      stream.seeded(person, "s");
    }
    stream.restart(active("pk-2"));
    for (String person : List.of("ann", "bob")) {
      stream.embedding(StreamHarness.embedding(person, "s", 4, "pk-2"), NOW);
      assertThat(stream.load(person).former()).isNotNull();
      stream.refusal(person, "s", 4, 1);
    }

    stream.command("c1", "ann", CommandKind.RESET, 0);
    stream.command("c2", "bob", CommandKind.FORGET, 0);

    assertThat(stream.load("ann").former()).isNull();
    assertThat(stream.rows("bob")).isEqualTo(1);
  }

  @Test
  void damagedRowOfTheOldMemory_costsTheOldMemoryAlone() {
    stream.seeded("ann", "s");
    stream.restart(active("pk-2"));
    frame(4, "pk-2");
    answer(4, "pk-2", 1);
    String young = stream.digest("ann");
    stream.restart();
    stream.store().put(RowKeys.formerNeuron(PersonHasher.plain().of("ann"), 0), new byte[] {2, 3});

    frame(5, "pk-1");

    assertThat(stream.load("ann").former()).isNull();
    assertThat(stream.digest("ann")).isEqualTo(young);
    assertThat(stream.count(Count.CORRUPT_ROWS)).isPositive();
  }

  @Test
  void changeOfModel_anyInterleavingWithItsSeeds_sameEventsAndMemory() {
    stream.seeded("ann", "s");
    stream.emotions();
    List<Emotion> expected = new ArrayList<>();
    String digest = "";
    for (int seed = 0; seed < 5; seed++) {
      try (StreamHarness other = new StreamHarness(StreamHarness.config())) {
        other.seeded("ann", "s");
        other.emotions();
        other.restart(active("pk-2"));
        SplittableRandom random = new SplittableRandom(seed);
        int frame = 4;
        int answer = 5; // frame 5 is the first of the new model
        while (frame < 20 || answer < 12) {
          if (answer >= 12 || (frame < 20 && random.nextInt(20) < 4 * seed + 2)) {
            String model = frame % 3 == 1 ? "pk-1" : "pk-2";
            other.embedding(StreamHarness.embedding("ann", "s", frame++, model), NOW);
          } else {
            answer(other, answer++, "pk-2", 1);
          }
        }
        List<Emotion> events = other.emotions();
        if (seed == 0) {
          expected.addAll(events);
          digest = other.digest("ann");
          assertThat(events).hasSize(16).extracting(Emotion::getSource).contains(PRIOR, MEMORY);
        }
        assertThat(events).as("seed %d", seed).isEqualTo(expected);
        assertThat(other.digest("ann")).as("seed %d", seed).isEqualTo(digest);
      }
    }
  }

  private void frame(long sequence, String model) {
    stream.embedding(StreamHarness.embedding("ann", "s", sequence, model), NOW);
  }

  private void answer(long sequence, String model, int generation) {
    answer(stream, sequence, model, generation);
  }

  private static void answer(StreamHarness to, long sequence, String model, int generation) {
    Seeds seeds = StreamHarness.imagine(StreamHarness.requestOf("ann", "s", sequence, generation));
    to.seeds(new Seeds(seeds.getIdentity(), model, generation, seeds.getOutcome()));
  }

  private static TopologyConfig active(String model) {
    return StreamHarness.config().toBuilder().modelVersion(model).build();
  }

  @Test
  void activeModelChanged_framesThatStillWaitAreThePriors() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.restart(active("pk-2"));

    stream.embedding(StreamHarness.embedding("ann", "s", 2, "pk-2"), NOW);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR, PRIOR);
    assertThat(stream.load("ann").waitingFrames()).isEqualTo(1);
  }

  @Test
  void activeModelChanged_framesThatStillWaitAreAnswered_thoughNobodyComesAgain() {
    stream.frame("ann", "s", 0);
    stream.command("c", "ann", CommandKind.RESET, 0);
    stream.frame("bob", "s", 0);
    stream.restart(active("pk-2"));

    stream.answer("bob", "s", 0, 0); // the old server's
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
    assertThat(stream.emotions())
        .extracting(event -> event.getIdentity().getPersonId())
        .containsExactly("bob");
    stream.advance(Duration.ofSeconds(5));

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
    assertThat(stream.receipts()).extracting(r -> r.getProblem()).containsOnlyNulls().hasSize(1);
    assertThat(stream.waitingFrames()).isZero();
  }

  @Test
  void wrongModelForAWhile_everyFrameIsAnswered_whoeverAnsweredInBetween() {
    frame(0, "pk-1");
    stream.restart(active("pk-2"));
    answer(0, "pk-1", 0); // of no use here
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR);
    frame(2, "pk-2"); // somebody's, who was wrong too
    stream.requests();
    stream.restart(active("pk-1"));
    frame(3, "pk-1");

    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getIdentity().getSequence()).isEqualTo(3))
        .satisfies(r -> answer(3, "pk-1", r.getGeneration()));
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(PRIOR, MEMORY);
  }

  @Test
  void framesOfTheNewModelThatWaitedBehindTheOld_beginANewMemory() {
    frame(0, "pk-1");
    answer(0, "pk-1", 0);
    frame(1, "pk-1");
    frame(2, "pk-2");
    stream.requests();
    stream.restart(active("pk-2"));

    stream.advance(Duration.ofSeconds(5));

    assertThat(stream.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.getModelVersion()).isEqualTo("pk-2"))
        .satisfies(r -> assertThat(r.getGeneration()).isEqualTo(1));
    assertThat(stream.memory("ann").size()).as("of the old model's neurons").isZero();
  }

  @Test
  void restart_thoseWhoWait_askNothingTwice() {
    frame(0, "pk-1");
    frame(1, "pk-1");
    stream.requests();
    stream.restart();

    stream.advance(Duration.ofSeconds(5));
    answer(0, "pk-1", 0);

    assertThat(stream.requests()).isEmpty();
  }
}
