package io.paffmem.ingest.gateway;

import io.paffmem.web.WebConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a gateway is run.
 *
 * @param web where it listens
 * @param requireConsent whether frames without a consent reference are refused
 */
public record GatewayConfig(
    WebConfig web, boolean requireConsent, Limits limits, Patience patience) {

  /**
   * What bounds the memory and the work of all feeds together.
   *
   * @param maxFrameBytes largest picture, 1 KiB to 4 MiB, as it came
   * @param maxPixels largest picture, width times height, 96 x 96 to 64 Mi; 6 bytes each while it
   *     is looked at, by each worker
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

    /** A picture of a 4K camera, 30 a second; a worker a core. */
    public static Limits defaults() {
      return new Limits(
          KIB * KIB,
          4096L * 2304,
          30,
          1_000,
          16,
          64L * KIB * KIB,
          Runtime.getRuntime().availableProcessors());
    }

    private void check(List<String> problems) {
      require("maxFrameBytes", maxFrameBytes, KIB, 4 * KIB * KIB, problems);
      require("maxPixels", (double) maxPixels, 96 * 96, 64L * KIB * KIB, problems);
      require("maxRate", maxRate, Double.MIN_VALUE, 1_000, problems);
      require("maxFeeds", maxFeeds, 1, 100_000, problems);
      require("framesPerFeed", framesPerFeed, 1, 1_000, problems);
      require("heldBytes", (double) heldBytes, maxFrameBytes, 1L << 40, problems);
      require("workers", workers, 1, 256, problems);
    }
  }

  /**
   * How long others are waited for.
   *
   * @param open from the connection to {@code open}
   * @param ping between two pings to a feed that says nothing
   * @param silence until a feed that says nothing and answers no ping is given up
   * @param reading until a feed that does not take its replies is given up
   * @param stopping for the frames in progress, when the gateway stops
   */
  public record Patience(
      Duration open, Duration ping, Duration silence, Duration reading, Duration stopping) {

    /** For the internet; a stop is over within ten seconds. */
    public static Patience defaults() {
      return new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(45),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5));
    }

    private void check(List<String> problems) {
      for (Duration each : List.of(open, ping, silence, reading, stopping)) {
        if (each.isNegative() || each.isZero()) {
          problems.add("a patience is " + each + ", must be above 0");
        }
      }
      if (silence.compareTo(ping) <= 0) {
        problems.add("silence is " + silence + ", must be longer than ping, " + ping);
      }
    }
  }

  /**
   * Checks everything and names all that is wrong at once.
   *
   * @throws GatewayException naming each value and what is allowed
   */
  public GatewayConfig {
    List<String> problems = new ArrayList<>();
    web.check(problems);
    limits.check(problems);
    patience.check(problems);
    if (!problems.isEmpty()) {
      throw new GatewayException(String.join("; ", problems));
    }
  }

  /** On loopback, in plain text, with the standard limits. */
  public static GatewayConfig local(int port) {
    return new GatewayConfig(WebConfig.local(port), false, Limits.defaults(), Patience.defaults());
  }

  private static void require(
      String name, double value, double least, double most, List<String> problems) {
    // Written so that NaN fails too.
    if (!(value >= least && value <= most)) {
      problems.add("%s is %s; allowed is %s to %s".formatted(name, value, least, most));
    }
  }
}
