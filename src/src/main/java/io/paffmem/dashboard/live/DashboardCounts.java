package io.paffmem.dashboard.live;

/**
 * What a dashboard has done since it was started: a moment's snapshot.
 *
 * @param events events of the topic that were taken in, those read back at the start among them
 * @param historyEvents those among them that were read back at the start
 * @param malformed records of the topic that are no events
 * @param sent events put into the queues of readers, one for each reader that wants it
 * @param written those among them that were written to their reader
 * @param readers streams that were opened, of events and of the list of people
 * @param openReaders those among them that are open now
 * @param slowReaders those that were ended because they did not take what they asked for
 * @param people people whose state is kept now
 * @param historyPoints points of their histories
 * @param forgotten people forgotten, by whomever
 * @param exports CSV files that were asked for
 */
public record DashboardCounts(
    long events,
    long historyEvents,
    long malformed,
    long sent,
    long written,
    long readers,
    long openReaders,
    long slowReaders,
    long people,
    long historyPoints,
    long forgotten,
    long exports) {

  /** In one line, for a log. */
  @Override
  public String toString() {
    return ("%d events (%d of before the start, %d malformed) of %d people, %d sent to %d readers of"
            + " which %d were too slow; %d people forgotten, %d exports")
        .formatted(
            events,
            historyEvents,
            malformed,
            people,
            sent,
            readers,
            slowReaders,
            forgotten,
            exports);
  }
}
