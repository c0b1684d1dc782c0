package io.paffmem.dashboard;

import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the page in {@code docs/}: no test by its name, so that only {@code
 * ./paffmem screenshots} runs it. All people on them are synthetic.
 */
final class Screenshots {
  private static final Path DOCS = Path.of("..", "docs");
  private static final int SEEDING_FRAMES = 25;
  // Three alone, and three of one stream: the fourth goes, and the last has just come.
  private static final List<String> PEOPLE =
      List.of("synthetic-1", "synthetic-2", "room/1", "synthetic-3", "room/2", "room/3");
  private static final int LEAVER = 3;
  private static final int NEWCOMER = 5;
  // Of the line in the charts.
  private static final int SHOWN_SECONDS = 30;
  private static final int DRAWN_MILLIS = 600;

  @TempDir Path folder;

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void take() throws IOException {
    try (Browser browser = Browser.open();
        LivePeople people =
            new LivePeople(folder, SEEDING_FRAMES, SavedModelPrior.bundled(Device.CPU))) {
      desktop(browser, "light");
      browser.go(people.link());
      // One after the other, as seeding takes its time.
      for (int i = 0; i < NEWCOMER; i++) {
        people.film(PEOPLE.get(i), i);
        awaitState(browser, PEOPLE.get(i), "Ready");
      }
      pause(browser, SHOWN_SECONDS * 1000L * 3 / 4);
      people.leaveAlone(PEOPLE.get(LEAVER));
      awaitState(browser, PEOPLE.get(LEAVER), "Idle");
      people.film(PEOPLE.get(NEWCOMER), NEWCOMER);
      awaitState(browser, PEOPLE.get(NEWCOMER), "Seeding");
      save(browser, "everyone-light", false);
      desktop(browser, "dark");
      save(browser, "everyone-dark", false);
      phone(browser, "light");
      save(browser, "everyone-phone", false);

      desktop(browser, "light");
      browser.go(URI.create(people.address() + "#/people/room%2F1"));
      browser.run("document.querySelector('.faces').scrollIntoView()");
      browser.awaitText(".memory dd.count", it -> it.matches("\\d.*"));
      browser.awaitPicture(".square img");
      browser.awaitPicture(".figure2 img");
      browser.run("scrollTo(0, 0)");
      save(browser, "person-light", true);
      desktop(browser, "dark");
      save(browser, "person-dark", true);
      phone(browser, "dark");
      save(browser, "person-phone", false);
    }
  }

  private static void desktop(Browser browser, String theme) {
    browser.resize(1280, 760);
    browser.prefer(theme);
  }

  private static void phone(Browser browser, String theme) {
    browser.resize(390, 844);
    browser.prefer(theme);
  }

  private static void awaitState(Browser browser, String person, String state) {
    browser.awaitText(
        ".card:has(a[title='%s']) .state".formatted(person), it -> it.startsWith(state));
  }

  /** Until the page has drawn itself as it is now. */
  private static void pause(Browser browser, long millis) {
    long begin = System.nanoTime();
    var unused =
        browser.await(
            "time",
            () -> System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(millis) ? 1 : null);
  }

  private static void save(Browser browser, String name, boolean whole) throws IOException {
    pause(browser, DRAWN_MILLIS);
    Files.write(DOCS.resolve("dashboard-" + name + ".jpg"), browser.picture(whole));
  }
}
