package io.paffmem.ingest.gateway;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts frames where they come in and where their replies go out, and nowhere else. */
final class GatewayCounters {
  final LongAdder feeds = new LongAdder();
  final LongAdder closedFeeds = new LongAdder();
  final LongAdder slowReaders = new LongAdder();
  final LongAdder silentFeeds = new LongAdder();

  private final LongAdder received = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);

  GatewayCounters() {
    for (Refusal refusal : Refusal.values()) {
      refusals.put(refusal, new LongAdder());
    }
  }

  /** Counts a frame now, and its reply before it is handed on. */
  Consumer<Reply> counting(Consumer<Reply> whenKnown) {
    received.increment();
    return reply -> {
      if (reply instanceof Reply.Refused refused) {
        requireNonNull(refusals.get(refused.reason())).increment();
      } else {
        accepted.increment();
      }
      whenKnown.accept(reply);
    };
  }

  GatewayCounts counts() {
    // Replies first: one that comes meanwhile must not make more replies than frames.
    Map<String, Long> refused = new TreeMap<>();
    refusals.forEach(
        (refusal, count) -> {
          if (count.sum() > 0) {
            refused.put(refusal.code(), count.sum());
          }
        });
    long acceptedSoFar = accepted.sum();
    long closed = closedFeeds.sum();
    return new GatewayCounts(
        received.sum(),
        acceptedSoFar,
        refused,
        feeds.sum(),
        feeds.sum() - closed,
        slowReaders.sum(),
        silentFeeds.sum());
  }
}
