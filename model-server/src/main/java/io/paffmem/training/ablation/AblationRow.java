package io.paffmem.training.ablation;

import io.paffmem.training.config.Loss;
import io.paffmem.training.config.LossWeights;
import java.util.Locale;

/**
 * A row of the paper's Table 2: which discriminators train the PK beside reconstruction and
 * identity.
 */
public enum AblationRow {
  BASE(false, false, false),
  PRIOR(true, false, false),
  REAL(false, true, false),
  EM(false, false, true),
  PRIOR_REAL(true, true, false),
  PRIOR_EM(true, false, true),
  REAL_EM(false, true, true),
  ALL(true, true, true);

  /**
   * The paper's 0.02 hardly teaches D_em within the steps that an ablation has; its rows would
   * differ by how slow it is.
   */
  private static final double EMOTION = 0.3;

  private final boolean prior;
  private final boolean real;
  private final boolean em;

  AblationRow(boolean prior, boolean real, boolean em) {
    this.prior = prior;
    this.real = real;
    this.em = em;
  }

  /** As tables and folders name it: {@code prior-real}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether D_em is trained with the rest; if not, one is trained afterwards, on z as it is. */
  public boolean hasEmotion() {
    return em;
  }

  /**
   * Eq. 6 without what this row leaves out, and nothing beyond the paper.
   *
   * @param identity whether there is a face-identity network; without one its loss is left out
   */
  public LossWeights weights(boolean identity) {
    LossWeights paper = LossWeights.paper();
    return paper
        .with(Loss.IDENTITY, identity ? paper.of(Loss.IDENTITY) : 0)
        .with(Loss.PRIOR, prior ? paper.of(Loss.PRIOR) : 0)
        .with(Loss.IMAGE, real ? paper.of(Loss.IMAGE) : 0)
        .with(Loss.EMOTION, em ? EMOTION : 0);
  }
}
