package io.paffmem.prior.tensorflow;

import java.util.stream.IntStream;

/**
 * Cuts a batch into chunks of whole faces that the cores compute side by side. On a CPU this is
 * faster than a batch whose every operation is shared among the cores: nobody waits at the end of
 * an operation. Larger chunks are no faster: what a layer writes for many faces is out of the cache
 * when the next reads it.
 */
final class FaceChunks {
  private static final int LARGEST = 20;

  /** Of a GPU. Not measured: large beside one chunk, while its maps stay within some hundred MB. */
  private static final int GPU_RUN = 512;

  /** Computes some of the faces. */
  interface Work {
    void compute(int first, int faces);
  }

  private final int cores;

  private FaceChunks(int cores) {
    this.cores = cores;
  }

  /** The chunks for a verified device; a GPU takes a batch at once. */
  static FaceChunks on(Device device) {
    return new FaceChunks(device == Device.CPU ? Runtime.getRuntime().availableProcessors() : 0);
  }

  /** Faces that keep the device busy: a full chunk for each core. */
  int facesPerRun() {
    return cores == 0 ? GPU_RUN : cores * LARGEST;
  }

  /** How many chunks: none larger than twenty, and as many for one core as for another. */
  static int count(int faces, int cores) {
    if (cores == 0) {
      return 1;
    }
    int rounds = (faces + cores * LARGEST - 1) / (cores * LARGEST);
    return Math.min(faces, rounds * cores);
  }

  /**
   * Returns when all are computed. The caller computes too, helped by the threads of the common
   * pool that have nothing else to do, so that concurrent callers do not wait for one another.
   *
   * @param faces at least 1
   */
  void compute(int faces, Work work) {
    int chunks = count(faces, cores);
    if (chunks == 1) {
      work.compute(0, faces);
      return;
    }
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              int first = start(chunk, faces, chunks);
              work.compute(first, start(chunk + 1, faces, chunks) - first);
            });
  }

  private static int start(int chunk, int faces, int chunks) {
    return (int) ((long) chunk * faces / chunks);
  }
}
