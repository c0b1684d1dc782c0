package io.paffmem.evaluation.prior;

/** Faces whose expression is known, read when they are asked for. Thread-safe. */
public interface LabelledFaces {

  /**
   * Who it is and what is shown.
   *
   * @param label the name of the expression; faces of one person with the same label show the same
   * @param arousal -1 to 1
   * @param valence -1 to 1
   */
  record Row(String person, String label, float arousal, float valence) {}

  int size();

  /** From 0 up. */
  Row row(int index);

  /**
   * Writes a face of 96 x 96 x 3 RGB bytes from {@code rgb[offset]}.
   *
   * @return whether it could be read; if not, nothing is said about it but that it was left out
   */
  boolean read(int index, byte[] rgb, int offset);
}
