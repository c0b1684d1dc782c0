package io.paffmem.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of losses over some steps, by name and in the order in which they first came. */
public final class MeanLosses {
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private int steps;

  public void add(Map<String, Float> losses) {
    steps++;
    losses.forEach((name, value) -> sums.merge(name, (double) value, Double::sum));
  }

  /** The means so far, which are then emptied; none if nothing was added. */
  public Map<String, Float> take() {
    Map<String, Float> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, (float) (sum / steps)));
    sums.clear();
    steps = 0;
    return means;
  }
}
