package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.memory.SeedingPolicy;
import io.paffmem.schemas.FloatVectors;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Source;
import io.paffmem.topology.config.TopologyConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In the life of a memory at most as many requests as its seeding has places, and one more for each
 * request that the PK refused; whatever the stage that imagines does, and wherever the stream is
 * stopped and started.
 */
class SeedRequestsTest {
  private static final int DIMENSIONS = StreamHarness.DIMENSIONS;
  private static final Duration STEP = Duration.ofMillis(40);
  private static final int RANDOM_STEPS = 300;
  private static final int CALM_STEPS = 100;

  /** A stage that imagines, with its moods; requests are answered in any order. */
  private static final class Imagine {
    private final SplittableRandom random;
    private final ArrayDeque<SeedRequest> waiting = new ArrayDeque<>();
    private final Set<FrameIdentity> askedBefore = new HashSet<>();
    int requests;
    int refusals;

    /** Percent of requests that are answered in a step, and refused of these. */
    private int pace;

    private int refusing;

    Imagine(SplittableRandom random) {
      this.random = random;
      calm();
    }

    void changeMood() {
      pace = new int[] {0, 0, 3, 30, 100}[random.nextInt(5)]; // dead, slow, quick
      refusing = new int[] {0, 0, 20, 100}[random.nextInt(4)];
    }

    void calm() {
      pace = 50;
      refusing = 0;
    }

    void step(StreamHarness stream) {
      for (SeedRequest request : stream.requests()) {
        assertThat(askedBefore.add(request.getIdentity())).as("asks once").isTrue();
        waiting.add(request);
        requests++;
      }
      for (int left = waiting.size(); left > 0; left--) {
        SeedRequest request = waiting.remove();
        if (random.nextInt(100) >= pace) {
          waiting.add(request);
        } else if (random.nextInt(100) < refusing) {
          refusals++;
          stream.seeds(StreamHarness.refuse(request, "internal_error"));
        } else {
          stream.seeds(StreamHarness.imagine(request));
        }
      }
    }
  }

  static Stream<Arguments> seedingsAndLimits() {
    return Stream.of(SeedingPolicy.everyFrame(), new SeedingPolicy.ByNeed(0.3f, 6))
        .flatMap(
            policy ->
                Stream.of(null, Duration.ZERO, Duration.ofMillis(200))
                    .map(limit -> Arguments.of(policy, limit)));
  }

  @ParameterizedTest
  @MethodSource("seedingsAndLimits")
  void anyImagine_anyRestarts_asksNoMoreThanItWants_andTheMemoryIsSeeded(
      SeedingPolicy policy, @Nullable Duration limit) {
    for (long seed = 1; seed <= 5; seed++) {
      String where = "seed %d, %s, limit %s".formatted(seed, policy, limit);
      SplittableRandom random = new SplittableRandom(seed);
      TopologyConfig config = config(policy, limit, random.nextInt(10) < 3 ? 20 : 10_000);
      int most = policy.most(config.seedingFrames());
      try (StreamHarness stream = new StreamHarness(config)) {
        Imagine imagine = new Imagine(random.split());
        Walk walk = new Walk(random.split());
        for (int step = 0; step < RANDOM_STEPS; step++) {
          if (random.nextInt(20) == 0) {
            imagine.changeMood();
          }
          if (random.nextInt(100) == 0) {
            stream.restart();
          }
          walk.frame(stream);
          stream.advance(STEP);
          imagine.step(stream);
          assertThat(imagine.requests)
              .as("requests, %s, step %d", where, step)
              .isLessThanOrEqualTo(most + imagine.refusals);
        }
        imagine.calm();
        stream.emotions();
        for (int step = 0; step < CALM_STEPS; step++) {
          walk.frame(stream);
          stream.advance(STEP);
          imagine.step(stream);
        }
        assertThat(imagine.requests).as(where).isLessThanOrEqualTo(most + imagine.refusals);
        assertThat(stream.load("ann").header().seeded())
            .as(where)
            .isEqualTo(config.seedingFrames());
        assertThat(stream.load("ann").outcomes().size()).as(where).isZero();
        assertThat(stream.emotions())
            .as(where)
            .last()
            .satisfies(event -> assertThat(event.getSource()).isEqualTo(Source.MEMORY))
            .satisfies(event -> assertThat(event.getFramesToSeed()).isZero());
      }
    }
  }

  /** 25 frames a second; two answers a second, each a minute late. */
  @Test
  void everyAnswerAMinuteLate_limitOfASecond_asksAsOftenAsItWants_andThePersonIsSeeded() {
    TopologyConfig config =
        config(SeedingPolicy.everyFrame(), Duration.ofSeconds(1), 10_000).toBuilder()
            .seedingFrames(25)
            .build();
    try (StreamHarness stream = new StreamHarness(config)) {
      Walk walk = new Walk(new SplittableRandom(1));
      ArrayDeque<SeedRequest> waiting = new ArrayDeque<>();
      int requests = 0;
      for (int step = 0; step < 80 * 25; step++) {
        walk.frame(stream);
        stream.advance(STEP);
        for (SeedRequest request : stream.requests()) {
          waiting.add(request);
          requests++;
        }
        if (step >= 60 * 25 && step % 12 == 0 && !waiting.isEmpty()) {
          stream.seeds(StreamHarness.imagine(waiting.remove()));
        }
      }

      assertThat(requests).isEqualTo(25);
      assertThat(stream.load("ann").header().seeded()).isEqualTo(25);
      assertThat(stream.emotions())
          .last()
          .satisfies(event -> assertThat(event.getSource()).isEqualTo(Source.MEMORY));
    }
  }

  private static TopologyConfig config(
      SeedingPolicy policy, @Nullable Duration limit, int queueBound) {
    return StreamHarness.config().toBuilder()
        .seedingFrames(12)
        .seeding(policy)
        .waitingLimit(limit)
        .queueBound(queueBound)
        .build();
  }

  /** One person's face, which moves a little from frame to frame, and jumps at times. */
  private static final class Walk {
    private final SplittableRandom random;
    private final float[] face = new float[DIMENSIONS];
    private int next;

    Walk(SplittableRandom random) {
      this.random = random;
    }

    void frame(StreamHarness stream) {
      float step = random.nextInt(4) == 0 ? 0.8f : 0.1f;
      for (int d = 0; d < DIMENSIONS; d++) {
        float moved = face[d] + step * (2 * (float) random.nextDouble() - 1);
        face[d] = Math.max(-1, Math.min(1, moved));
      }
      Embedding embedding =
          new Embedding(
              new FrameIdentity("ann", "s", (long) next),
              1000L + next,
              FloatVectors.pack(face),
              new Affect(0f, 0f),
              StreamHarness.MODEL,
              null,
              null,
              null,
              null);
      stream.embedding(embedding, StreamHarness.START.toEpochMilli() + next);
      next++;
    }
  }
}
