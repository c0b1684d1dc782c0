package io.paffmem.topology.person;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which frames of a person are refused until further notice. A forget leaves it. Mutable. */
public final class Blocks {
  /** References to consents; more are refused rather than forgotten. */
  public static final int MOST_CONSENTS = 256;

  private boolean isEverything;
  private final Set<TextHash> consents = new LinkedHashSet<>();

  /** Whether nothing is refused. */
  public boolean isEmpty() {
    return !isEverything && consents.isEmpty();
  }

  /** Whether all frames are refused, whatever their consent. */
  public boolean isEverything() {
    return isEverything;
  }

  /** References whose frames are refused, in the order in which they came. */
  public Iterable<TextHash> consents() {
    return consents;
  }

  public int count() {
    return consents.size();
  }

  /**
   * Begins to refuse.
   *
   * @param consent null for all frames
   * @return false if there is no room for another reference
   */
  public boolean block(@Nullable TextHash consent) {
    if (consent == null) {
      isEverything = true;
      return true;
    }
    if (consents.size() >= MOST_CONSENTS && !consents.contains(consent)) {
      return false;
    }
    consents.add(consent);
    return true;
  }

  /**
   * Refuses no more.
   *
   * @param consent null for what refuses all frames; single references stay
   */
  public void unblock(@Nullable TextHash consent) {
    if (consent == null) {
      isEverything = false;
    } else {
      consents.remove(consent);
    }
  }

  /**
   * Whether a frame is refused.
   *
   * @param consent that it names; null if none
   */
  public boolean cover(@Nullable TextHash consent) {
    return isEverything || (consent != null && consents.contains(consent));
  }
}
