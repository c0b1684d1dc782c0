package io.paffmem.ingest.video;

/** What becomes of a picture whose successor is already there. */
public enum Late {
  /** It is looked at all the same; a recording catches up, a live source is held back. */
  EVERY,
  /** It is left out, so that what is seen is what is happening now. */
  NEWEST
}
