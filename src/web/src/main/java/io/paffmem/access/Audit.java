package io.paffmem.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what with whose data, one line each, in a log of its own name, {@link #LOGGER}: the
 * token's name, what was done, and the person by a hash. What a page asks for again and again is
 * one line a minute. Thread-safe.
 */
public final class Audit {
  /** Of the log; it is written whatever the level of the others. */
  public static final String LOGGER = "paffmem.audit";

  /** For {@link #note}: more than one person, all whom the token may read. */
  public static final String EVERYBODY = "everybody";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_REMEMBERED = 10_000;
  private static final Audit NONE = new Audit(false, System::nanoTime);

  /** What is done. */
  public enum Action {
    PUBLISH("publishes"),
    READ_EVENTS("reads events of"),
    READ_CSV("reads past events of"),
    READ_PERSON("reads the state of"),
    READ_MEMORY("reads the memory of"),
    READ_FACES("looks at imagined faces of"),
    CHANGE("changes the memory of"),
    FORGET("forgets"),
    TEACH("teaches the memory of"),
    BLOCK("blocks"),
    UNBLOCK("unblocks");

    private final String words;

    Action(String words) {
      this.words = words;
    }
  }

  private final boolean isOn;
  private final LongSupplier nanoTime;
  private final Map<String, Long> lately =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private Audit(boolean isOn, LongSupplier nanoTime) {
    this.isOn = isOn;
    this.nanoTime = nanoTime;
  }

  /** Writes to the log. */
  public static Audit toLog() {
    return toLog(System::nanoTime);
  }

  static Audit toLog(LongSupplier nanoTime) {
    return new Audit(true, nanoTime);
  }

  /** Writes nothing: for a run whose one token is its own. */
  public static Audit none() {
    return NONE;
  }

  /**
   * Notes what is done, whenever it is done.
   *
   * @param person hash, or {@link #EVERYBODY}
   */
  public void note(Grant who, Action action, String person) {
    if (isOn) {
      LOG.info("token '{}' {} {}", who.name(), action.words, person);
    }
  }

  /** As {@link #note}, but once a minute for one token, action and person. */
  public void noteOften(Grant who, Action action, String person) {
    if (isOn && isNew(who.name() + '\n' + action + '\n' + person)) {
      note(who, action, person);
    }
  }

  private synchronized boolean isNew(String what) {
    long now = nanoTime.getAsLong();
    Long before = lately.get(what);
    if (before != null && now - before < AGAIN_NANOS) {
      return false;
    }
    lately.remove(what);
    lately.put(what, now);
    return true;
  }
}
