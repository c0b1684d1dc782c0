package io.paffmem.ingest.gateway;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.access.AccessMeters;
import io.paffmem.access.AccessTokens;
import io.paffmem.ingest.gateway.frames.Admission;
import io.paffmem.ingest.gateway.frames.FramePipeline;
import io.paffmem.ingest.gateway.frames.LiveStreams;
import io.paffmem.ingest.gateway.frames.Withdrawals;
import io.paffmem.ingest.publish.LivePublisher;
import io.paffmem.kafka.BrokerWatch;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.web.WebServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the frames of feeds that know nothing of Kafka, over WebSocket and HTTP, finds the face in
 * each and publishes it. A frame is accepted when the broker has acknowledged it, and not before.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(1);
  private static final Duration GOOD_BYES = Duration.ofSeconds(1);

  private final GatewayConfig config;
  private final GatewayCounters counters;
  private final LivePublisher publisher;
  private final FramePipeline pipeline;
  private final FeedKeeper feeds;
  private final Broker broker;
  private final Admission admission;
  private final LiveStreams streams;
  private final WebServer server;
  private volatile boolean stopped;

  /**
   * @param publisher and {@code broker}: taken over
   * @param withdrawals whose frames are refused
   * @param more adds routes that are not its own
   */
  Gateway(
      GatewayConfig config,
      AccessTokens tokens,
      LivePublisher publisher,
      Broker broker,
      Withdrawals withdrawals,
      Consumer<RoutesConfig> more,
      Clock clock,
      MeterRegistry meters) {
    this.config = config;
    this.counters = new GatewayCounters(meters);
    this.publisher = publisher;
    this.broker = broker;
    this.pipeline =
        new FramePipeline(config.limits(), publisher, clock, config.faceModel(), meters);
    this.admission = new Admission(tokens, config.demands(), withdrawals, config.pseudonyms());
    this.feeds = new FeedKeeper(config, counters, admission::refresh);
    AccessMeters.bind(meters, tokens);
    this.streams = new LiveStreams(config.limits().maxRate(), System::nanoTime);
    try {
      this.server =
          GatewayServer.start(
              config.web(),
              new HttpFrames(admission, streams, pipeline, counters),
              this::feed,
              more,
              this::problem);
    } catch (RuntimeException e) {
      closeParts();
      throw e;
    }
  }

  /**
   * Starts a gateway and returns when it listens.
   *
   * @param client settings of Kafka's clients, at least {@code bootstrap.servers}
   * @param serdes stay the caller's to close
   * @param clock gives the time of ingest, and numbers frames that have no number
   * @param meters where it and its client count; for one gateway alone
   * @throws io.paffmem.web.WebException if it cannot listen
   */
  public static Gateway start(
      GatewayConfig config,
      AccessTokens tokens,
      Map<String, ?> client,
      AvroSerdes serdes,
      Clock clock,
      MeterRegistry meters) {
    return start(config, tokens, client, serdes, routes -> {}, clock, meters);
  }

  /**
   * As {@link #start}, with routes that are not its own.
   *
   * @param more adds them
   */
  public static Gateway start(
      GatewayConfig config,
      AccessTokens tokens,
      Map<String, ?> client,
      AvroSerdes serdes,
      Consumer<RoutesConfig> more,
      Clock clock,
      MeterRegistry meters) {
    LivePublisher publisher = LivePublisher.connect(client, serdes, clock, meters);
    BlockedPeople blocked =
        BlockedPeople.start(client, PersonHasher.by(config.pseudonyms().hashKey()));
    Broker broker = Broker.of(new BrokerWatch(client, Topics.FRAMES), publisher, blocked);
    return new Gateway(config, tokens, publisher, broker, blocked, more, clock, meters);
  }

  private GatewayServer.Door feed(@Nullable String headerToken, String address) {
    if (headerToken != null && !admission.isKnown(headerToken)) {
      counters.doorRefusal(GatewayCounters.Door.UNAUTHORIZED);
      return new GatewayServer.Closed(401, "no token that is good here");
    }
    if (!feeds.hasRoom()) {
      counters.doorRefusal(GatewayCounters.Door.NO_ROOM);
      return new GatewayServer.Closed(503, "no room for another feed");
    }
    return new GatewayServer.Open(
        new FeedSocket(
            config, admission, streams, pipeline, counters, feeds, headerToken, address));
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Its address for people. */
  public String address() {
    return server.address();
  }

  /** Why it does not take frames now, in plain words; empty if it does. */
  public Optional<String> problem() {
    return stopped ? Optional.of("the gateway is being stopped") : broker.problem();
  }

  /** What it has done so far. */
  public GatewayCounts counts() {
    return counters.counts();
  }

  /**
   * Stops: no new frame is taken, those in progress get their reply, feeds are told to go
   * elsewhere. Within ten seconds, whatever the broker does.
   *
   * @return whether every frame in progress came to its end, and none was refused for want of time
   */
  public synchronized boolean stop() {
    if (stopped) {
      return true;
    }
    // First, so that those who hear that it stops can be sure that it takes no more.
    pipeline.stop();
    stopped = true;
    boolean all = false;
    try {
      all = pipeline.awaitReplies(config.patience().stopping());
      // What the broker has not acknowledged by then is refused, and the feed told so.
      publisher.close(LAST_ACKNOWLEDGEMENTS);
      feeds.goAway();
      feeds.awaitNone(GOOD_BYES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
    closeParts();
    LOG.info("Gateway stopped: {}", counts());
    return all;
  }

  private void closeParts() {
    broker.close();
    feeds.close();
    publisher.close(Duration.ZERO);
    pipeline.close();
  }

  @Override
  public void close() {
    var unused = stop();
  }
}
