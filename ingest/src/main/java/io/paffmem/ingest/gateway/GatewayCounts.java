package io.paffmem.ingest.gateway;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a gateway has done since it was started: a moment's snapshot. {@code received = accepted +
 * refused + inProgress}, exactly when nothing is in progress.
 *
 * @param received frames that came, over WebSocket and HTTP
 * @param accepted frames that the broker acknowledged
 * @param unreadable those among the accepted that show a face that cannot be read
 * @param refusals frames refused, by code; codes that did not occur are left out
 * @param feeds WebSockets that were opened
 * @param openFeeds those among them that are open now
 * @param slowReaders WebSockets ended because they did not take their replies
 * @param silentFeeds WebSockets ended because nothing was heard of them
 */
public record GatewayCounts(
    long received,
    long accepted,
    long unreadable,
    Map<String, Long> refusals,
    long feeds,
    long openFeeds,
    long slowReaders,
    long silentFeeds) {

  public GatewayCounts {
    refusals = Map.copyOf(refusals);
  }

  /** Frames refused, for whatever reason. */
  public long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Frames that have no reply yet. */
  public long inProgress() {
    return received - accepted - refused();
  }

  /** In one line, for a log. */
  @Override
  public String toString() {
    String reasons =
        refusals.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(reason -> ", " + reason.getValue() + " " + reason.getKey())
            .collect(Collectors.joining());
    String ofThem = unreadable == 0 ? "" : " (%d with a face not readable)".formatted(unreadable);
    return "%d frames received: %d accepted%s%s, %d in progress; %d feeds, %d slow readers, %d silent"
        .formatted(
            received, accepted, ofThem, reasons, inProgress(), feeds, slowReaders, silentFeeds);
  }
}
