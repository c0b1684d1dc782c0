package io.paffmem.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Paffmem;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FaceQuality;
import io.paffmem.schemas.avro.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in Chromium, with the real pipeline behind it. */
@Tag("broker")
@Tag("browser")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set before all tests
final class PageTest {
  private static final int SEEDING_FRAMES = 2;
  private static final int LATENT_SIZE = 50;
  private static final Pattern LINK = Pattern.compile("Dashboard: (\\S+#token=\\w+)\n");

  private static Browser browser;
  private static LivePeople people;

  @BeforeAll
  static void film(@TempDir Path folder) throws IOException {
    // Without a browser nothing needs to be started.
    browser = Browser.open();
    Path model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    people = new LivePeople(folder, SEEDING_FRAMES, SavedModelPrior.load(model, Device.CPU));
    people.film("ann", 0);
    people.film("bob/visit 2", 1);
    try (Events events = people.events()) {
      long now = System.currentTimeMillis();
      events.send(Events.leftToPrior("hall/1", 0), now - 400);
      events.send(Events.leftToPrior("hall/2", 0), now - 300);
      events.send(Events.leftToPrior("hall/10", 0), now - 200);
      events.send(Events.leftToPrior("lone/1", 0), now - 100);
    }
  }

  @AfterAll
  static void close() {
    if (people != null) {
      people.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.resize(1280, 900);
    browser.prefer("light");
    // Another fragment alone would load nothing anew.
    browser.go(URI.create("about:blank"));
    browser.forget(people.address());
    browser.go(people.link());
  }

  @AfterEach
  void console_isEmpty() {
    assertNoComplaints();
  }

  /**
   * Where a machine stands still for long, its tasks move, and a memory is not told for a while.
   */
  private static void assertNoComplaints() {
    assertThat(browser.complaints())
        .filteredOn(it -> !(it.contains("503") && it.contains("/memory")))
        .isEmpty();
  }

  @Test
  void everyone_framesCome_cardsMove() {
    awaitState("ann", "Ready");
    awaitState("bob/visit 2", "Ready");

    awaitChange(card("ann") + " .arousal .number");
    awaitChange(card("bob/visit 2") + " .valence .number");

    assertThat(browser.run("return location.hash")).as("no token in the address").isEqualTo("#/");
    assertThat(browser.text("#connection")).isEqualTo("Live");
  }

  @Test
  void person_opened_showsItsMemoryAndLightsTheBestMatchingUnit() {
    awaitState("bob/visit 2", "Ready");

    browser.click(card("bob/visit 2") + " a");

    browser.awaitText("h1", it -> it.contains("bob/visit 2"));
    assertThat(numberIn(".memory dd.count")).isPositive();
    assertThat(numberIn(".memory dd.edges")).isPositive();
    awaitChange(".memory dd.perceived");
    var unused = browser.await("a ring of ink", () -> isOneNeuronLit() ? true : null);
    WebElement map = browser.find(".map");
    map.sendKeys(Keys.ARROW_RIGHT);
    browser.awaitText(".readout", it -> it.contains("Neuron "));
    browser.run("document.querySelector('.faces').scrollIntoView()");
    browser.awaitPicture(".square img");
    browser.awaitPicture(".figure2 img");
    awaitChange(".now .arousal .number");
  }

  @Test
  void person_taughtAMoment_isListed_andTakenBack() {
    awaitState("ann", "Ready");
    browser.click(card("ann") + " a");
    browser.awaitText("h1", it -> it.contains("ann"));
    browser.awaitText(".teach .then", it -> it.startsWith("Then the answer was"));

    browser.click(".teach [value=label]");
    browser.click(".teach [type=submit]");

    browser.awaitText(".teach .outcome", it -> it.startsWith("Taught."));
    browser.awaitText(".teach .lessons", it -> it.contains("Arousal"));
    browser.awaitText(".memory dd.taught", it -> it.equals("1"));
    browser.click(".teach .lessons button");
    browser.awaitText(".teach .outcome", it -> it.equals("Taken back."));
    browser.awaitText(".memory dd.taught", it -> it.equals("0"));
  }

  /** Nothing else on the map is of this colour. */
  private static boolean isOneNeuronLit() {
    return Boolean.TRUE.equals(
        browser.run(
            """
            return import("/page/colours.js").then(({ colours }) => {
              const map = document.querySelector(".map");
              const copy = new OffscreenCanvas(map.width, map.height);
              const context = copy.getContext("2d", { willReadFrequently: true });
              context.drawImage(map, 0, 0);
              const [red, green, blue] = colours.ink.match(/[0-9]+/g).map(Number);
              const { data } = context.getImageData(0, 0, map.width, map.height);
              let pixels = 0;
              for (let i = 0; i < data.length; i += 4) {
                pixels +=
                  data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255;
              }
              return pixels > 10 && pixels < 500;
            })"""));
  }

  @Test
  void person_answerIsLeftToThePrior_pageSaysSo() {
    try (Events events = people.events()) {
      AtomicInteger sequence = new AtomicInteger();
      String state = ":is(li, tr):has(a[title='eve']) .state";
      Runnable leave =
          () -> {
            Emotion emotion = Events.leftToPrior("eve", sequence.getAndIncrement());
            events.send(emotion, System.currentTimeMillis());
          };

      sendUntil(leave, state, "Ready · PK alone");
      browser.click(card("eve") + " a");
      sendUntil(leave, ".now .source", "the PK alone, for now");

      Runnable answer =
          () -> {
            Emotion emotion = Events.leftToPrior("eve", sequence.getAndIncrement());
            Emotion own = Emotion.newBuilder(emotion).setAffect(new Affect(0.5f, 0.5f)).build();
            events.send(own, System.currentTimeMillis());
          };
      sendUntil(answer, ".now .source", "the memory");
      sendUntil(answer, ".heading .state", "Ready");
    }
  }

  @Test
  void person_faceOfAnother_pageSaysSo() {
    try (Events events = people.events()) {
      AtomicInteger sequence = new AtomicInteger();
      Runnable stranger =
          () -> {
            Emotion emotion = Events.emotion("fay", sequence.getAndIncrement(), Source.PRIOR, 100);
            events.send(
                Emotion.newBuilder(emotion).setNeurons(0).setOfPerson(false).build(),
                System.currentTimeMillis());
          };

      sendUntil(stranger, ":is(li, tr):has(a[title='fay']) .state", "Not this person");
      browser.click(card("fay") + " a");
      sendUntil(stranger, ".now .source", "the PK alone: not this person");
      sendUntil(stranger, ".heading .state", "Not this person");
      sendUntil(stranger, ".teach .then", "Then the face did not look like this person.");
    }
  }

  @Test
  void person_faceThatCannotBeRead_pageSaysSoAndWhy() {
    try (Events events = people.events()) {
      AtomicInteger sequence = new AtomicInteger();
      Runnable small =
          () -> {
            Emotion emotion = Events.emotion("gil", sequence.getAndIncrement(), Source.PRIOR, 100);
            events.send(
                Emotion.newBuilder(emotion)
                    .setNeurons(0)
                    .setQuality(new FaceQuality(false, 12f, 0.01f, 0f, null, null, null))
                    .build(),
                System.currentTimeMillis());
          };

      sendUntil(small, ":is(li, tr):has(a[title='gil']) .state", "Not readable");
      browser.click(card("gil") + " a");
      sendUntil(small, ".now .source", "the PK alone: not readable");
      sendUntil(small, ".heading .state", "Not readable");
      browser.awaitText(".now dd.quality", it -> it.matches("too small .12.px., blurred"));
      sendUntil(small, ".teach .then", "Then the face was not readable.");

      Emotion emotion = Events.leftToPrior("gil", sequence.getAndIncrement());
      FaceQuality good = new FaceQuality(true, 104f, 0.5f, 0f, 0.75f, null, null);
      events.send(Emotion.newBuilder(emotion).setQuality(good).build(), System.currentTimeMillis());
      browser.awaitText(".now dd.quality", it -> it.matches("readable, 104.px"));
    }
  }

  @Test
  void everyone_peopleOfAStream_standTogetherUnderItsName() {
    awaitState("ann", "Ready");

    for (String form : List.of("cards", "list")) {
      browser.click("[name=form][value=%s]".formatted(form));
      browser.awaitText(".group-heading .size", it -> it.equals("3 people"));
      assertThat(shown()).containsSequence("= hall", "- hall/1", "- hall/2", "- hall/10");
      assertThat(shown()).contains("ann", "bob/visit 2", "lone/1");
    }
    // The best of a group says where it stands.
    browser.click("th[data-sort=seen] button");
    assertThat(shown()).containsSequence("lone/1", "= hall", "- hall/10", "- hall/2", "- hall/1");
    browser.click("th[data-sort=seen] button");
    assertThat(shown()).startsWith("= hall", "- hall/1", "- hall/2", "- hall/10", "lone/1");
    browser.click("th[data-sort=name] button");

    browser.find("[type=search]").sendKeys("hall/1");
    browser.awaitText(".group-heading .size", it -> it.equals("2 of 3 people"));
    assertThat(shown()).containsExactly("= hall", "- hall/1", "- hall/10");
  }

  /** Who is shown, from above, with the headings of groups and their people. */
  private static List<String> shown() {
    Object shown =
        browser.run(
            """
            const all = document.querySelectorAll(":is(.cards, .rows) > *");
            return [...all].map((element) =>
              element.matches(".group-heading")
                ? "= " + element.querySelector("bdi").textContent
                : (element.matches(".member") ? "- " : "") + element.querySelector("a").textContent,
            );""");
    return ((List<?>) requireNonNull(shown)).stream().map(String::valueOf).toList();
  }

  /** A thousand groups of three, of which a few are in the page. */
  @Test
  void scrollWindow_thousandsInGroups_hasWhatIsInSightInOrderAndLeavesTheFocus() {
    awaitState("ann", "Ready");

    Object seen =
        browser.run(
            """
            const { ScrollWindow } = await import("/page/scroll-window.js");
            const list = document.createElement("div");
            document.body.prepend(list);
            const box = (height) => {
              const element = document.createElement("div");
              element.style.cssText = `flex: none; height: ${height}px`;
              element.append(document.createElement("a"));
              element.firstChild.tabIndex = 0;
              return {
                element,
                standFor: (name) => (element.firstChild.textContent = name),
                standAt: (index) => (element.dataset.index = index),
                show: () => {},
              };
            };
            const all = new ScrollWindow(list, {
              make: () => box(40),
              makeHeading: () => box(20),
              setSpace: (before, after) => {
                list.style.cssText = `padding: ${before}px 0 ${after}px`;
              },
              rowHeight: 40,
              headingHeight: 20,
              columns: () => 1,
            });
            const sections = [];
            for (let i = 0; i < 1000; i++) {
              sections.push({ heading: { name: `${i}` }, names: [1, 2, 3].map((n) => `${i}/${n}`) });
            }
            const look = () => {
              all.place();
              const texts = [...list.children].map((element) => element.textContent);
              const indices = [...list.children].map((element) => Number(element.dataset.index));
              const isOrdered = indices.every((index, i) => i === 0 || index === indices[i - 1] + 1);
              const active = list.contains(document.activeElement) ? document.activeElement.textContent : "";
              return `${texts[0]} ${isOrdered} ${active}`;
            };
            all.setSections(sections);
            const told = [];
            scrollTo(0, 140 * 500);
            told.push(look());
            [...all.shown].find(([name]) => name === "500/1")[1].element.firstChild.focus({ preventScroll: true });
            told.push(look());
            scrollTo(0, 140 * 499);
            told.push(look());
            scrollTo(0, 140 * 500 - 40);
            told.push(look());
            for (const way of ["up", "down", "down", "down", "down", "first", "last"]) {
              all.moveFocus(way);
              look();
              told.push(document.activeElement.textContent);
            }
            list.remove();
            scrollTo(0, 0);
            return told.join();""");

    assertThat(seen)
        .isEqualTo(
            "499/2 true ,499/2 true 500/1,498/2 true 500/1,499/1 true 500/1,"
                + "499/3,500/1,500/2,500/3,501/1,0/1,999/3");
  }

  @Test
  void everyone_arrowKeys_passOverTheHeadingOfAGroup() {
    awaitState("ann", "Ready");
    browser.awaitText(".group-heading .size", it -> it.equals("3 people"));
    browser.run("document.querySelector(\"a[title='hall/1']\").focus()");

    browser.find("a[title='hall/1']").sendKeys(Keys.ARROW_LEFT);
    Object before = focused();
    browser.find("a[title='" + before + "']").sendKeys(Keys.ARROW_RIGHT);
    assertThat(focused()).isEqualTo("hall/1");
    browser.find("a[title='hall/1']").sendKeys(Keys.ARROW_RIGHT);
    assertThat(focused()).isEqualTo("hall/2");
    browser.find("a[title='hall/2']").sendKeys(Keys.ARROW_UP);

    assertThat(before).isNotIn("hall/1", "");
    assertThat(focused()).isNotIn("hall/1", "hall/2", "hall/10", "");
  }

  private static Object focused() {
    return requireNonNull(browser.run("return document.activeElement.title"));
  }

  @Test
  void person_oneOfAStream_hasLinksToTheOthers() {
    awaitState("ann", "Ready");
    browser.click(card("hall/2") + " a");

    browser.awaitText(".fellows", it -> it.startsWith("One of 3 people of hall:"));
    assertThat(browser.all(".fellows a"))
        .extracting(WebElement::getText)
        .containsExactly("hall/1", "hall/10");
    assertThat(browser.faults()).isEmpty();
    browser.click(".fellows li:last-child a");
    browser.awaitText("h1", it -> it.equals("hall/10"));
    browser.click(".back");
    browser.click(card("lone/1") + " a");
    browser.awaitText("h1", it -> it.equals("lone/1"));
    assertThat(browser.find(".fellows").isDisplayed()).isFalse();
  }

  /** Sends again and again: a person of whom nothing comes is idle soon. */
  private static void sendUntil(Runnable send, String selector, String text) {
    var unused =
        browser.await(
            selector + " says " + text,
            () -> {
              send.run();
              return browser.all(selector).stream().anyMatch(it -> it.getText().equals(text))
                  ? true
                  : null;
            });
  }

  @Test
  void lessMotion_mapArrangedAnew_neuronsAreThereAtOnce() {
    browser.preferCalm();
    awaitState("bob/visit 2", "Ready");
    browser.click(card("bob/visit 2") + " a");
    assertThat(numberIn(".memory dd.count")).isPositive();
    browser.click("#pause");

    Object pictures =
        browser.run(
            """
            const map = document.querySelector(".map");
            const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            const during = async (millis) => {
              const end = performance.now() + millis;
              while (performance.now() < end) {
                await drawn();
              }
            };
            return (async () => {
              await during(1500); // what was lit has faded
              const before = map.toDataURL();
              document.querySelector(".arrangement [value=labels]").click();
              await drawn();
              const first = map.toDataURL();
              await during(1500); // with motion, they would be there by now
              return [before !== first, first === map.toDataURL()];
            })()""");

    assertThat(pictures).isEqualTo(List.of(true, true));
  }

  @Test
  void paused_framesCome_whatIsShownStands() {
    awaitState("ann", "Ready");
    browser.click(card("ann") + " a");
    awaitChange(".now .arousal .number");

    browser.click("#pause");
    // It stands still from its next drawing on.
    browser.run("return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 500)))");
    String shown = browser.text(".now .readings");
    awaitFrames("ann", 5);

    assertThat(browser.text(".now .readings")).isEqualTo(shown);
    browser.click("#pause");
    awaitChange(".now .readings");
  }

  @Test
  void search_nobodyFits_saysSoAndShowsEveryoneAgain() {
    awaitState("ann", "Ready");

    browser.find("[type=search]").sendKeys("nobody of this name");
    browser.awaitText(".nothing", it -> it.contains("Nobody is like that"));
    browser.click(".nothing button");

    assertThat(browser.find(card("ann")).isDisplayed()).isTrue();
  }

  @Test
  void csv_askedFor_isAFileWithThePersonsAnswers(@TempDir Path downloads) throws IOException {
    browser.downloadTo(downloads);
    awaitState("bob/visit 2", "Ready");
    browser.click(card("bob/visit 2") + " a");

    browser.click(".menu summary");
    browser.click(".csv-all");

    Path file = downloads.resolve("bob-visit-2-emotions.csv");
    var unused = browser.await("the file", () -> Files.exists(file) ? true : null);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).startsWith("person,stream,sequence");
    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("bob/visit 2,"));
  }

  @Test
  void forget_confirmed_pageIsEmptyAndShowsTheReceipt() throws IOException {
    people.film("cid", 2);
    awaitState("cid", "Ready");
    browser.click(card("cid") + " a");
    assertThat(numberIn(".memory dd.count")).isPositive();
    people.leaveAlone("cid");

    browser.click("button.forget");
    browser.click(".confirm");

    browser.awaitText(".receipt .done", it -> it.contains("neurons"));
    assertThat(browser.text(".receipt tbody")).contains("frames", "emotions", "dead-letters");
    browser.click(".close");
    browser.awaitText(".notice", it -> it.contains("forgotten"));
    browser.awaitText(".memory .none", it -> it.contains("no memory"));
    browser.awaitText(".memory dd.count", it -> it.contains("–"));
    browser.click(".back");
    awaitState("ann", "Ready");
    assertThat(browser.all(card("cid"))).isEmpty();
  }

  @Test
  void broker_restarted_pageGoesOn() {
    awaitState("ann", "Ready");
    browser.click(card("ann") + " a");
    awaitChange(".memory dd.perceived");

    people.restartBroker();

    long after = people.perceived("ann");
    var unused = browser.await("more frames", () -> people.perceived("ann") > after ? true : null);
    awaitChange(".now .arousal .number");
    awaitChange(".memory dd.perceived");
    assertThat(browser.text("#connection")).isEqualTo("Live");
    assertThat(browser.complaints())
        .as("what was asked while the tasks moved, at most")
        .allMatch(it -> it.contains("503"));
  }

  @Test
  void everyView_bothThemes_axeFindsNothingSerious() {
    for (String theme : new String[] {"light", "dark"}) {
      browser.prefer(theme);
      awaitState("ann", "Ready");
      assertThat(browser.faults()).as("cards, %s", theme).isEmpty();
      browser.click("[name=form][value=list]");
      awaitState("ann", "Ready");
      assertThat(browser.faults()).as("list, %s", theme).isEmpty();
      browser.click("[name=form][value=cards]");
      browser.click(card("ann") + " a");
      assertThat(numberIn(".memory dd.count")).isPositive();
      browser.click(".now [data-term=lag]");
      browser.awaitText("#meaning", it -> it.contains("Lag"));
      assertThat(browser.faults()).as("person, %s", theme).isEmpty();
      browser.click("#open-guide");
      assertThat(browser.faults()).as("guide, %s", theme).isEmpty();
      browser.click("#guide button");
      browser.click("button.forget");
      assertThat(browser.faults()).as("forget, %s", theme).isEmpty();
      browser.click(".cancel");
      browser.click(".back");
    }
  }

  /**
   * Elements are used again: who clicks before the next picture is drawn meets the right person.
   */
  @Test
  void everyone_listAndBack_linksAreRightAtOnce() {
    awaitState("ann", "Ready");
    awaitState("bob/visit 2", "Ready");
    String links = "return [...document.querySelectorAll('.card a')].map(it => it.title)";
    Object before = browser.run(links);

    Object after =
        browser.run(
            "for (const form of ['list', 'cards'])"
                + " document.querySelector(`[name=form][value=${form}]`).click();"
                + links);

    assertThat(after).isEqualTo(before);
  }

  @Test
  void phone_everyView_nothingIsWiderThanTheScreen() {
    browser.resize(360, 740);
    awaitState("ann", "Ready");

    awaitWidth(360L);
    browser.click(card("ann") + " a");
    assertThat(numberIn(".memory dd.count")).isPositive();
    awaitWidth(360L);
  }

  /** What is wider than a screen that became narrower is laid out anew a moment later. */
  private static void awaitWidth(long pixels) {
    String width = "return document.documentElement.scrollWidth";
    var unused =
        browser.await(
            "a page of %d pixels".formatted(pixels),
            () -> Long.valueOf(pixels).equals(browser.run(width)) ? true : null);
  }

  @Test
  void demo_itsLinkOpened_cardsMove(@TempDir Path folder) throws Exception {
    String model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE).toString();
    PrintStream systemOut = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread demo =
        new Thread(
            () ->
                status.complete(
                    Paffmem.execute(
                        "demo",
                        "--people",
                        "1",
                        "--seconds",
                        "600",
                        "--seeding-frames",
                        "1",
                        "--model",
                        model)));
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      demo.start();
      String link =
          browser.await(
              "the demo's link",
              () -> {
                Matcher found = LINK.matcher(out.toString(UTF_8));
                return found.find() ? found.group(1) : null;
              });

      browser.go(URI.create(link));

      awaitState("synthetic-1", "Ready");
      awaitChange(card("synthetic-1") + " .arousal .number");
      assertNoComplaints();
      // The dashboard ends with the run, and the page would say so.
      browser.go(URI.create("about:blank"));
      demo.interrupt(); // as Ctrl-C does
      assertThat(status.get()).as("ends").isNotNull();
    } finally {
      System.setOut(systemOut);
      demo.interrupt();
    }
  }

  @Test
  void token_unknown_isRefusedAndAskedForAgain() {
    browser.go(people.address().resolve("#token=of-another-server"));

    browser.awaitText(".why", it -> it.contains("not known here"));
    assertThat(browser.complaints()).as("the refusal alone").allMatch(it -> it.contains("401"));
    assertThat(browser.faults()).isEmpty();
    browser.find("#token").sendKeys(LivePeople.TOKEN);
    browser.click(".access button");

    awaitState("ann", "Ready");
  }

  private static void awaitFrames(String person, int more) {
    long before = people.perceived(person);
    var unused =
        browser.await("more frames", () -> people.perceived(person) > before + more ? true : null);
  }

  private static String card(String person) {
    return ".card:has(a[title='%s'])".formatted(person);
  }

  /** Waits until a person's card or row says so. */
  private static void awaitState(String person, String state) {
    browser.awaitText(
        ":is(li, tr):has(a[title='%s']) .state".formatted(person), it -> it.equals(state));
  }

  private static void awaitChange(String selector) {
    String before = browser.text(selector);
    browser.awaitText(selector, it -> !it.equals(before));
  }

  /** The number that something begins with, once there is one. */
  private static int numberIn(String selector) {
    return browser.await(
        "a number at " + selector,
        () -> {
          String text = browser.text(selector).replace(",", "");
          int end = 0;
          while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
          }
          return end == 0 ? null : Integer.valueOf(text.substring(0, end));
        });
  }
}
