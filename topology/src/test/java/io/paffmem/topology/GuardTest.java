package io.paffmem.topology;

import static io.paffmem.schemas.avro.Source.MEMORY;
import static io.paffmem.schemas.avro.Source.PRIOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.schemas.FaceLook;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.store.StoredMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Faces of others under a person's name; a description is made of five frames. */
class GuardTest {
  private static final int FIRST = 5;
  private static final int NETWORK = 7;
  private static final int NUMBERS = 64;
  private static final long NOW = StreamHarness.START.toEpochMilli();
  private static final TopologyConfig CONFIG =
      StreamHarness.config().toBuilder()
          .guard(GuardConfig.standard().withFirstFrames(FIRST))
          .build();

  @AutoClose private final StreamHarness stream = new StreamHarness(CONFIG);
  private int next;

  /** A look of somebody: alike from frame to frame, unlike anybody else's. */
  static FaceLook look(String who, long frame) {
    SplittableRandom person = new SplittableRandom(who.hashCode());
    SplittableRandom noise = new SplittableRandom(31L * who.hashCode() + frame);
    float[] values = new float[NUMBERS];
    double squares = 0;
    for (int i = 0; i < NUMBERS; i++) {
      values[i] = (float) (person.nextDouble() - 0.5 + 0.2 * (noise.nextDouble() - 0.5));
      squares += values[i] * values[i];
    }
    for (int i = 0; i < NUMBERS; i++) {
      values[i] /= (float) Math.sqrt(squares);
    }
    return FaceLook.of(NETWORK, values, 0, NUMBERS);
  }

  @Test
  void stranger_isAnsweredByThePk_markedCountedAndNotLearnt() {
    known("ann");
    String before = stream.digest("ann");
    int rows = stream.rows("ann");
    stream.emotions();

    frames("ann", "bob", 3);

    assertThat(stream.emotions())
        .hasSize(3)
        .allSatisfy(
            event -> {
              assertThat(event.getSource()).isEqualTo(PRIOR);
              assertThat(event.getAffect()).isEqualTo(event.getPrior());
              assertThat(event.getOfPerson()).isFalse();
              assertThat(event.getFramesPerceived()).isEqualTo(FIRST);
              assertThat(event.getFramesToSeed()).isZero();
            });
    assertThat(stream.digest("ann")).isEqualTo(before);
    assertThat(stream.rows("ann")).as("one says that it cannot be taught").isLessThan(rows + 4);
    assertThat(stream.count(Count.EVENTS_STRANGER)).isEqualTo(3);
  }

  @Test
  void personAfterAStranger_isLearntFromAgain_overARestartToo() {
    known("ann");
    frames("ann", "bob", 3);
    stream.restart(CONFIG);
    stream.emotions();

    frames("ann", "ann", 2);

    assertThat(stream.emotions())
        .extracting(Emotion::getSource, Emotion::getOfPerson, Emotion::getFramesPerceived)
        .containsExactly(tuple(MEMORY, true, FIRST + 1L), tuple(MEMORY, true, FIRST + 2L));
  }

