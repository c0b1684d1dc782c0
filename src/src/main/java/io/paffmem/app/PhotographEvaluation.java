package io.paffmem.app;

import io.paffmem.evaluation.Disturbances;
import io.paffmem.evaluation.EmbeddedFaces;
import io.paffmem.evaluation.Evaluation;
import io.paffmem.evaluation.Evaluation.GeometryFigures;
import io.paffmem.evaluation.Geometry;
import io.paffmem.evaluation.ImaginedChanges;
import io.paffmem.evaluation.ImaginedIdentity;
import io.paffmem.evaluation.LabelledFaces;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.dataset.LabelledFace;
import io.paffmem.pipeline.StartException;
import io.paffmem.prior.IdentityModel;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.training.FaceSet;
import io.paffmem.training.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Figures of a PK on photographs of real people. */
final class PhotographEvaluation {
  /** They are three quarters of such collections, and easily told apart. */
  private static final Set<String> COMMON = Set.of("neutral", "happiness");

  private static final int CELLS_PER_AXIS = 5;
  private static final int REFERENCES = 4;
  private static final int MOST_IMAGINED_PEOPLE = 200;

  private final PriorKnowledge prior;
  private final @Nullable IdentityModel identity;
  private final LabelledFaces faces;
  private final long seed;
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();

  /**
   * @param validationOf evaluate only the people whom training with this seed keeps for validation;
   *     null for everybody
   * @param seed of the intervals
   * @throws StartException if nobody is left
   */
  PhotographEvaluation(
      PriorKnowledge prior,
      @Nullable IdentityModel identity,
      FacialExpressions dataset,
      ImageDecoder decoder,
      @Nullable Long validationOf,
      long seed) {
    this.prior = prior;
    this.identity = identity;
    this.seed = seed;
    List<LabelledFace> chosen = new ArrayList<>();
    for (LabelledFace face : dataset.faces()) {
      if (validationOf == null || isValidation(face.person(), validationOf)) {
        chosen.add(face);
      }
    }
    if (chosen.isEmpty()) {
      throw new StartException(
          "the data set has no usable row"
              + (validationOf == null ? "" : " of the people kept for validation")
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
    leftOut.put("trainedOn", dataset.faces().size() - chosen.size());
  }

  private static boolean isValidation(String person, long seed) {
    return FaceSet.isValidation(person, TrainingConfig.standard(seed).validationShare(), seed);
  }

  /** Faces that progress counts. */
  int faces() {
    return faces.size();
  }

  /**
   * Measures.
   *
   * @param recorded distance between frames of a recorded video; empty if there is none
   * @throws StartException if no picture can be read
   */
  Evaluation run(OptionalDouble recorded, IntConsumer progress) {
    EmbeddedFaces embedded = EmbeddedFaces.of(prior, faces, progress);
    if (embedded.rows().isEmpty()) {
      throw new StartException(
          "none of the %d pictures of the data set can be read".formatted(faces.size()));
    }
    leftOut.put("unreadable", embedded.unreadable());
    GeometryFigures geometry =
        GeometryFigures.of(
            Geometry.of(embedded, seed),
            Disturbances.reencoding(prior, embedded),
            Disturbances.pixelShift(prior, faces),
            recorded);
    return Evaluation.of(
        "faces",
        prior.modelVersion(),
        embedded,
        leftOut,
        COMMON,
        seed,
        geometry,
        identity == null ? null : new Evaluation.Imagined(null, identity(identity)));
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
