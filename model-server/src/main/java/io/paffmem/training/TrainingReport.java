package io.paffmem.training;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run says at a checkpoint.
 *
 * @param step the last one made
 * @param trained time spent, before a resumption included
 * @param losses by name: means over the steps since the report before; none if no step was made
 * @param ccc by face set, on the people kept for validation
 * @param score what the best checkpoint is chosen by, in [-1, 1]: the mean CCC of arousal and
 *     valence over the judged face sets, an undefined one counting as 0
 * @param stepMillis mean time of a step since the report before; 0 if no step was made
 * @param waitedMillis the part of it in which no faces were ready to compute with
 */
public record TrainingReport(
    long step,
    Duration trained,
    Map<String, Float> losses,
    Map<String, Agreement> ccc,
    double score,
    double stepMillis,
    double waitedMillis) {

  /**
   * Concordance of predictions with labels.
   *
   * @param arousal CCC in [-1, 1]; empty if predictions or labels are constant
   * @param valence the same
   */
  public record Agreement(OptionalDouble arousal, OptionalDouble valence) {

    /** Mean of both, an undefined one counting as 0: constant answers know nothing. */
    double mean() {
      return (arousal.orElse(0) + valence.orElse(0)) / 2;
    }
  }
}
