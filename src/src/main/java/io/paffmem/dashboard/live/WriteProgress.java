package io.paffmem.dashboard.live;

/** Is told what becomes of a write that is under way. */
public interface WriteProgress {
  /** The other side took a part. */
  void moved();

  /** It took all, and the next may come. */
  void written();
}
