package io.paffmem.ingest.synthetic;

/** How steadily a face is seen. */
public enum Camera {
  /** Heads turn little, and boxes follow them smoothly. */
  STEADY,

  /**
   * Now and then a head is turned to half profile for seconds, and the box jumps from frame to
   * frame, as a face finder's does.
   */
  RESTLESS
}
