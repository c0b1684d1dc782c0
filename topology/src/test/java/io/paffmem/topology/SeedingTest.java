package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.Recognition;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.SeedPairs;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.topology.metrics.Count;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SeedingTest {
  @AutoClose private final StreamHarness stream = new StreamHarness(StreamHarness.config());

  @Test
  void events_ofANewcomer_sayHowManyFramesAreLeft() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);

    assertThat(stream.emotions()).extracting(Emotion::getFramesToSeed).containsExactly(2, 1, 0, 0);
  }

  @Test
  void newcomer_asksForItsFirstFrames_andWaits() {
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
    }

    List<SeedRequest> requests = stream.requests();
    assertThat(requests).extracting(r -> r.getIdentity().getSequence()).containsExactly(0L, 1L, 2L);
    SeedRequest first = requests.get(0);
    assertThat(first.getGeneration()).isZero();
    assertThat(first.getLayout()).isEqualTo("chebyshev-36");
    assertThat(first.getModelVersion()).isEqualTo(StreamHarness.MODEL);
    assertThat(FloatVectors.unpack(first.getZ()))
        .isEqualTo(StreamHarness.face("ann", 0, StreamHarness.DIMENSIONS));
    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.load("ann").waitingFrames()).isEqualTo(5);
  }

  @Test
  void head_withItsPairs_isRecognizedByTheMemoryTrainedOnThem() {
    stream.frame("ann", "s", 0);
    Seeds seeds = StreamHarness.imagine(stream.requests().get(0));

    stream.seeds(seeds);

    AffectiveMemory memory = new AffectiveMemory(StreamHarness.config().memory());
    MemoryState expected = new MemoryState(MemoryConfig.dimensionsFor(StreamHarness.DIMENSIONS));
    SeedPairs pairs = (SeedPairs) seeds.getOutcome();
    memory.seed(
        expected,
        FloatVectors.unpack(pairs.getZ()),
        FloatVectors.unpack(pairs.getPrior()),
        FloatVectors.unpack(pairs.getY()));
    Recognition seen = new Recognition();
    Course course = new Course();
    float[] z = StreamHarness.face("ann", 0, StreamHarness.DIMENSIONS);
    memory.recognize(expected, course, z, 0.25f, -0.25f, 1000, seen);
    memory.learn(expected, course, z, 0.25f, -0.25f, seen);
    Emotion event = stream.emotions().get(0);
    assertThat(event.getSource()).isEqualTo(MEMORY);
    assertThat(event.getAffect()).isEqualTo(new Affect(seen.arousal(), seen.valence()));
    assertThat(event.getActivity()).isEqualTo(seen.activity());
    assertThat(event.getFidelity())
        .isEqualTo(new Affect(seen.fidelityArousal(), seen.fidelityValence()));
    assertThat(event.getBestMatchingUnit()).isEqualTo(seen.bestMatchingUnit());
    assertThat(event.getNeurons()).isEqualTo(expected.size());
    assertThat(event.getFramesPerceived()).isEqualTo(1);
    assertThat(event.getPrior()).isEqualTo(new Affect(0.25f, -0.25f));
    assertThat(event.getLabel()).isEqualTo(new Affect(0.5f, 0.125f));
    assertThat(event.getCapturedAtMillis()).isEqualTo(StreamHarness.START.toEpochMilli() + 1000);
    assertThat(event.getModelVersion()).isEqualTo(StreamHarness.MODEL);
    assertThat(stream.digest("ann")).isEqualTo(HexFormat.of().formatHex(expected.digest()));
  }

  @Test
  void events_bearTheKeyAndTimestampOfTheirFrames() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.answer("ann", "s", 1, 0);
    stream.answer("ann", "s", 0, 0);

    List<TestRecord<byte[], byte[]>> events = stream.read(Topics.EMOTIONS);
    assertThat(events).extracting(r -> new String(r.key(), UTF_8)).containsExactly("ann", "ann");
    assertThat(events)
        .extracting(TestRecord::timestamp)
        .containsExactly(
            StreamHarness.START.toEpochMilli(), StreamHarness.START.toEpochMilli() + 1);
    assertThat(stream.read(Topics.SEED_REQUESTS))
        .extracting(TestRecord::timestamp)
        .containsExactly(
            StreamHarness.START.toEpochMilli(), StreamHarness.START.toEpochMilli() + 1);
  }

  @Test
  void frames_comeOutInTheirOrder_whateverTheOrderOfAnswers() {
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    stream.answer("ann", "s", 2, 0);
    stream.answer("ann", "s", 1, 0);
    assertThat(stream.emotions()).isEmpty();

    stream.answer("ann", "s", 0, 0);

    List<Emotion> events = stream.emotions();
    assertThat(events)
        .extracting(e -> e.getIdentity().getSequence())
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(events).extracting(Emotion::getSource).containsOnly(MEMORY);
    assertThat(events).extracting(Emotion::getFramesPerceived).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void seededMemory_answersAtOnceAndAsksNoMore() {
    stream.seeded("ann", "s");
    stream.emotions();
    stream.requests();

    stream.frame("ann", "s", 3);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getSource()).isEqualTo(MEMORY))
        .satisfies(e -> assertThat(e.getFramesPerceived()).isEqualTo(4));
    assertThat(stream.requests()).isEmpty();
    assertThat(stream.count(Count.SEED_REQUESTS)).isEqualTo(3);
    assertThat(stream.count(Count.SEEDED_FRAMES)).isEqualTo(3);
  }

  @Test
  void seeds_beforeTheirFrame_areKeptForIt() {
    stream.answer("ann", "s", 0, 0);

    stream.frame("ann", "s", 0);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(stream.requests()).isEmpty();
  }

  @Test
  void refusedFrame_isThePriors_andAnotherOneIsSeededInstead() {
    for (int sequence = 0; sequence < 4; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    stream.requests();
    stream.noFaces("ann", "s", 0, 0);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(e -> assertThat(e.getSource()).isEqualTo(PRIOR))
        .satisfies(e -> assertThat(e.getAffect()).isEqualTo(e.getPrior()))
        .satisfies(e -> assertThat(e.getActivity()).isZero())
        .satisfies(e -> assertThat(e.getBestMatchingUnit()).isEqualTo(-1))
        .satisfies(e -> assertThat(e.getFramesPerceived()).isZero());
    assertThat(stream.requests())
        .extracting(r -> r.getIdentity().getSequence())
        .containsExactly(3L);
    assertThat(stream.count(Count.REFUSED_SEEDS)).isEqualTo(1);
  }

  @Test
  void firstAnswer_isTheOutcome() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.answer("ann", "s", 1, 0);
    stream.refusal("ann", "s", 1, 0);
    stream.answer("ann", "s", 0, 0);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY, MEMORY);
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
  }

  @Test
  void lateSeed_trainsBeforeTheNextFrameAnsweredAfterIt_andEmitsNothing() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.refusal("ann", "s", 0, 0); // 0: PRIOR
    stream.answer("ann", "s", 0, 0); // late
    assertThat(stream.emotions()).hasSize(1);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(1);

    stream.answer("ann", "s", 1, 0);

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(2);
    assertThat(stream.count(Count.LATE_SEEDS)).isEqualTo(1);
  }

  @Test
  void lateSeed_afterTheAnswerOfTheNextFrame_waitsForTheOneAfterThat() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);
    stream.answer("ann", "s", 1, 0);
    stream.refusal("ann", "s", 0, 0);
    stream.answer("ann", "s", 0, 0);

    assertThat(stream.load("ann").header().seeded()).isEqualTo(1);
    stream.frame("ann", "s", 2);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(2);
  }

  @Test
  void lateSeeds_thatCompleteTheSeeding_answerTheHeadThatAskedForNothing() {
    for (int sequence = 0; sequence < 4; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    for (int sequence = 0; sequence < 3; sequence++) {
      stream.refusal("ann", "s", sequence, 0);
    }
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsOnly(PRIOR).hasSize(3);

    for (int sequence = 0; sequence < 3; sequence++) {
      stream.answer("ann", "s", sequence, 0);
    }

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(3);
  }

  @Test
  void seedsOfFramesThatAskedForNothing_areNotKept() {
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
      stream.refusal("ann", "s", sequence, 0);
    }
    for (int sequence = 0; sequence < 5; sequence++) {
      stream.answer("ann", "s", sequence, 0);
    }

    assertThat(stream.count(Count.LATE_SEEDS)).isEqualTo(3);
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(2);
  }

  @Test
  void completedSeeding_leavesNoOutcomesBehind_andIgnoresWhatComesLater() {
    for (int sequence = 0; sequence < 4; sequence++) {
      stream.frame("ann", "s", sequence);
    }
    stream.refusal("ann", "s", 0, 0);
    stream.answer("ann", "s", 1, 0);
    stream.answer("ann", "s", 2, 0);
    stream.answer("ann", "s", 0, 0); // late
    stream.answer("ann", "s", 3, 0); // the late one came first and was enough
    int neurons = stream.memory("ann").size();
    assertThat(stream.load("ann").header().seeded()).isEqualTo(3);
    assertThat(stream.rows("ann")).isEqualTo(3 + neurons); // header, one stream, one face

    String before = stream.digest("ann");
    stream.answer("ann", "s", 1, 0);
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(2);
  }

  @Test
  void seedsForFramesThatNeverCome_areBounded() {
    for (int sequence = 0; sequence < 60; sequence++) {
      stream.answer("ann", "s", sequence, 0);
    }

    // 4 x 3 + 28 pairs are kept.
    assertThat(stream.count(Count.OVERFLOWING_SEEDS)).isEqualTo(20);
    assertThat(stream.load("ann").outcomes().size()).isEqualTo(40);
  }

  @Test
  void refusedFrames_keepTheirPlace_askOnce_andAreSeededHoweverLate() {
    for (int sequence = 0; sequence < 3000; sequence++) {
      stream.frame("ann", "s", sequence);
      stream.refusal("ann", "s", sequence, 0);
    }
    assertThat(stream.requests())
        .extracting(r -> r.getIdentity().getSequence())
        .containsExactly(0L, 1L, 2L);
    assertThat(stream.load("ann").outcomes().size()).isEqualTo(3);

    for (int sequence = 0; sequence < 3; sequence++) {
      stream.answer("ann", "s", sequence, 0);
    }
    stream.emotions();
    stream.frame("ann", "s", 3000);

    assertThat(stream.count(Count.LATE_SEEDS)).isEqualTo(3);
    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
    assertThat(stream.load("ann").header().seeded()).isEqualTo(3);
  }

  @Test
  void noFacesAfterARefusal_freeThePlace_andTheirAnswerIsFinal() {
    stream.frame("ann", "s", 0);
    stream.refusal("ann", "s", 0, 0);
    stream.noFaces("ann", "s", 0, 0);
    stream.answer("ann", "s", 0, 0); // comes after the answer
    for (int sequence = 1; sequence < 5; sequence++) {
      stream.frame("ann", "s", sequence);
    }

    assertThat(stream.requests())
        .extracting(r -> r.getIdentity().getSequence())
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(stream.load("ann").header().seeded()).isZero();
    assertThat(stream.count(Count.IGNORED_SEEDS)).isEqualTo(1);
    assertThat(stream.count(Count.REFUSED_SEEDS)).isEqualTo(1);
    assertThat(stream.count(Count.REFUSED_FRAMES)).isEqualTo(1);
  }

  @Test
  void moreSeedingFrames_knownPersonsFramesWaitAgain_theMemoryGoesOn() {
    stream.seeded("ann", "s");
    int neurons = stream.memory("ann").size();
    stream.emotions();
    stream.requests();
    stream.restart(StreamHarness.config().toBuilder().seedingFrames(5).build());

    for (int sequence = 3; sequence < 6; sequence++) {
      stream.frame("ann", "s", sequence);
    }

    assertThat(stream.emotions()).isEmpty();
    assertThat(stream.memory("ann").size()).isEqualTo(neurons);
    assertThat(stream.requests())
        .extracting(r -> r.getIdentity().getSequence(), r -> r.getGeneration())
        .containsExactly(tuple(3L, 0), tuple(4L, 0));
    stream.answer("ann", "s", 3, 0);
    stream.answer("ann", "s", 4, 0);
    assertThat(stream.emotions())
        .extracting(Emotion::getFramesPerceived)
        .containsExactly(4L, 5L, 6L);
  }

  @Test
  void fewerSeedingFrames_framesThatWaitAreAnsweredAtTheStart() {
    stream.frame("ann", "s", 0);
    stream.answer("ann", "s", 0, 0);
    stream.frame("ann", "s", 1);
    stream.emotions();
    stream.restart(StreamHarness.config().toBuilder().seedingFrames(1).build());

    stream.advance(Duration.ofSeconds(5));

    assertThat(stream.emotions()).extracting(Emotion::getSource).containsExactly(MEMORY);
  }

  @Test
  void people_doNotWaitForEachOther() {
    stream.frame("ann", "s", 0);
    stream.seeded("bob", "s");

    assertThat(stream.emotions())
        .extracting(e -> e.getIdentity().getPersonId())
        .containsExactly("bob", "bob", "bob");
  }
}
