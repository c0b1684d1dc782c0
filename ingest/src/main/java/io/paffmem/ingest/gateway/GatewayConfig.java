package io.paffmem.ingest.gateway;

import io.paffmem.access.Pseudonyms;
import io.paffmem.ingest.gateway.frames.Demands;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.web.WebConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is run.
 *
 * @param web where it listens
 * @param demands what streams must declare
 * @param pseudonyms what people are called on the topics, and hashed by in blocks and logs
 * @param faceModel of YuNet as ONNX, to find faces with; null for OpenCV's Haar cascade
 */
public record GatewayConfig(
    WebConfig web,
    Demands demands,
    Limits limits,
    Patience patience,
    Pseudonyms pseudonyms,
    @Nullable Path faceModel) {

  /** Everybody is called as they are. */
  public GatewayConfig(WebConfig web, Demands demands, Limits limits, Patience patience) {
    this(web, demands, limits, patience, Pseudonyms.none(), null);
  }

  /** As the other, with a consent or nothing to declare. */
  public GatewayConfig(WebConfig web, boolean requireConsent, Limits limits, Patience patience) {
    this(web, Demands.consent(requireConsent), limits, patience);
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
}
