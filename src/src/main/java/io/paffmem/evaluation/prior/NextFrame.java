package io.paffmem.evaluation.prior;

import io.paffmem.evaluation.statistics.Distances;
import io.paffmem.prior.PriorKnowledge;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How far z moves from one frame of a video to the next: the median squared distance. A face hardly
 * changes in that time, but box, noise and pose jitter.
 */
public final class NextFrame {
  private final PriorKnowledge prior;
  private final int bytes;
  private final byte[] rgb;
  private final boolean[] follows = new boolean[EmbeddedFaces.BATCH];
  private final Distances distances = new Distances();
  private float[] last = {};
  private int filled;
  private boolean interrupted = true;

  public NextFrame(PriorKnowledge prior) {
    this.prior = prior;
    this.bytes = EmbeddedFaces.bytes(prior);
    this.rgb = new byte[EmbeddedFaces.BATCH * bytes];
  }

  /** The next frame's face, 96 x 96 x 3 RGB bytes. */
  public void add(byte[] face) {
    System.arraycopy(face, 0, rgb, filled * bytes, bytes);
    follows[filled++] = !interrupted;
    interrupted = false;
    if (filled == EmbeddedFaces.BATCH) {
      flush();
    }
  }

  /** The face that comes next does not follow the one before: another video, or frames missing. */
  public void interrupt() {
    interrupted = true;
  }

  /** The median over all pairs of frames so far; empty if there is none. */
  public OptionalDouble median() {
    flush();
    return Disturbances.median(distances);
  }

  private void flush() {
    if (filled == 0) {
      return;
    }
    int dimensions = prior.latentSize();
    float[] z = prior.encode(rgb, filled).z();
    for (int i = 0; i < filled; i++) {
      if (follows[i]) {
        distances.add(
            i == 0
                ? Distances.squared(last, 0, z, 0, dimensions)
                : Distances.squared(z, i - 1, z, i, dimensions));
      }
    }
    last = Arrays.copyOfRange(z, (filled - 1) * dimensions, filled * dimensions);
    filled = 0;
  }
}
