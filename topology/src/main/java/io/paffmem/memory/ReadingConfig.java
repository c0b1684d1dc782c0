package io.paffmem.memory;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * How a memory's neurons become an answer. docs/evaluation.md has what each of these is worth.
 *
 * @param rule what is read
 * @param priorWeight kappa: weight of the PK's own arousal and valence beside z in every distance;
 *     0 leaves distances to z
 * @param neighbours k: how many of the nearest neurons are read, at least 1
 * @param kernel width of the kernel by which they are weighed: a neuron whose squared distance is
 *     that much above the nearest one's counts 1/e of it, so 1 weighs by activity; 0: all count
 *     alike
 * @param correction lambda: share of their correction that is used, [0, 1]
 * @param reach rho: squared distance of the best-matching unit at which a correction has fallen to
 *     1/e, above 0
 * @param trustSeconds s_t: seconds that a person was seen after which half of a correction is used,
 *     at least 0
 * @param smoothingMillis tau: time constant over which answers on a stream are joined, at least 0:
 *     an answer is late by about as much; frames farther apart stand alone; 0 turns it off
 * @param pauseMillis time constant by which trust, and the person's bias, fade until they are seen
 *     again on the stream, at least 0: a face that stands alone is the PK's to read; 0: they do not
 *     fade
 * @param biasShare how much of a person's {@link PersonBias} is taken off, [0, 1]; 0 turns it off
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record ReadingConfig(
    Rule rule,
    float priorWeight,
    int neighbours,
    float kernel,
    float correction,
    float reach,
    float trustSeconds,
    float smoothingMillis,
    float pauseMillis,
    float biasShare) {

  /** What is read from the neurons. */
  public enum Rule {
    /** Their mean label, and nothing else; of one neuron, the paper's rule. */
    LABELS,
    /** The PK's own answer, corrected by what its reading of near neurons lacks. */
    CORRECTED
  }

  /**
   * Checks every parameter and fails once.
   *
   * @throws IllegalArgumentException naming each parameter that is out of range
   */
  public ReadingConfig {
    List<String> problems = new ArrayList<>();
    check(problems, "priorWeight", priorWeight, priorWeight >= 0, "0 or more");
    check(problems, "neighbours", neighbours, neighbours >= 1, "1 or more");
    check(problems, "kernel", kernel, kernel >= 0, "0 or more");
    check(problems, "correction", correction, correction >= 0 && correction <= 1, "0 to 1");
    check(problems, "reach", reach, reach > 0, "above 0");
    check(problems, "trustSeconds", trustSeconds, trustSeconds >= 0, "0 or more");
    check(problems, "smoothingMillis", smoothingMillis, smoothingMillis >= 0, "0 or more");
    check(problems, "pauseMillis", pauseMillis, pauseMillis >= 0, "0 or more");
    check(problems, "biasShare", biasShare, biasShare >= 0 && biasShare <= 1, "0 to 1");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("reading: " + String.join("; ", problems));
    }
  }

  /** The paper's: distances in z, the label of the best-matching unit. */
  public static ReadingConfig paper() {
    return new ReadingConfig(Rule.LABELS, 0, 1, 0, 1, 1, 0, 0, 0, 0);
  }

  /** What measured best. */
  public static ReadingConfig standard() {
    return new ReadingConfig(Rule.CORRECTED, 4, 10, 0, 1, 6, 2, 100, 60_000, 1);
  }

  /** A builder that starts from this reading. */
  public ReadingConfigBuilder toBuilder() {
    return ReadingConfigBuilder.builder(this);
  }

  private static void check(
      List<String> problems, String name, float value, boolean fits, String allowed) {
    if (!fits || !Float.isFinite(value)) {
      problems.add(name + " = " + value + " (" + allowed + " allowed)");
    }
  }
}
