package io.paffmem.training.config;

import io.paffmem.training.graph.IdentityLoss;
import io.paffmem.training.graph.LatentDistances;
import java.util.Locale;

/**
 * What training minimises. The first five are the paper's (Barros, Parisi, Wermter, ICML 2019, eq.
 * 6), the others are ours.
 */
public enum Loss {
  /** L_rec, eq. 1: mean |x - G(E(x), y)| of channel values in [-1, 1]; trains E and G. */
  RECONSTRUCTION,
  /** L_iden, eq. 2: {@link IdentityLoss} of x and G(E(x), y); trains E and G. */
  IDENTITY,
  /** L_em, eq. 3: squared error of D_em(E(x)), arousal and valence added; trains E and D_em. */
  EMOTION,
  /** L_prior, eq. 4: z against U(-1, 1); trains E against D_prior. */
  PRIOR,
  /** L_img, eq. 5: edited faces against real ones; trains G against D_real. */
  IMAGE,
  /**
   * Mean |x' - G(E(x), y')|, where the true face x' at y' is known (synthetic people); trains G.
   */
  KNOWN_EDIT,
  /**
   * Squared distance of E(G(E(x), y')) to E(x'), where x' is known, as a part of the mean squared
   * distance between faces; trains G and E.
   */
  KNOWN_CODE,
  /** Squared error of D_em(E(G(E(x), y'))) to y', arousal and valence added; trains G and E. */
  REENCODING,
  /**
   * Squared distance of E(G(E(x), y)) to E(x), as a part of the mean squared distance between
   * faces; trains G and E.
   */
  CYCLE,
  /** 1 - CCC over the batch, mean of arousal and valence; trains E and D_em. */
  CONCORDANCE,
  /**
   * {@link LatentDistances#order}: faces of a person are as far apart as their labels; trains E.
   */
  DISTANCE,
  /** {@link LatentDistances#narrowness}: z keeps its spread; trains E. */
  SPREAD;

  /** Whether G makes what is judged: such a loss teaches G, and most of them E as well. */
  public boolean ofGenerator() {
    return switch (this) {
      case RECONSTRUCTION, IDENTITY, IMAGE, KNOWN_EDIT, KNOWN_CODE, REENCODING, CYCLE -> true;
      case EMOTION, PRIOR, CONCORDANCE, DISTANCE, SPREAD -> false;
    };
  }

  /** As options and {@code metrics.csv} name it: {@code known-edit}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The loss of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Loss labelled(String label) {
    for (Loss loss : values()) {
      if (loss.label().equals(label)) {
        return loss;
      }
    }
    throw new IllegalArgumentException("there is no loss called " + label);
  }
}