  @Test
  void strangerBeforeTheMemoryIsSeeded_asksForNothing_andWaitsForNothing() {
    stream.restart(CONFIG.toBuilder().seedingFrames(9).build());
    frames("ann", "ann", FIRST);
    answerAll();
    stream.emotions();

    frames("ann", "bob", 1);

    assertThat(stream.requests()).isEmpty();
    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getOfPerson()).isFalse())
        .satisfies(event -> assertThat(event.getFramesToSeed()).isEqualTo(9 - FIRST));
    frames("ann", "ann", 1);
    assertThat(stream.requests()).hasSize(1);
  }

  @Test
  void strangerBehindFramesThatWait_isAnsweredAfterThem() {
    stream.restart(CONFIG.toBuilder().seedingFrames(9).build());
    frames("ann", "ann", FIRST + 1);
    frames("ann", "bob", 1);
    assertThat(stream.emotions()).isEmpty();
    List<SeedRequest> asked = stream.requests();
    stream.restart(CONFIG.toBuilder().seedingFrames(9).build());

    asked.stream().map(StreamHarness::imagine).forEach(stream::seeds);

    assertThat(asked).as("one of each of the person's frames").hasSize(FIRST + 1);
    assertThat(stream.emotions())
        .extracting(Emotion::getOfPerson)
        .containsExactly(null, null, null, null, null, true, false);
  }

  @Test
  void strangerAmongTheFirstFrames_theMajorityIsThePerson() {
    frames("ann", "bob", 2);
    frames("ann", "ann", 3);
    answerAll();
    stream.emotions();

    frames("ann", "bob", 1);
    frames("ann", "ann", 1);

    assertThat(stream.emotions()).extracting(Emotion::getOfPerson).containsExactly(false, true);
  }

  @Test
  void forgetAndReset_theLookGoesWithTheMemory_andTheNextFramesSayIt() {
    known("ann");
    known("cid");
    stream.command("c1", "ann", CommandKind.FORGET, NOW + next);
    stream.command("c2", "cid", CommandKind.RESET, 0);
    stream.receipts();

    assertThat(stream.rows("ann")).as("the header alone").isEqualTo(1);
    assertThat(stream.load("cid").look().isEmpty()).isTrue();
    stream.restart(CONFIG);
    assertThat(stream.load("ann").look().isEmpty()).isTrue();
    stream.emotions();
    frames("cid", "bob", FIRST + 1);
    answerAll(1);
    assertThat(stream.emotions())
        .extracting(Emotion::getOfPerson)
        .containsExactly(null, null, null, null, null, true);
  }

  @Test
  void idlePerson_theLookGoesWithTheMemory() {
    stream.restart(CONFIG.toBuilder().idleLimit(Duration.ofMillis(500)).build());
    known("ann");
    next += 1_000;
    stream.emotions();

    frames("ann", "bob", 1);

    assertThat(stream.load("ann").look().isKnown()).isFalse();
    assertThat(stream.count(Count.IDLE_MEMORIES_REMOVED)).isEqualTo(1);
  }

  @Test
  void exportAndImport_carryTheLook_andAFileWithoutOneIsGoodToo() {
    known("ann");
    Person ann = stream.load("ann");
    MemoryFile file = StoredMemory.of(ann).export(StoredSettings.of(CONFIG));
    MemoryFile older =
        new MemoryFile(
            file.modelVersion(),
            file.seededFrames(),
            file.seedingFrames(),
            file.framesPerceived(),
            MemoryParameters.of(CONFIG.memory()),
            file.memory());

    importMemory("i1", "anna", file);
    importMemory("i2", "annika", older);

    assertThat(stream.digest("anna")).isEqualTo(stream.digest("ann"));
    assertThat(stream.digest("annika")).isNotEqualTo(stream.digest("ann"));
    assertThat(stream.receipts()).extracting(receipt -> receipt.getProblem()).containsOnlyNulls();
    stream.emotions();
    frames("anna", "bob", 1);
    frames("anna", "ann", 1);
    frames("annika", "bob", 1);
    assertThat(stream.emotions())
        .extracting(Emotion::getOfPerson)
        .containsExactly(false, true, null);
  }

  @Test
  void guardOff_everybodyIsLearnt_andItIsForgottenHowPeopleLook() {
    known("ann");
    int rows = stream.rows("ann");
    stream.restart(CONFIG.toBuilder().guard(null).build());
    stream.emotions();

    frames("ann", "bob", 1);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getSource()).isEqualTo(MEMORY))
        .satisfies(event -> assertThat(event.getOfPerson()).isNull());
    assertThat(stream.load("ann").look().isEmpty()).isTrue();
    assertThat(stream.rows("ann")).isEqualTo(rows - 1);
  }

  @Test
  void framesWithoutALook_areAsEver() {
    known("ann");
    stream.emotions();

    send("ann", null);

    assertThat(stream.emotions())
        .singleElement()
        .satisfies(event -> assertThat(event.getSource()).isEqualTo(MEMORY))
        .satisfies(event -> assertThat(event.getOfPerson()).isNull());
    assertThat(stream.load("ann").look().isKnown()).isTrue();
  }

  @Test
  void lookOfAnotherNetwork_isNotCompared_andBeginsAnotherDescription() {
    known("ann");
    stream.emotions();

    for (int i = 0; i < FIRST + 1; i++) {
      send("ann", new FaceLook(NETWORK + 1, look("ann", i).numbers()));
    }

    assertThat(stream.emotions())
        .extracting(Emotion::getOfPerson)
        .containsExactly(null, null, null, null, null, true);
  }

  @Test
  void damagedLook_isADeadLetter() {
    Embedding embedding = StreamHarness.embedding("ann", "s", next++, StreamHarness.MODEL);

    stream.embedding(looking(embedding, ByteBuffer.wrap(new byte[] {1, 2, 3})), NOW);

    assertThat(stream.read(Topics.DEAD_LETTERS))
        .extracting(BadInputTest::reason)
        .containsExactly("invalid_embedding");
  }

  /** Sends the first frames with their answers. */
  private void known(String person) {
    frames(person, person, FIRST);
    answerAll();
  }

  private void frames(String person, String who, int count) {
    for (int i = 0; i < count; i++) {
      send(person, look(who, next));
    }
  }

  private void send(String person, @Nullable FaceLook look) {
    Embedding embedding = StreamHarness.embedding(person, "s", next, StreamHarness.MODEL);
    stream.embedding(looking(embedding, look == null ? null : look.pack()), NOW + next++);
  }

  private static Embedding looking(Embedding embedding, @Nullable ByteBuffer look) {
    return new Embedding(
        embedding.getIdentity(),
        embedding.getCapturedAtMillis(),
        embedding.getZ(),
        embedding.getPrior(),
        embedding.getModelVersion(),
        embedding.getLabel(),
        embedding.getDeviation(),
        look,
        embedding.getQuality());
  }

  private void answerAll() {
    answerAll(0);
  }

  private void answerAll(int generation) {
    for (var requests = stream.requests(); !requests.isEmpty(); requests = stream.requests()) {
      requests.stream()
          .filter(request -> request.getGeneration() == generation)
          .map(StreamHarness::imagine)
          .forEach(stream::seeds);
    }
  }

  private void importMemory(String id, String person, MemoryFile file) {
    stream.send(
        Topics.MEMORY_IMPORTS,
        person,
        new MemoryImport(id, person, ByteBuffer.wrap(file.toBytes())),
        NOW);
  }
}
