package io.paffmem.ingest.dataset;

import java.util.Locale;
import java.util.Optional;

/**
 * A category of facial expression, and where it is taken to lie on the plane of arousal (-1 calm to
 * 1 excited) and valence (-1 displeased to 1 pleased). The places are a convention, in the spirit
 * of Russell's circumplex (A Circumplex Model of Affect, 1980): nobody rated these pictures on that
 * plane.
 */
public enum Expression {
  NEUTRAL(0, 0),
  HAPPINESS(0.35f, 0.80f),
  SURPRISE(0.75f, 0.20f),
  SADNESS(-0.35f, -0.70f),
  ANGER(0.65f, -0.60f),
  DISGUST(0.35f, -0.65f),
  FEAR(0.75f, -0.55f),
  CONTEMPT(0.30f, -0.50f);

  private final float arousal;
  private final float valence;

  Expression(float arousal, float valence) {
    this.arousal = arousal;
    this.valence = valence;
  }

  public float arousal() {
    return arousal;
  }

  public float valence() {
    return valence;
  }

  /** The category of that name, however it is capitalised; empty if there is none. */
  public static Optional<Expression> named(String name) {
    String wanted = name.trim().toUpperCase(Locale.ROOT);
    for (Expression expression : values()) {
      if (expression.name().equals(wanted)) {
        return Optional.of(expression);
      }
    }
    return Optional.empty();
  }
}
