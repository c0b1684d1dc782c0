package io.paffmem.ingest.gateway;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.ingest.gateway.frames.Refusal;
import io.paffmem.ingest.gateway.frames.Reply;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts frames where they come in and where their replies go out, and nowhere else. */
final class GatewayCounters {
  private static final String PREFIX = "paffmem.gateway.";

  /** Why a connection came to no stream. */
  enum Door {
    /** As many streams are open as may be. */
    NO_ROOM,
    /** A token that is not known. */
    UNAUTHORIZED,
    /** It said nothing that could be granted, and others came. */
    CROWDED_OUT,
    /** It said nothing that could be granted, for too long. */
    NO_OPEN
  }

  final Counter feeds;
  final Counter closedFeeds;
  final Counter slowReaders;
  final Counter silentFeeds;

  private final Counter received;
  private final Counter accepted;
  private final Counter unreadable;
  private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
  private final Map<Door, Counter> doorRefusals = new EnumMap<>(Door.class);

  GatewayCounters(MeterRegistry registry) {
    received = counter(registry, "received.frames", "frames that came");
    accepted = counter(registry, "accepted.frames", "frames that the broker acknowledged");
    unreadable =
        counter(
            registry, "unreadable.frames", "of those accepted, with a face that cannot be read");
    for (Refusal refusal : Refusal.values()) {
      refusals.put(
          refusal, counter(registry, "refused.frames", "frames refused", "reason", refusal.code()));
    }
    for (Door door : Door.values()) {
      doorRefusals.put(
          door,
          counter(
              registry,
              "refused.connections",
              "WebSockets that came to no stream",
              "reason",
              door.name().toLowerCase(Locale.ROOT)));
    }
    Gauge.builder(PREFIX + "waiting.frames", () -> counts().inProgress())
        .description("frames without a reply yet")
        .register(registry);
    feeds = counter(registry, "opened.feeds", "WebSockets that were opened");
    closedFeeds = counter(registry, "closed.feeds", "WebSockets that were closed");
    slowReaders = counter(registry, "slow.readers", "WebSockets ended: they took no replies");
    silentFeeds = counter(registry, "silent.feeds", "WebSockets ended: nothing was heard of them");
    Gauge.builder(PREFIX + "feeds", () -> counts().openFeeds())
        .description("WebSockets open now")
        .register(registry);
  }

  private static Counter counter(
      MeterRegistry registry, String name, String description, String... tags) {
    return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  void doorRefusal(Door reason) {
    requireNonNull(doorRefusals.get(reason)).increment();
  }

  /** Counts a frame now, and its reply before it is handed on. */
  Consumer<Reply> counting(Consumer<Reply> whenKnown) {
    received.increment();
    return reply -> {
      if (reply instanceof Reply.Refused refused) {
        requireNonNull(refusals.get(refused.reason())).increment();
      } else {
        accepted.increment();
        if (((Reply.Accepted) reply).hasUnreadable()) {
          unreadable.increment();
        }
      }
      whenKnown.accept(reply);
    };
  }

  GatewayCounts counts() {
    // Replies first: one that comes meanwhile must not make more replies than frames.
    Map<String, Long> refused = new TreeMap<>();
    refusals.forEach(
        (refusal, count) -> {
          if (count.count() > 0) {
            refused.put(refusal.code(), (long) count.count());
          }
        });
    // The part before the whole.
    long unreadableSoFar = (long) unreadable.count();
    long acceptedSoFar = (long) accepted.count();
    long closed = (long) closedFeeds.count();
    return new GatewayCounts(
        (long) received.count(),
        acceptedSoFar,
        unreadableSoFar,
        refused,
        (long) feeds.count(),
        (long) feeds.count() - closed,
        (long) slowReaders.count(),
        (long) silentFeeds.count());
  }
}
