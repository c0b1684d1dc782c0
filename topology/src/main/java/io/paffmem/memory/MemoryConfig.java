package io.paffmem.memory;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Every parameter of the affective memory; the symbols are those of the package's table.
 *
 * @param dimensions numbers in a prototype: those of z, then the PK's arousal and valence
 * @param activity how distance becomes activity
 * @param insertionActivity t_a: below it the best-matching unit does not stand for the input
 * @param insertionHabituation t_h: below it the best-matching unit is trained well enough
 * @param bestUnitLearningRate e_b
 * @param neighbourLearningRate e_n
 * @param bestUnitHabituationRate tau_b
 * @param neighbourHabituationRate tau_n
 * @param habituationRecovery kappa; at 1 or less habituation would fall for ever
 * @param maxEdgeAge an edge older than this is removed
 * @param labelRate gamma
 * @param capacity most neurons of one person
 * @param epochs how often the pairs of one seeded frame are gone through
 * @param onlineSteps steps on each real frame (the paper: 1; the authors' code: 10); 0: neurons
 *     stay as they were seeded, as labels do not move and prototypes that did would no longer be
 *     what was imagined
 * @param reading how neurons become an answer
 * @param onlineInsertion whether real frames may insert neurons, and with which label
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record MemoryConfig(
    int dimensions,
    Activity activity,
    float insertionActivity,
    float insertionHabituation,
    float bestUnitLearningRate,
    float neighbourLearningRate,
    float bestUnitHabituationRate,
    float neighbourHabituationRate,
    float habituationRecovery,
    int maxEdgeAge,
    float labelRate,
    int capacity,
    int epochs,
    int onlineSteps,
    ReadingConfig reading,
    OnlineInsertion onlineInsertion) {

  /** How the distance between z and a prototype becomes activity. */
  public enum Activity {
    /** exp(-d^2). */
    SQUARED,
    /** exp(-d), as in the authors' code. */
    PLAIN
  }

  /** What a real frame may do when no neuron stands for it. */
  public enum OnlineInsertion {
    /** Move neurons only. */
    OFF,
    /** Insert a neuron with the prior knowledge's answer for the frame. */
    PRIOR_LABEL,
    /** Insert a neuron with the label of its best-matching unit. */
    INHERITED
  }

  /**
   * Checks every parameter and fails once.
   *
   * @throws IllegalArgumentException naming each parameter that is out of range
   */
  public MemoryConfig {
    List<String> problems = new ArrayList<>();
    atLeast(problems, "dimensions", dimensions, 1);
    within(problems, "insertionActivity", insertionActivity, 0, 1);
    within(problems, "insertionHabituation", insertionHabituation, 0, 1);
    within(problems, "bestUnitLearningRate", bestUnitLearningRate, 0, 1);
    within(problems, "neighbourLearningRate", neighbourLearningRate, 0, 1);
    within(problems, "bestUnitHabituationRate", bestUnitHabituationRate, 0, 1);
    within(problems, "neighbourHabituationRate", neighbourHabituationRate, 0, 1);
    if (!(habituationRecovery > 1 && habituationRecovery <= 10)) {
      problems.add(
          "habituationRecovery = " + habituationRecovery + " (more than 1, at most 10 allowed)");
    }
    atLeast(problems, "maxEdgeAge", maxEdgeAge, 1);
    within(problems, "labelRate", labelRate, 0, 1);
    atLeast(problems, "capacity", capacity, 2);
    atLeast(problems, "epochs", epochs, 1);
    atLeast(problems, "onlineSteps", onlineSteps, 0);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("memory: " + String.join("; ", problems));
    }
  }

  /** What measured best. */
  public static MemoryConfig standard() {
    return MemoryConfigBuilder.builder()
        .dimensions(52)
        .activity(Activity.SQUARED)
        .insertionActivity(0.4f)
        .insertionHabituation(0.2f)
        .bestUnitLearningRate(0.087f)
        .neighbourLearningRate(0.032f)
        .bestUnitHabituationRate(0.3f)
        .neighbourHabituationRate(0.1f)
        .habituationRecovery(1.05f)
        .maxEdgeAge(600)
        .labelRate(0.4f)
        .capacity(512)
        .epochs(10)
        .onlineSteps(0)
        .reading(ReadingConfig.standard())
        .onlineInsertion(OnlineInsertion.OFF)
        .build();
  }

  /** The paper's: squared distance in z, one step a frame, the best-matching unit's label. */
  public static MemoryConfig paper() {
    return standard().toBuilder().onlineSteps(1).reading(ReadingConfig.paper()).build();
  }

  /** What differs in the paper's published code: plain distance and ten steps a frame. */
  public static MemoryConfig authors() {
    return paper().toBuilder().activity(Activity.PLAIN).onlineSteps(10).build();
  }

  /** Numbers in z. */
  public int latentSize() {
    return dimensions - 2;
  }

  /** Numbers in a prototype, for a z of that many. */
  public static int dimensionsFor(int latentSize) {
    return latentSize + 2;
  }

  /** A builder that starts from this configuration. */
  public MemoryConfigBuilder toBuilder() {
    return MemoryConfigBuilder.builder(this);
  }

  private static void atLeast(List<String> problems, String name, int value, int least) {
    if (value < least) {
      problems.add(name + " = " + value + " (at least " + least + " allowed)");
    }
  }

  private static void within(List<String> problems, String name, float value, int low, int high) {
    if (!(value >= low && value <= high)) {
      problems.add(name + " = " + value + " (" + low + " to " + high + " allowed)");
    }
  }
}
