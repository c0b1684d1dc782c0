package io.paffmem.ingest.gateway.frames;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The streams that were published lately. One that nobody asked for while 10,000 others were is
 * forgotten: its publisher is then not told what was acknowledged last, and loses nothing else.
 * Thread-safe.
 */
public final class LiveStreams {
  private static final int MOST = 10_000;

  private record Key(String person, String stream) {}

  private final double rate;
  private final LongSupplier nanoTime;
  private final Map<Key, LiveStream> streams =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LiveStream> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param rate frames a second of a stream, until its feed agrees another
   */
  public LiveStreams(double rate, LongSupplier nanoTime) {
    this.rate = rate;
    this.nanoTime = nanoTime;
  }

  /** Where that stream stands; a new one if it is not known. */
  public synchronized LiveStream of(String person, String stream) {
    return streams.computeIfAbsent(
        new Key(person, stream), any -> new LiveStream(new RateLimit(rate, nanoTime)));
  }
}
