package io.paffmem.dashboard;

import static io.paffmem.dashboard.LocalDashboard.CONFIG;
import static java.util.Objects.requireNonNull;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How smooth the page is with a thousand people: no test by its name, so that only {@code ./paffmem
 * bench page} runs it. Broker, feed, dashboard and browser share this machine.
 */
final class PageBench {
  private static final int PEOPLE = 1_000;
  private static final int FRAMES_PER_SECOND = 4;
  private static final int TICKS_PER_SECOND = 50;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SECONDS = 60;

  @TempDir Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void measure() throws Exception {
    ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor();
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 4);
        Events events = new Events(cluster);
        LocalDashboard dashboard = new LocalDashboard(CONFIG, cluster, folder);
        Browser browser = Browser.open()) {
      var unused =
          feed.scheduleAtFixedRate(
              new Feed(events), 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
      browser.resize(1280, 900);
      browser.go(
          URI.create(
              dashboard.dashboard.address()
                  + "/#token="
                  + LocalDashboard.TOKEN.replace(" ", "%20")));
      browser.awaitText(".people", it -> it.equals("1,000 people"));
      System.out.printf(
          "%,d people, %d frames a second each, %d s%n", PEOPLE, FRAMES_PER_SECOND, SECONDS);
      for (String form : List.of("list", "cards")) {
        browser.click("[name=form][value=%s]".formatted(form));
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        long taken = dashboard.dashboard.counts().events();
        long heapBefore = browser.heapBytes();
        browser.run(WATCH);
        TimeUnit.SECONDS.sleep(SECONDS);
        List<?> seen = (List<?>) requireNonNull(browser.run(TELL));
        long heapAfter = browser.heapBytes();
        System.out.printf(
            Locale.ROOT,
            "%s: %.1f pictures/s; between two of them median %.1f ms, p95 %.1f ms, longest %.1f ms;"
                + " long tasks %d, longest %.0f ms; heap %.1f MB, then %.1f MB; %d events/s taken%n",
            form,
            number(seen, 0),
            number(seen, 1),
            number(seen, 2),
            number(seen, 3),
            Math.round(number(seen, 4)),
            number(seen, 5),
            heapBefore / 1e6,
            heapAfter / 1e6,
            (dashboard.dashboard.counts().events() - taken) / SECONDS);
      }
    } finally {
      feed.shutdownNow();
    }
  }

  private static final String WATCH =
      """
      const watch = { begun: performance.now(), times: [], tasks: [] };
      watch.observer = new PerformanceObserver((list) =>
        watch.tasks.push(...list.getEntries().map((entry) => entry.duration)),
      );
      watch.observer.observe({ type: "longtask" });
      const each = (now) => {
        watch.times.push(now);
        watch.frame = requestAnimationFrame(each);
      };
      watch.frame = requestAnimationFrame(each);
      globalThis.watch = watch;""";

  /** Pictures a second; median, p95 and longest of the times between them; long tasks. */
  private static final String TELL =
      """
      const { times, tasks, begun, frame, observer } = globalThis.watch;
      cancelAnimationFrame(frame);
      observer.disconnect();
      const between = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
      const at = (share) => between[Math.min(between.length - 1, Math.floor(share * between.length))];
      return [
        (1000 * times.length) / (performance.now() - begun),
        at(0.5),
        at(0.95),
        at(1),
        tasks.length,
        Math.max(0, ...tasks),
      ];""";

  private static double number(List<?> numbers, int index) {
    return ((Number) numbers.get(index)).doubleValue();
  }

  /** Answers for everybody in turn, whose values go round. */
  private static final class Feed implements Runnable {
    private final Events events;
    private long next;

    Feed(Events events) {
      this.events = events;
    }

    @Override
    public void run() {
      for (int i = 0; i < PEOPLE * FRAMES_PER_SECOND / TICKS_PER_SECOND; i++) {
        int number = (int) (next % PEOPLE);
        long sequence = next / PEOPLE;
        next++;
        double angle = number + sequence / 8.0;
        Emotion emotion =
            Events.emotion(
                "person-%04d".formatted(number), sequence, Source.MEMORY, 100 + sequence);
        events.send(
            Emotion.newBuilder(emotion)
                .setAffect(
                    new Affect((float) (0.7 * Math.sin(angle)), (float) (0.7 * Math.cos(angle))))
                .build(),
            System.currentTimeMillis());
      }
    }
  }
}
