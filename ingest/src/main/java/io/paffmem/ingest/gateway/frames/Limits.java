package io.paffmem.ingest.gateway.frames;

import java.util.List;

/**
 * What bounds the memory and the work of all feeds together.
 *
 * @param maxFrameBytes largest picture, 1 KiB to 64 MiB, as it came
 * @param maxPixels largest picture, width times height, 96 x 96 to 64 Mi; JPEGs above 9.4 million
 *     are scaled down while they are decoded, so that each worker needs 60 MB at most, or 160 MB
 *     for a PNG or a progressive JPEG
 * @param maxRate frames a second of one stream, over 0 to 1000
 * @param maxFeeds WebSockets open at once, 1 to 100,000
 * @param framesPerFeed frames of one feed that wait or are not acknowledged yet, 1 to 1000
 * @param heldBytes bytes of pictures that wait, of all feeds, from one picture's to 1 TiB
 * @param workers threads that decode and look for faces, 1 to 256
 */
public record Limits(
    int maxFrameBytes,
    long maxPixels,
    double maxRate,
    int maxFeeds,
    int framesPerFeed,
    long heldBytes,
    int workers) {
  private static final int KIB = 1024;

  /** A photograph of a phone with 48 megapixels, 30 a second; a worker a core. */
  public static Limits defaults() {
    return new Limits(
        16 * KIB * KIB,
        8192L * 6144,
        30,
        1_000,
        16,
        64L * KIB * KIB,
        Runtime.getRuntime().availableProcessors());
  }

  /**
   * Checks everything, for the configuration of which this is a part.
   *
   * @param problems each value that is wrong, and what is allowed, is added
   */
  public void check(List<String> problems) {
    require("maxFrameBytes", maxFrameBytes, KIB, 64 * KIB * KIB, problems);
    require("maxPixels", (double) maxPixels, 96 * 96, 64L * KIB * KIB, problems);
    require("maxRate", maxRate, Double.MIN_VALUE, 1_000, problems);
    require("maxFeeds", maxFeeds, 1, 100_000, problems);
    require("framesPerFeed", framesPerFeed, 1, 1_000, problems);
    require("heldBytes", (double) heldBytes, maxFrameBytes, 1L << 40, problems);
    require("workers", workers, 1, 256, problems);
  }

  private static void require(
      String name, double value, double least, double most, List<String> problems) {
    // Written so that NaN fails too.
    if (!(value >= least && value <= most)) {
      problems.add("%s is %s; allowed is %s to %s".formatted(name, value, least, most));
    }
  }
}
