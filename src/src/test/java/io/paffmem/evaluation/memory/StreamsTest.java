package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.evaluation.memory.LabelledStream.Seed;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.memory.Streams.Seeding;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.memory.SeedingPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private final List<float[]> asked = new ArrayList<>();

  @Test
  void of_everyFrame_seedsTheFirstSoMany() {
    List<LabelledStream> streams = streams(new Seeding(3, SeedingPolicy.everyFrame()));

    assertThat(streams.get(0).seeds()).extracting(Seed::face).containsExactly(0, 1, 2);
    assertThat(asked).hasSize(3);
  }

  @Test
  void of_byNeed_seedsWhatDiffersAndNothingBehindTheFirstSoMany() {
    List<LabelledStream> streams = streams(new Seeding(4, SeedingPolicy.byNeed()));

    // The second is like the first, the fourth like the third; the fifth comes too late.
    assertThat(streams.get(0).seeds()).extracting(Seed::face).containsExactly(0, 2);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).containsExactly(0.8f, 0);
  }

  @Test
  void seeds_facesInSeveralOrders_countOnce() {
    Order order = order();

    assertThat(
            new Streams(faces(), this::imagined)
                .seeds(List.of(order, order), new Seeding(4, SeedingPolicy.byNeed())))
        .isEqualTo(2);
  }

  private List<LabelledStream> streams(Seeding seeding) {
    return new Streams(faces(), this::imagined).of(List.of(order()), seeding, any -> {});
  }

  private SeedPairs imagined(float[] z) {
    asked.add(z);
    return new SeedPairs(z, z, z);
  }

  private static Order order() {
    return new Order("ann", new int[] {0, 1, 2, 3, 4}, new long[] {0, 40, 80, 120, 160});
  }

  private static EmbeddedFaces faces() {
    float[] z = {0, 0, 0.1f, 0, 0.8f, 0, 0.9f, 0, -0.9f, 0};
    List<LabelledFaces.Row> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(new LabelledFaces.Row("ann", "x", 0, 0));
    }
    return new EmbeddedFaces(rows, 2, z, z.clone(), 0);
  }
}
