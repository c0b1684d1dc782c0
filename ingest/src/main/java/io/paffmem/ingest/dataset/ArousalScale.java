package io.paffmem.ingest.dataset;

/** How a data set's arousal lies beside that of the PK, which is in [-1, 1]. */
public enum ArousalScale {
  /** Annotated on [0, 1], as OMG-Emotion's: 0 becomes -1, and 1 stays. */
  UNIT,
  /** Annotated on [-1, 1] already. */
  SIGNED;

  /** The data set's value on the PK's scale. */
  public double toSigned(double annotated) {
    return this == UNIT ? 2 * annotated - 1 : annotated;
  }

  /** The PK's value on the data set's scale. */
  public double fromSigned(double signed) {
    return this == UNIT ? (signed + 1) / 2 : signed;
  }
}
