package io.paffmem.training.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What each loss counts. One that is missing counts 0 and is left out of the graph, its
 * discriminator with it.
 *
 * @param byLoss finite and above 0
 */
public record LossWeights(Map<Loss, Double> byLoss) {

  public LossWeights {
    EnumMap<Loss, Double> copy = new EnumMap<>(Loss.class);
    byLoss.forEach(
        (loss, weight) -> {
          if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException(
                "weight of " + loss.label() + " is " + weight + ", must be at least 0");
          }
          if (weight > 0) {
            copy.put(loss, weight);
          }
        });
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("no loss has a weight above 0");
    }
    byLoss = Collections.unmodifiableMap(copy);
  }

  /** Those of eq. 6, and nothing beyond them. */
  public static LossWeights paper() {
    return new LossWeights(
        Map.of(
            Loss.RECONSTRUCTION, 1.0,
            Loss.IDENTITY, 0.3,
            Loss.EMOTION, 0.02,
            Loss.PRIOR, 0.01,
            Loss.IMAGE, 0.01));
  }

  /** The recipe that trained best; {@code RATIONALE.md} says what it adds to the paper's. */
  public static LossWeights standard() {
    EnumMap<Loss, Double> weights = new EnumMap<>(Loss.class);
    weights.put(Loss.RECONSTRUCTION, 1.0);
    weights.put(Loss.EMOTION, 0.3);
    weights.put(Loss.PRIOR, 0.005);
    weights.put(Loss.IMAGE, 0.01);
    weights.put(Loss.KNOWN_EDIT, 1.0);
    weights.put(Loss.KNOWN_CODE, 0.1);
    weights.put(Loss.REENCODING, 0.01);
    weights.put(Loss.CYCLE, 0.1);
    weights.put(Loss.CONCORDANCE, 0.2);
    weights.put(Loss.DISTANCE, 0.25);
    weights.put(Loss.SPREAD, 1.0);
    return new LossWeights(weights);
  }

  /** Only what teaches E without G. */
  LossWeights encoderAlone() {
    return only(loss -> !loss.ofGenerator());
  }

  /** Only what teaches G. */
  LossWeights generatorAlone() {
    return only(Loss::ofGenerator);
  }

  private LossWeights only(Predicate<Loss> wanted) {
    EnumMap<Loss, Double> kept = new EnumMap<>(Loss.class);
    byLoss.forEach(
        (loss, weight) -> {
          if (wanted.test(loss)) {
            kept.put(loss, weight);
          }
        });
    return new LossWeights(kept);
  }

  /** The same but for one loss. */
  public LossWeights with(Loss loss, double weight) {
    EnumMap<Loss, Double> changed = new EnumMap<>(Loss.class);
    changed.putAll(byLoss);
    changed.put(loss, weight);
    return new LossWeights(changed);
  }

  /** 0 where the loss is left out. */
  public double of(Loss loss) {
    return byLoss.getOrDefault(loss, 0.0);
  }

  /** Whether any of them counts. */
  public boolean any(Loss... losses) {
    for (Loss loss : losses) {
      if (byLoss.containsKey(loss)) {
        return true;
      }
    }
    return false;
  }
}
