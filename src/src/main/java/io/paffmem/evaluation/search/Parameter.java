package io.paffmem.evaluation.search;

import java.util.List;

/** A parameter that is searched; its values are doubles. */
public sealed interface Parameter {
  /** Its name. */
  String name();

  /**
   * Any number of a range.
   *
   * @param low least value, above 0 if {@code log}
   * @param high greatest value, above {@code low}
   * @param log whether orders of magnitude count alike, and not steps
   */
  record Real(String name, double low, double high, boolean log) implements Parameter {
    public Real {
      checkRange(name, low, high, log);
    }
  }

  /** Any whole number of a range; else as {@link Real}. */
  record Whole(String name, int low, int high, boolean log) implements Parameter {
    public Whole {
      checkRange(name, low, high, log);
    }
  }

  /**
   * One of some values without an order.
   *
   * @param values two or more; a point holds the place of one in this list
   */
  record Choice(String name, List<String> values) implements Parameter {
    public Choice {
      values = List.copyOf(values);
      if (values.size() < 2) {
        throw new IllegalArgumentException(name + " leaves no choice: " + values);
      }
    }
  }

  private static void checkRange(String name, double low, double high, boolean log) {
    boolean fits = low < high && Double.isFinite(high - low) && (!log || low > 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s cannot be searched from %s to %s%s"
              .formatted(name, low, high, log ? " by orders of magnitude" : ""));
    }
  }
}
