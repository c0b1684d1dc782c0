package io.paffmem.evaluation;

import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.prior.Disturbances;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.Geometry;
import io.paffmem.evaluation.prior.ImaginedChanges;
import io.paffmem.evaluation.prior.ImaginedGrain;
import io.paffmem.evaluation.prior.ImaginedIdentity;
import io.paffmem.evaluation.prior.LabelFigures;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.evaluation.statistics.Interval;
import io.paffmem.evaluation.statistics.Intervals;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a PK, and of a memory beside it, on one data set. A figure that does not exist is
 * null, in JSON too. Every measure names whose answers it is of, {@code prior} being the PK's own.
 *
 * @param dataset its name
 * @param modelVersion of the PK
 * @param rows faces that were read
 * @param people whose faces they are
 * @param leftOut faces that were not, by reason
 * @param ccc over all rows
 * @param cccInterval 95 %, by bootstrap over people
 * @param correlation Pearson's
 * @param balancedCcc every label with the same total weight
 * @param rareCcc without the labels that dominate the data set
 * @param perClass by label
 * @param perPerson by name
 * @param memory the memory beside its PK
 * @param geometry where faces lie in z
 * @param imagined imagined faces beside true ones
 */
public record Evaluation(
    String dataset,
    String modelVersion,
    int rows,
    int people,
    Map<String, Integer> leftOut,
    ByAnswer<Axes> ccc,
    ByAnswer<Intervals> cccInterval,
    ByAnswer<Axes> correlation,
    ByAnswer<Axes> balancedCcc,
    ByAnswer<Axes> rareCcc,
    Map<String, LabelFigures> perClass,
    Map<String, MemoryEvaluation.PerPerson> perPerson,
    MemoryEvaluation memory,
    GeometryFigures geometry,
    Imagined imagined) {

  /**
   * {@link Geometry}, and {@link Disturbances} over its {@code sameLabelDistance}.
   *
   * @param reencoding a face to the re-encoding of its own reconstruction
   * @param pixelShift a face to itself shifted by one pixel
   * @param nextFrame a frame of a video to the next; null if there was no video
   */
  public record GeometryFigures(
      int rows,
      int people,
      Geometry.Spread sd,
      @Nullable Double sameLabelDistance,
      @Nullable Double explained,
      @Nullable Interval explainedInterval,
      @Nullable Double auc,
      @Nullable Interval aucInterval,
      @Nullable Double reencoding,
      @Nullable Double pixelShift,
      @Nullable Double nextFrame) {

    /** Puts the disturbances beside the geometry, divided by its unit. */
    public static GeometryFigures of(
        Geometry geometry,
        OptionalDouble reencoding,
        OptionalDouble pixelShift,
        OptionalDouble nextFrame) {
      @Nullable Double unit = geometry.sameLabelDistance();
      return new GeometryFigures(
          geometry.rows(),
          geometry.people(),
          geometry.sd(),
          unit,
          geometry.explained(),
          geometry.explainedInterval(),
          geometry.auc(),
          geometry.aucInterval(),
          relative(reencoding, unit),
          relative(pixelShift, unit),
          relative(nextFrame, unit));
    }

    private static @Nullable Double relative(OptionalDouble distance, @Nullable Double unit) {
      return distance.isEmpty() || unit == null || unit == 0 ? null : distance.getAsDouble() / unit;
    }
  }

  /**
   * Imagined faces; what was not measured is null.
   *
   * @param changes where the true edited face is known
   * @param identity where an identity network was named
   * @param grain near the Nyquist frequency
   */
  public record Imagined(
      ImaginedChanges.@Nullable Cosines changes,
      ImaginedIdentity.@Nullable Shares identity,
      ImaginedGrain.Power grain) {}

  /**
   * Puts the figures together.
   *
   * @param memory the memory's answers to the same faces, in the same order
   * @param common labels that {@code rareCcc} leaves out
   * @param seed of the intervals
   */
  public static Evaluation of(
      String dataset,
      String modelVersion,
      EmbeddedFaces faces,
      MemoryEvaluation.Evaluated memory,
      Map<String, Integer> leftOut,
      Set<String> common,
      long seed,
      GeometryFigures geometry,
      Imagined imagined) {
    Both arousal = new Both(faces, memory.answers(), 0, common, seed);
    Both valence = new Both(faces, memory.answers(), 1, common, seed);
    return new Evaluation(
        dataset,
        modelVersion,
        faces.rows().size(),
        (int) faces.rows().stream().map(LabelledFaces.Row::person).distinct().count(),
        leftOut,
        axes(arousal, valence, Agreement::ccc),
        new ByAnswer<>(
            new Intervals(arousal.prior.interval(), valence.prior.interval()),
            new Intervals(arousal.memory.interval(), valence.memory.interval())),
        axes(arousal, valence, Agreement::correlation),
        axes(arousal, valence, Agreement::balancedCcc),
        axes(arousal, valence, Agreement::rareCcc),
        LabelFigures.of(faces),
        memory.perPerson(),
        memory.figures(),
        geometry,
        imagined);
  }

  /** Both answers on one axis. */
  private record Both(Agreement prior, Agreement memory) {
    Both(EmbeddedFaces faces, float[] memory, int axis, Set<String> common, long seed) {
      this(
          Agreement.of(faces.rows(), faces.affect(), axis, common, seed),
          Agreement.of(faces.rows(), memory, axis, common, seed));
    }
  }

  private static ByAnswer<Axes> axes(
      Both arousal, Both valence, Function<Agreement, @Nullable Double> figure) {
    return new ByAnswer<>(
        new Axes(figure.apply(arousal.prior), figure.apply(valence.prior)),
        new Axes(figure.apply(arousal.memory), figure.apply(valence.memory)));
  }
}
