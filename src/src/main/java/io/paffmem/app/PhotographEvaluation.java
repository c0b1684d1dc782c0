package io.paffmem.app;

import io.paffmem.evaluation.Disturbances;
import io.paffmem.evaluation.EmbeddedFaces;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.Geometry;
import io.paffmem.evaluation.ImaginedChanges;
import io.paffmem.evaluation.ImaginedIdentity;
import io.paffmem.evaluation.LabelledFaces;
import io.paffmem.evaluation.MemoryEvaluation;
import io.paffmem.evaluation.Streams.Order;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.dataset.LabelledFace;
import io.paffmem.pipeline.StartException;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.training.FaceSet;
import io.paffmem.training.TrainingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Figures of a PK on photographs of real people. */
final class PhotographEvaluation {
  /** They are three quarters of such collections, and easily told apart. */
  private static final Set<String> COMMON = Set.of("neutral", "happiness");

  private static final int CELLS_PER_AXIS = 5;
  private static final long APART_MILLIS = Duration.ofHours(1).toMillis();
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
   * @param validationOf evaluate only the people whom training with this seed keeps for validation;
   *     null for everybody
   * @param leastImages people with fewer are left out
   * @param trial how the memory is seeded and with whom it is compared
   * @param shuffles how often everybody's pictures come, each time in another order
   * @param seed of the intervals and the orders
   * @throws StartException if nobody is left
   */
  PhotographEvaluation(
      PriorKnowledge prior,
      @Nullable IdentityModel identity,
      FacialExpressions dataset,
      ImageDecoder decoder,
      @Nullable Long validationOf,
      int leastImages,
      MemoryTrial.Settings trial,
      int shuffles,
      long seed) {
    this.prior = prior;
    this.identity = identity;
    this.trial = trial;
    this.shuffles = shuffles;
    this.seed = seed;
    Map<String, Integer> images = new HashMap<>();
    dataset.faces().forEach(face -> images.merge(face.person(), 1, Integer::sum));
    List<LabelledFace> chosen = new ArrayList<>();
    int few = 0;
    for (LabelledFace face : dataset.faces()) {
      if (validationOf == null || isValidation(face.person(), validationOf)) {
        if (images.getOrDefault(face.person(), 0) >= leastImages) {
          chosen.add(face);
        } else {
          few++;
        }
      }
    }
    if (chosen.isEmpty()) {
      throw new StartException(
          "the data set has no usable row"
              + (validationOf == null ? "" : " of the people kept for validation")
              + (few == 0 ? "" : " of people who have %d pictures".formatted(leastImages))
              + " (%d rows whose picture is missing, %d of unknown expression, %d malformed)"
                  .formatted(
                      dataset.missingImages(),
                      dataset.unknownExpressions(),
                      dataset.malformedRows()));
    }
    faces = new EvaluatedPhotographs(chosen, decoder);
    leftOut.put("missing", dataset.missingImages());
    leftOut.put("unknownExpression", dataset.unknownExpressions());
    leftOut.put("malformed", dataset.malformedRows());
    leftOut.put("fewImages", few);
    leftOut.put("trainedOn", dataset.faces().size() - chosen.size() - few);
  }

  private static boolean isValidation(String person, long seed) {
    return FaceSet.isValidation(person, TrainingConfig.standard(seed).validationShare(), seed);
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
    List<Order> orders = orders(embedded);
    int[] rows = orders.stream().flatMapToInt(order -> Arrays.stream(order.rows())).toArray();
    MemoryEvaluation.Outcome memory =
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
        identity == null ? null : new Evaluation.Imagined(null, identity(identity)));
  }

  /** Everybody's pictures in some random orders; they have no time, so each stands alone. */
  private List<Order> orders(EmbeddedFaces embedded) {
    Map<String, List<Integer>> byPerson = new LinkedHashMap<>();
    for (int i = 0; i < embedded.rows().size(); i++) {
      byPerson.computeIfAbsent(embedded.rows().get(i).person(), any -> new ArrayList<>()).add(i);
    }
    List<Order> orders = new ArrayList<>();
    Random random = new Random(seed);
    for (int shuffle = 0; shuffle < shuffles; shuffle++) {
      byPerson.forEach(
          (person, rows) -> {
            List<Integer> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, random);
            int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();
            long[] millis = new long[order.length];
            Arrays.setAll(millis, i -> i * APART_MILLIS);
            orders.add(new Order(person, order, millis));
          });
    }
    return orders;
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
        new ImaginedIdentity(prior, model, ImaginedChanges.grid(CELLS_PER_AXIS));
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
