package io.paffmem.app.evaluate;

import io.paffmem.ingest.dataset.Expression;
import java.util.Random;

/**
 * Where imagined faces may lie instead of evenly: around the places of the eight categories, as far
 * as photographs of real people know only these. The model server does not offer it, as it measured
 * worse; docs/evaluation.md has the row.
 */
final class ExpressionLayout {
  private static final int PAIRS_EACH = 25;
  private static final double DEVIATION = 0.15;

  private ExpressionLayout() {}

  /** 200 x (arousal, valence), each in [-1, 1], the categories in turn; always the same. */
  static float[] y() {
    Random random = new Random(7);
    Expression[] expressions = Expression.values();
    float[] y = new float[2 * PAIRS_EACH * expressions.length];
    for (int at = 0; at < y.length; at += 2) {
      Expression expression = expressions[at / 2 % expressions.length];
      y[at] = near(expression.arousal(), random);
      y[at + 1] = near(expression.valence(), random);
    }
    return y;
  }

  private static float near(float place, Random random) {
    return (float) Math.max(-1, Math.min(1, place + DEVIATION * random.nextGaussian()));
  }
}
