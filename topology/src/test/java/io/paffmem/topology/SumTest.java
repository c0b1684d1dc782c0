package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.memory.MemoryParameters;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.format.WaitingRow;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.person.Person;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames = events + refused (dead letters of {@code embeddings}, too late among them) + duplicates
 * + forgotten + waiting, after every step of a scenario in which everything happens that can.
 */
class SumTest {
  private static final int STEPS = 500;

  /** Who waits is counted again that long after a restart, if no record has made it so before. */
  private static final Duration UNTIL_COUNTED = Duration.ofSeconds(5);

  private static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dee");
  private static final List<Count> ENDS =
      List.of(
          Count.EVENTS_MEMORY,
          Count.EVENTS_PRIOR,
          Count.DEAD_FRAMES,
          Count.DUPLICATES,
          Count.FORGOTTEN);

  private final List<SeedRequest> requests = new ArrayList<>();
  private final Map<String, Integer> next = new TreeMap<>();
  private String activeModel = StreamHarness.MODEL;
  private SeedingPolicy seeding = SeedingPolicy.everyFrame();
  private long millis = StreamHarness.START.toEpochMilli();
  private int commands;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everyFrame_isSomewhere_afterEveryStep(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    seeding = seed % 2 == 0 ? SeedingPolicy.byNeed() : SeedingPolicy.everyFrame();
    try (StreamHarness stream = new StreamHarness(config())) {
      for (int step = 0; step < STEPS; step++) {
        String what = act(stream, random);
        requests.addAll(stream.requests());
        long ends = waiting(stream);
        for (Count counter : ENDS) {
          ends += stream.count(counter);
        }
        assertThat(ends)
            .as("seed %d, step %d: %s", seed, step, what)
            .isEqualTo(stream.count(Count.FRAMES_IN));
      }
      stream.advance(UNTIL_COUNTED);
      assertThat(stream.waitingFrames()).as("the gauge").isEqualTo(waiting(stream));
      for (Count counter : ENDS) {
        assertThat(stream.count(counter)).as(counter.metric()).isPositive();
      }
      for (Count counter :
          List.of(
              Count.TOO_LATE,
              Count.REFUSED_SEEDS,
              Count.CORRUPT_ROWS,
              Count.MODEL_CHANGES,
              Count.IMPORTED_MEMORIES)) {
        assertThat(stream.count(counter)).as(counter.metric()).isPositive();
      }
    }
  }

  private TopologyConfig config() {
    return StreamHarness.config().toBuilder()
        .modelVersion(activeModel)
        .seeding(seeding)
        .waitingLimit(Duration.ofMillis(500))
        .queueBound(12)
        .cacheBytes(4000)
        .idleLimit(Duration.ofMillis(400))
        .build();
  }

  private String act(StreamHarness stream, SplittableRandom random) {
    String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
    int dice = random.nextInt(100);
    if (dice < 45) {
      millis += random.nextInt(40) == 0 ? 500 : 1;
      String model = random.nextInt(10) == 0 ? "pk-0" : activeModel;
      frame(stream, person, next.merge(person, 1, Integer::sum), model, millis);
      return "a frame";
    } else if (dice < 50) {
      frame(stream, person, next.getOrDefault(person, 0), activeModel, millis);
      return "a frame twice";
    } else if (dice < 53) {
      next.merge(person, 1500, Integer::sum);
      frame(stream, person, next.getOrDefault(person, 0), activeModel, millis);
      frame(stream, person, 1, activeModel, millis);
      return "a frame too late";
    } else if (dice < 56) {
      Embedding bad = embedding(person, 1, activeModel, new float[random.nextInt(4)]);
      stream.embedding(bad, millis);
      return "a bad frame";
    } else if (dice < 76 && !requests.isEmpty()) {
      // One of the last: older ones are mostly of memories that ended.
      int from = Math.max(0, requests.size() - 6);
      SeedRequest request = requests.remove(random.nextInt(from, requests.size()));
      Seeds seeds =
          random.nextInt(4) == 0
              ? StreamHarness.refuse(request, "internal_error")
              : StreamHarness.imagine(request);
      stream.seeds(seeds);
      return "an answer";
    } else if (dice < 82) {
      stream.advance(Duration.ofMillis(200));
      return "the clock";
    } else if (dice < 86) {
      CommandKind kind = random.nextBoolean() ? CommandKind.RESET : CommandKind.FORGET;
      long cutoff = millis + random.nextInt(4) - 1;
      stream.command("c" + commands++, person, kind, cutoff);
      return kind.toString();
    } else if (dice < 89) {
      importMemory(stream, person, PEOPLE.get(random.nextInt(PEOPLE.size())));
      return "an import";
    } else if (dice < 92) {
      damage(stream, person, random);
      return "a damaged row";
    } else if (dice < 94) {
      activeModel = activeModel.equals("pk-1") ? "pk-2" : "pk-1";
      stream.restart(config());
      return "another model";
    } else if (dice < 96) {
      stream.restart();
      return "a restart";
    } else if (dice < 99) {
      teach(stream, person, next.getOrDefault(person, 1) - 1L);
      return "a teaching";
    }
    return "nothing";
  }

