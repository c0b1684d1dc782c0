package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.memory.LabelledStream.Seed;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.memory.SeedingPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Makes {@link LabelledStream}s of embedded faces: what each person showed, in what order. */
public final class Streams {
  private final EmbeddedFaces faces;
  private final Function<float[], SeedPairs> imagination;
  private final Map<Integer, SeedPairs> imagined = new HashMap<>();

  /**
   * The faces of one person in the order in which they are seen.
   *
   * @param rows of the embedded faces
   * @param millis when each is seen
   */
  public record Order(String person, int[] rows, long[] millis) {}

  /**
   * Which faces of a stream a memory is seeded with.
   *
   * @param frames how many of the first are looked at, at least 1
   * @param policy which of these
   */
  public record Seeding(int frames, SeedingPolicy policy) {}

  /**
   * Streams of these faces.
   *
   * @param imagination what is imagined for a z [latentSize]
   */
  public Streams(EmbeddedFaces faces, Function<float[], SeedPairs> imagination) {
    this.faces = faces;
    this.imagination = imagination;
  }

  /** Faces that {@link #of} imagines for. */
  public int seeds(List<Order> orders, Seeding seeding) {
    return (int)
        orders.stream()
            .flatMap(order -> seeded(order, seeding).stream().map(face -> order.rows[face]))
            .distinct()
            .count();
  }

  /**
   * The streams; for a face that several orders need, faces are imagined once.
   *
   * @param progress is told after each how many faces it has imagined for
   */
  public List<LabelledStream> of(List<Order> orders, Seeding seeding, IntConsumer progress) {
    List<LabelledStream> streams = new ArrayList<>();
    for (Order order : orders) {
      EmbeddedFaces own = faces.select(order.rows);
      float[] labels = new float[2 * order.rows.length];
      List<String> names = new ArrayList<>();
      for (int i = 0; i < order.rows.length; i++) {
        LabelledFaces.Row row = own.rows().get(i);
        labels[2 * i] = row.arousal();
        labels[2 * i + 1] = row.valence();
        names.add(row.label());
      }
      List<Seed> seeds = new ArrayList<>();
      for (int face : seeded(order, seeding)) {
        int row = order.rows[face];
        SeedPairs known = imagined.get(row);
        if (known == null) {
          known = imagination.apply(z(row));
          imagined.put(row, known);
          progress.accept(imagined.size());
        }
        seeds.add(new Seed(face, known));
      }
      streams.add(
          new LabelledStream(
              order.person,
              names,
              faces.latentSize(),
              own.z(),
              own.affect(),
              labels,
              order.millis.clone(),
              seeds));
    }
    return streams;
  }

  /** The faces of an order that are seeded, by their place in it. */
  private List<Integer> seeded(Order order, Seeding seeding) {
    List<float[]> views = new ArrayList<>();
    List<Integer> seeded = new ArrayList<>();
    for (int face = 0; face < Math.min(seeding.frames, order.rows.length); face++) {
      float[] z = z(order.rows[face]);
      if (seeding.policy.wants(views, z)) {
        views.add(z);
        seeded.add(face);
      }
    }
    return seeded;
  }

  private float[] z(int row) {
    int size = faces.latentSize();
    return Arrays.copyOfRange(faces.z(), row * size, (row + 1) * size);
  }
}
