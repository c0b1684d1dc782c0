package io.paffmem.topology;

import static io.paffmem.schemas.avro.CommandKind.FORGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.store.StoredMemory;
import io.paffmem.topology.task.QueryAnswer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MemoryQueriesTest {
  @AutoClose private StreamHarness stream = new StreamHarness(StreamHarness.config());

  @Test
  void ask_betweenTwoFrames_isTheMemoryAfterTheFirst() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    String digest = stream.digest("ann");

    StoredMemory asked = found("ann");
    stream.frame("ann", "s", 4);

    assertThat(asked.digest()).isEqualTo(digest).isNotEqualTo(stream.digest("ann"));
    assertThat(asked.modelVersion()).isEqualTo(StreamHarness.MODEL);
    assertThat(asked.generation()).isZero();
    assertThat(asked.seededFrames()).isEqualTo(3);
    assertThat(asked.framesPerceived()).isEqualTo(4);
    assertThat(asked.waitingFrames()).isZero();
    assertThat(asked.neurons()).isEqualTo(neurons(asked).size()).isGreaterThan(1);
  }

  @Test
  void ask_personWhoseFramesWait_tellsHowMany() {
    stream.frame("ann", "s", 0);
    stream.frame("ann", "s", 1);

    StoredMemory asked = found("ann");

    assertThat(asked.waitingFrames()).isEqualTo(2);
    assertThat(asked.seededFrames()).isZero();
    assertThat(neurons(asked).size()).isZero();
  }

  @Test
  void ask_personWhoIsNotInTheCache_isReadFromTheStore_andStaysOutside() {
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);
    StoredMemory warm = found("ann");
    stream.restart();
    long loads = stream.count(Count.CACHE_LOADS);

    StoredMemory cold = found("ann");

    assertThat(cold.digest()).isEqualTo(warm.digest());
    assertThat(cold.framesPerceived()).isEqualTo(4);
    assertThat(cold.lastFrameMillis()).isEqualTo(warm.lastFrameMillis());
    assertThat(stream.changelogWrites()).isZero();
    assertThat(stream.count(Count.CACHE_LOADS)).isEqualTo(loads);
  }

  @Test
  void ask_damagedRow_saysSo_andLeavesItToThePersonsNextFrame() {
    stream.seeded("ann", "s");
    stream.restart();
    PersonHash ann = PersonHasher.plain().of("ann");
    stream.store().put(RowKeys.neuron(ann, 1), new byte[] {1, 2});
    stream.changelogWrites();

    StoredMemory asked = found("ann");

    assertThat(asked.damage()).isNotNull();
    assertThat(asked.memory()).isNull();
    assertThat(stream.changelogWrites()).isZero();
    assertThat(stream.count(Count.CORRUPT_ROWS)).isZero();
    stream.frame("ann", "s", 3);
    assertThat(stream.count(Count.CORRUPT_ROWS)).isEqualTo(1);
    assertThat(found("ann").generation()).isEqualTo(1);
  }

  @Test
  void ask_nobodyKnowsThePerson_isUnknown() {
    stream.seeded("ann", "s");

    assertThat(stream.queries.ask("bob")).hasValue(new QueryAnswer.Unknown());
  }

  @Test
  void ask_personWasForgotten_isUnknown_coldToo() {
    stream.seeded("ann", "s");
    stream.command("c1", "ann", FORGET, StreamHarness.START.toEpochMilli() + 10);

    assertThat(stream.queries.ask("ann")).hasValue(new QueryAnswer.Unknown());
    stream.restart();
    assertThat(stream.queries.ask("ann")).hasValue(new QueryAnswer.Unknown());
  }

  @Test
  void ask_rowOfANewerRelease_isUnavailableAndSaysWhy() {
    stream.seeded("ann", "s");
    stream.restart();
    byte[] newer = HexFormat.of().parseHex("0300c586df4b");
    stream.store().put(RowKeys.header(PersonHasher.plain().of("ann")), newer);

    assertThat(stream.queries.ask("ann"))
        .get()
        .isInstanceOfSatisfying(
            QueryAnswer.Unavailable.class,
            answer -> assertThat(answer.reason()).contains("start the release that wrote it"));
  }

  @Test
  void ask_taskHasEnded_nobodyAnswers() {
    stream.seeded("ann", "s");
    stream.close();

    assertThat(stream.queries.ask("ann")).isEmpty();
    stream = new StreamHarness(StreamHarness.config());
  }

  @Test
  @Timeout(60)
  void ask_whileFramesCome_seesWholeFramesOnly_andChangesNone() throws Exception {
    int frames = 400;
    Map<Long, String> digests = new TreeMap<>();
    stream.seeded("ann", "s");
    for (int sequence = 3; sequence < frames; sequence++) {
      stream.frame("ann", "s", sequence);
      digests.put(sequence + 1L, stream.digest("ann"));
    }
    List<Emotion> undisturbed = stream.emotions();
    stream.close();
    stream = new StreamHarness(StreamHarness.config());
    stream.seeded("ann", "s");
    stream.frame("ann", "s", 3);

    CountDownLatch asked = new CountDownLatch(3);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletableFuture<List<StoredMemory>> asking =
        CompletableFuture.supplyAsync(
            () -> {
              List<StoredMemory> seen = new ArrayList<>();
              do {
                // A task that is long at a frame says so instead.
                if (stream.queries.ask("ann").orElseThrow() instanceof QueryAnswer.Found found) {
                  seen.add(found.memory());
                  asked.countDown();
                }
              } while (!ended.isDone());
              return seen;
            });
    for (int sequence = 4; sequence < frames; sequence++) {
      stream.frame("ann", "s", sequence);
      if (sequence == frames / 2) {
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      }
    }
    ended.complete(null);

    assertThat(asking.get(30, TimeUnit.SECONDS))
        .hasSizeGreaterThan(3)
        .allSatisfy(
            memory -> assertThat(memory.digest()).isEqualTo(digests.get(memory.framesPerceived())));
    assertThat(stream.emotions()).isEqualTo(undisturbed);
    assertThat(stream.digest("ann")).isEqualTo(digests.get((long) frames));
  }

  private StoredMemory found(String person) {
    return ((QueryAnswer.Found) stream.queries.ask(person).orElseThrow()).memory();
  }

  private static MemoryState neurons(StoredMemory memory) {
    return Objects.requireNonNull(memory.memory());
  }
}
