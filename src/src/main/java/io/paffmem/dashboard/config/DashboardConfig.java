package io.paffmem.dashboard.config;

import io.paffmem.access.Pseudonyms;
import io.paffmem.start.Problems;
import io.paffmem.web.WebConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a dashboard is run.
 *
 * @param web where it listens
 * @param pseudonyms what people are called on the topics, and hashed by in logs
 */
public record DashboardConfig(
    WebConfig web, Limits limits, Patience patience, Pseudonyms pseudonyms) {

  /** Everybody is called as they are. */
  public DashboardConfig(WebConfig web, Limits limits, Patience patience) {
    this(web, limits, patience, Pseudonyms.none());
  }

  /**
   * What bounds its memory.
   *
   * @param maxReaders streams of events that are open at once, 1 to 100,000
   * @param readerBytes events that wait for one reader, 64 KiB to 1 GiB; readers of the same events
   *     share them
   * @param queueBytes events that wait for all readers together, at least as many as for one
   * @param maxPeople people whose state is kept, the latest ones, 1 to 1,000,000
   * @param historyPoints points of all histories together, 1,000 to 1,000,000,000; 34 bytes each
   * @param historyEvents events that are read back at the start, 0 to 1,000,000,000
   */
  public record Limits(
      int maxReaders,
      int readerBytes,
      long queueBytes,
      int maxPeople,
      int historyPoints,
      long historyEvents) {

    /** 20,000 people; a quarter of an hour of 1,000; a quarter of the heap for what waits. */
    public static Limits defaults() {
      int readerBytes = 4 << 20;
      long queueBytes = Math.max(readerBytes, Runtime.getRuntime().maxMemory() / 4);
      return new Limits(1_000, readerBytes, queueBytes, 20_000, 4_000_000, 2_000_000);
    }

    private void check(Problems problems) {
      require("maxReaders", maxReaders, 1, 100_000, problems);
      require("readerBytes", readerBytes, 64 << 10, 1 << 30, problems);
      require("queueBytes", queueBytes, readerBytes, Long.MAX_VALUE, problems);
      require("maxPeople", maxPeople, 1, 1_000_000, problems);
      require("historyPoints", historyPoints, 1_000, 1_000_000_000, problems);
      require("historyEvents", historyEvents, 0, 1_000_000_000, problems);
    }
  }

  /**
   * How long things take.
   *
   * @param history that is kept of a person, and read back at the start
   * @param update between two updates of the list of people
   * @param idle without a frame, after which a person is idle
   * @param ping between two signs of life to a reader of nothing
   * @param reading until a reader that takes nothing is given up
   * @param download how far a download may fall behind the least pace
   * @param receipt for the receipt of a forget
   */
  public record Patience(
      Duration history,
      Duration update,
      Duration idle,
      Duration ping,
      Duration reading,
      Duration download,
      Duration receipt) {

    /** For people who look at a screen. */
    public static Patience defaults() {
      return new Patience(
          Duration.ofMinutes(15),
          Duration.ofMillis(250),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofMinutes(1),
          Duration.ofSeconds(10));
    }

    private void check(Problems problems) {
      for (Duration each : List.of(history, update, idle, ping, reading, download, receipt)) {
        problems.addIf(
            each.isNegative() || each.isZero(), "a patience is %s, must be above 0", each);
      }
    }
  }

  /**
   * Checks everything and names all that is wrong at once.
   *
   * @throws io.paffmem.start.StartException naming each value and what is allowed
   */
  public DashboardConfig {
    List<String> ofWeb = new ArrayList<>();
    web.check(ofWeb);
    Problems problems = new Problems();
    ofWeb.forEach(problems::add);
    limits.check(problems);
    patience.check(problems);
    problems.throwIfAny();
  }

  /** The same, where people are called otherwise on the topics. */
  public DashboardConfig with(Pseudonyms others) {
    return new DashboardConfig(web, limits, patience, others);
  }

  /** With the standard limits. */
  public static DashboardConfig standard(WebConfig web) {
    return new DashboardConfig(web, Limits.defaults(), Patience.defaults());
  }

  private static void require(String name, long value, long least, long most, Problems problems) {
    problems.addIf(
        value < least || value > most, "%s is %d; allowed is %d to %d", name, value, least, most);
  }
}
