package io.paffmem.app.evaluate;

import io.paffmem.app.evaluate.EvaluatedPhotographs.Photograph;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.ingest.dataset.CategorisedFace;
import io.paffmem.ingest.dataset.Expression;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.dataset.FerPlus;
import io.paffmem.ingest.dataset.RatedFace;
import io.paffmem.start.StartException;
import io.paffmem.training.config.TrainingConfig;
import io.paffmem.training.faces.FaceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The photographs of some people of a data set. */
final class ChosenPhotographs {
  private static final long APART_MILLIS = Duration.ofHours(1).toMillis();

  private final List<Photograph> faces = new ArrayList<>();
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();

  /**
   * A part of FER+, whose makers name nobody: each photograph counts as a person.
   *
   * @throws StartException if it has no usable photograph here
   */
  ChosenPhotographs(FerPlus dataset, FerPlus.Part part) {
    for (FerPlus.VotedFace voted : dataset.part(part)) {
      RatedFace face = voted.face();
      String label = face.expression() == null ? "" : spelled(face.expression());
      faces.add(
          new Photograph(
              new Row(face.person(), label, face.arousal(), face.valence()), face.image()));
    }
    leftOut.putAll(dataset.leftOut());
    if (faces.isEmpty()) {
      throw new StartException(
          "the data set has no usable row of its part %s (left out: %s)"
              .formatted(part.name().toLowerCase(Locale.ROOT), leftOut));
    }
  }

  /**
   * Chooses.
   *
   * @param validationOf only people whom training with this seed keeps for validation; null for
   *     everybody
   * @param least people with fewer pictures are left out
   * @param most people with more are left out
   * @throws StartException if nobody is left
   */
  ChosenPhotographs(FacialExpressions dataset, @Nullable Long validationOf, int least, int most) {
    Map<String, Integer> images = new HashMap<>();
    dataset.faces().forEach(face -> images.merge(face.person(), 1, Integer::sum));
    int trainedOn = 0;
    int few = 0;
    int many = 0;
    for (CategorisedFace face : dataset.faces()) {
      int pictures = images.getOrDefault(face.person(), 0);
      if (validationOf != null && !isValidation(face.person(), validationOf)) {
        trainedOn++;
      } else if (pictures < least) {
        few++;
      } else if (pictures > most) {
        many++;
      } else {
        Expression shown = face.expression();
        faces.add(
            new Photograph(
                new Row(face.person(), spelled(shown), shown.arousal(), shown.valence()),
                face.image()));
      }
    }
    if (faces.isEmpty()) {
      throw new StartException(
          "the data set has no usable row"
              + (validationOf == null ? "" : " of the people kept for validation")
              + (few == 0 ? "" : " of people who have %d pictures".formatted(least))
              + (many == 0 ? "" : " of people who have %d at most".formatted(most))
              + " (%d rows whose picture is missing, %d of unknown expression, %d malformed)"
                  .formatted(
                      dataset.missingImages(),
                      dataset.unknownExpressions(),
                      dataset.malformedRows()));
    }
    leftOut.put("missing", dataset.missingImages());
    leftOut.put("unknownExpression", dataset.unknownExpressions());
    leftOut.put("malformed", dataset.malformedRows());
    leftOut.put("fewImages", few);
    leftOut.put("manyImages", many);
    leftOut.put("trainedOn", trainedOn);
  }

  private static boolean isValidation(String person, long seed) {
    return FaceSet.isValidation(person, TrainingConfig.standard(seed).validationShare(), seed);
  }

  private static String spelled(Expression expression) {
    return expression.name().toLowerCase(Locale.ROOT);
  }

  List<Photograph> faces() {
    return faces;
  }

  /** Rows of the data set that are not among the faces, by reason. */
  Map<String, Integer> leftOut() {
    return leftOut;
  }

  /**
   * Everybody's pictures in some random orders; they have no time, so each stands alone.
   *
   * @param seed of the orders
   */
  static List<Order> orders(EmbeddedFaces embedded, int shuffles, long seed) {
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
}
