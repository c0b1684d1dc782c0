package io.paffmem.ingest.synthetic;

import java.util.SplittableRandom;

/**
 * One person's own way of showing a state: the mapping from affect to facial actions.
 *
 * <p>The state is first turned and bent in the affect square (what one person shows as anger
 * another shows as fear), then read by expressions that everybody shares, then scaled and shifted
 * action by action. The spreads are small enough that the mean over many people keeps the common
 * sense: mouth corners and cheeks follow valence; lids, brows and jaw follow arousal.
 */
final class ExpressionStyle {
  private static final int ACTIONS = 13;

  private final float cosTurn;
  private final float sinTurn;
  private final float arousalGain;
  private final float valenceGain;
  private final float arousalRest;
  private final float valenceRest;
  private final float bend;

  /** Share of fear, against anger, in what is aroused and unpleasant. */
  private final float fearfulness;

  /** Whether anger opens the mouth (1) or presses the lips (0). */
  private final float loudness;

  private final float cornerSkew;
  private final float browSkew;
  private final float[] gain = new float[ACTIONS];
  private final float[] rest = new float[ACTIONS];

  ExpressionStyle(SplittableRandom random) {
    double turn = Math.toRadians(uniform(random, -22, 22));
    cosTurn = (float) Math.cos(turn);
    sinTurn = (float) Math.sin(turn);
    arousalGain = uniform(random, 0.75f, 1.25f);
    valenceGain = uniform(random, 0.75f, 1.25f);
    arousalRest = uniform(random, -0.12f, 0.12f);
    valenceRest = uniform(random, -0.12f, 0.12f);
    bend = uniform(random, 0.75f, 1.35f);
    fearfulness = uniform(random, 0, 0.9f);
    loudness = uniform(random, 0, 1);
    cornerSkew = uniform(random, -0.22f, 0.22f);
    browSkew = uniform(random, -0.35f, 0.35f);
    for (int i = 0; i < ACTIONS; i++) {
      gain[i] = uniform(random, 0.65f, 1.35f);
      rest[i] = uniform(random, -0.07f, 0.07f);
    }
  }

  FacialActions express(ShownAffect affect) {
    float arousal = curve(affect.arousal());
    float valence = curve(affect.valence());
    float a = limit(arousalGain * (cosTurn * arousal - sinTurn * valence) + arousalRest);
    float v = limit(valenceGain * (sinTurn * arousal + cosTurn * valence) + valenceRest);
    float high = Math.max(a, 0);
    float low = Math.max(-a, 0);
    float pleasant = Math.max(v, 0);
    float unpleasant = Math.max(-v, 0);
    float mid = 1 - Math.abs(a);

    float surprise = high * (float) Math.exp(-4 * (v - 0.05f) * (v - 0.05f));
    float joy = high * pleasant;
    float fear = high * unpleasant * fearfulness;
    float anger = high * unpleasant * (1 - fearfulness);
    float sadness = low * unpleasant + 0.4f * unpleasant * mid;

    float corner = action(0, pleasant * (0.75f + 0.25f * high) - unpleasant * (0.8f + 0.2f * low));
    float skew = cornerSkew * Math.min(1, Math.abs(v) + 0.3f);
    return new FacialActions(
        positive(action(1, 0.9f * surprise + 0.9f * fear + 0.9f * sadness + 0.15f * a)),
        action(2, 0.9f * surprise + 0.5f * fear + 0.3f * joy - 0.3f * sadness + 0.2f * a),
        positive(action(3, 1.1f * anger + 0.4f * fear + 0.3f * sadness + 0.2f * unpleasant)),
        1 + action(4, 0.38f * a + 0.2f * surprise + 0.22f * fear - 0.22f * anger - 0.08f * low),
        positive(action(5, 0.6f * pleasant + 0.9f * anger + 0.15f * unpleasant * mid)),
        positive(action(6, pleasant * (0.65f + 0.35f * high))),
        positive(action(7, 0.7f * anger + 0.5f * unpleasant * mid)),
        positive(action(8, 0.4f * joy + 0.5f * anger * loudness + 0.2f * unpleasant * mid)),
        corner - skew,
        corner + skew,
        action(9, 0.3f * pleasant + 0.35f * fear + 0.3f * anger * loudness - 0.45f * surprise),
        positive(
            action(
                10,
                0.8f * surprise
                    + 0.55f * joy
                    + 0.55f * fear
                    + 0.45f * anger * loudness
                    + 0.05f * a)),
        positive(action(11, 0.9f * anger * (1 - loudness) + 0.35f * sadness)),
        positive(action(12, 0.35f * pleasant * mid + 0.9f * joy + 0.8f * anger * loudness)),
        browSkew * (0.3f + 0.7f * Math.abs(a)));
  }

  private float curve(float x) {
    return Math.signum(x) * (float) Math.pow(Math.abs(x), bend);
  }

  private float action(int i, float strength) {
    return gain[i] * strength + rest[i];
  }

  private static float limit(float x) {
    return Math.max(-1.15f, Math.min(1.15f, x));
  }

  private static float positive(float x) {
    return Math.max(0, x);
  }

  private static float uniform(SplittableRandom random, float low, float high) {
    return low + (high - low) * (float) random.nextDouble();
  }
}
