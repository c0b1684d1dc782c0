package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Makes {@link LabelledStream}s of embedded faces: what each person showed, in what order. */
public final class Streams {
  private final PriorKnowledge prior;
  private final EmbeddedFaces faces;
  private final float[] y;
  private final Map<Integer, SeedPairs> imagined = new HashMap<>();

  /**
   * The faces of one person in the order in which they are seen.
   *
   * @param rows of the embedded faces
   * @param millis when each is seen
   */
  public record Order(String person, int[] rows, long[] millis) {}

  /**
   * Streams of these faces.
   *
   * @param y what is wished for when seeds are imagined, n x 2
   */
  public Streams(PriorKnowledge prior, EmbeddedFaces faces, float[] y) {
    this.prior = prior;
    this.faces = faces;
    this.y = y.clone();
  }

  /** Faces that {@link #of} imagines for. */
  public static int seeds(List<Order> orders, int seedingFrames) {
    return (int)
        orders.stream()
            .flatMap(
                order ->
                    Arrays.stream(order.rows)
                        .limit(Math.min(seedingFrames, order.rows.length))
                        .boxed())
            .distinct()
            .count();
  }

  /**
   * The streams; a face that is among the first of several orders is imagined from once.
   *
   * @param seedingFrames faces of each order that the PK imagines others from
   * @param progress is told after each how many faces it has imagined for
   */
  public List<LabelledStream> of(List<Order> orders, int seedingFrames, IntConsumer progress) {
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
      List<SeedPairs> seeds = new ArrayList<>();
      for (int i = 0; i < Math.min(seedingFrames, order.rows.length); i++) {
        SeedPairs known = imagined.get(order.rows[i]);
        if (known == null) {
          known = imagine(order.rows[i]);
          imagined.put(order.rows[i], known);
          progress.accept(imagined.size());
        }
        seeds.add(known);
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

  private SeedPairs imagine(int row) {
    int size = faces.latentSize();
    int pairs = y.length / 2;
    float[] repeated = new float[pairs * size];
    for (int i = 0; i < pairs; i++) {
      System.arraycopy(faces.z(), row * size, repeated, i * size, size);
    }
    Encodings encoded = prior.generateAndEncode(repeated, y, pairs);
    return new SeedPairs(encoded.z(), encoded.affect(), y);
  }
}