  private static void frame(
      StreamHarness stream, String person, long sequence, String model, long millis) {
    float[] z = StreamHarness.face(person, sequence, StreamHarness.DIMENSIONS);
    stream.embedding(embedding(person, sequence, model, z), millis);
  }

  private static Embedding embedding(String person, long sequence, String model, float[] z) {
    return new Embedding(
        new FrameIdentity(person, "s", sequence),
        0L,
        FloatVectors.pack(z),
        new Affect(0f, 0f),
        model,
        null,
        null,
        null,
        null);
  }

  private void teach(StreamHarness stream, String person, long sequence) {
    Teaching teaching =
        new Teaching(
            "t" + commands++,
            person,
            TeachingKind.LABEL,
            "s",
            sequence,
            null,
            null,
            new Affect(0.5f, 0.5f),
            null);
    stream.send(Topics.TEACHINGS, person, teaching, millis);
  }

  /** What one person has, or nothing of use, for another one. */
  private void importMemory(StreamHarness stream, String from, String to) {
    Person stored = stream.load(from);
    byte[] file =
        stored.memory().size() == 0
            ? new byte[5]
            : new MemoryFile(
                    stored.header().modelVersion(),
                    stored.header().seeded(),
                    3,
                    stored.header().framesPerceived(),
                    MemoryParameters.of(config().memory()),
                    stored.memory())
                .toBytes();
    stream.send(
        Topics.MEMORY_IMPORTS,
        to,
        new MemoryImport("i" + commands++, to, ByteBuffer.wrap(file)),
        millis);
  }

  /** Flips a bit in one of a person's rows, and makes the stream look: it has it in its cache. */
  private void damage(StreamHarness stream, String person, SplittableRandom random) {
    stream.restart();
    List<Bytes> keys = new ArrayList<>();
    PersonHash hash = PersonHasher.plain().of(person);
    try (var each = stream.store().range(RowKeys.first(hash), RowKeys.lastOf(hash, (byte) 100))) {
      each.forEachRemaining(row -> keys.add(row.key));
    }
    if (!keys.isEmpty()) {
      Bytes key = keys.get(random.nextInt(keys.size()));
      byte[] row = stream.store().get(key).clone();
      row[random.nextInt(row.length)] ^= 4;
      stream.store().put(key, row);
    }
    frame(stream, person, next.merge(person, 1, Integer::sum), activeModel, millis);
  }

  private static long waiting(StreamHarness stream) {
    long waiting = 0;
    for (String person : PEOPLE) {
      PersonHash hash = PersonHasher.plain().of(person);
      try (var each =
          stream
              .store()
              .range(
                  RowKeys.firstOf(hash, RowKeys.WAITING), RowKeys.lastOf(hash, RowKeys.WAITING))) {
        while (each.hasNext()) {
          waiting += WaitingRow.isReset(each.next().value) ? 0 : 1;
        }
      }
    }
    return waiting;
  }
}
