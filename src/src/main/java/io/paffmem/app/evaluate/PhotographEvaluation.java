package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.Disturbances;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.Geometry;
import io.paffmem.evaluation.prior.ImaginedGrain;
import io.paffmem.evaluation.prior.ImaginedIdentity;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.imagine.ImaginedFaces;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.start.StartException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Figures of a PK on photographs of real people. */
final class PhotographEvaluation {
  /** They are three quarters of such collections, and easily told apart. */
  static final Set<String> COMMON = Set.of("neutral", "happiness");

  private static final int CELLS_PER_AXIS = 5;
  private static final int REFERENCES = 4;
  private static final int MOST_IMAGINED_PEOPLE = 200;

  private final PriorKnowledge prior;
  private final @Nullable IdentityModel identity;
  private final LabelledFaces faces;
  private final long seed;
  private final MemoryTrial.Settings trial;
  private final int shuffles;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();

  /**
   * @param photographs whose
   * @param trial how the memory is seeded and with whom it is compared
   * @param shuffles how often everybody's pictures come, each time in another order
   * @param seed of the intervals and the orders
   */
  PhotographEvaluation(
      PriorKnowledge prior,
      @Nullable IdentityModel identity,
      ChosenPhotographs photographs,
      ImageDecoder decoder,
      MemoryTrial.Settings trial,
      int shuffles,
      long seed) {
    this.prior = prior;
    this.identity = identity;
    this.trial = trial;
    this.shuffles = shuffles;
    this.seed = seed;
    faces = new EvaluatedPhotographs(photographs.faces(), decoder);
    leftOut.putAll(photographs.leftOut());
  }

  /**
   * Measures.
   *
   * @param recorded distance between frames of a recorded video; empty if there is none
   * @param progress shows how far it is
   * @throws StartException if no picture can be read
   */
  Evaluation run(OptionalDouble recorded, Progress progress) {
    EmbeddedFaces embedded =
        progress.during("embed", faces.size(), at -> EmbeddedFaces.of(prior, faces, at));
    if (embedded.rows().isEmpty()) {
      throw new StartException(
          "none of the %d pictures of the data set can be read".formatted(faces.size()));
    }
    leftOut.put("unreadable", embedded.unreadable());
    List<Order> orders = ChosenPhotographs.orders(embedded, shuffles, seed);
    int[] rows = orders.stream().flatMapToInt(order -> Arrays.stream(order.rows())).toArray();
    MemoryEvaluation.Evaluated memory =
        MemoryTrial.of(prior, embedded, orders, trial, seed, progress);
    GeometryFigures geometry =
        GeometryFigures.of(
            Geometry.of(embedded, seed),
            Disturbances.reencoding(prior, embedded),
            Disturbances.pixelShift(prior, faces),
            recorded);
    return Evaluation.of(
        "faces",
        prior.modelVersion(),
        embedded.select(rows),
        memory,
        leftOut,
        COMMON,
        seed,
        geometry,
        new Evaluation.Imagined(
            null,
            identity == null ? null : identity(identity),
            ImaginedGrain.of(
                prior, faces, ImaginedFaces.grid(CELLS_PER_AXIS), ImaginedGrain.FACES)));
  }

  /** Of people with two pictures or more: imagined from one, compared with the others. */
  private ImaginedIdentity.Shares identity(IdentityModel model) {
    Map<String, List<Integer>> byPerson = new LinkedHashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      byPerson.computeIfAbsent(faces.row(i).person(), any -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> several =
        byPerson.values().stream().filter(pictures -> pictures.size() > 1).toList();
    int people = Math.min(MOST_IMAGINED_PEOPLE, several.size());
    ImaginedIdentity shares =
        new ImaginedIdentity(prior, model, ImaginedFaces.grid(CELLS_PER_AXIS));
    int bytes = prior.imageSize() * prior.imageSize() * 3;
    for (int person = 0; person < people; person++) {
      List<Integer> pictures = several.get((int) ((long) person * several.size() / people));
      byte[] face = new byte[bytes];
      byte[] others = new byte[REFERENCES * bytes];
      int count = 0;
      if (faces.read(pictures.get(0), face, 0)) {
        for (int i = 1; i < pictures.size() && count < REFERENCES; i++) {
          count += faces.read(pictures.get(i), others, count * bytes) ? 1 : 0;
        }
      }
      if (count > 0) {
        shares.add(face, others, count);
      }
    }
    return shares.shares();
  }
}
