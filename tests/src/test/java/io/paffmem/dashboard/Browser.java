package io.paffmem.dashboard;

import static java.util.Objects.requireNonNull;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * Chromium without a window. Both programs are named to Selenium, which looks for nothing and loads
 * nothing from elsewhere then.
 */
final class Browser implements AutoCloseable {
  // Held, or its level would be collected with it; it warns of versions whose events nobody asks
  // for.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser open() {
    return open(List.of());
  }

  /** A browser whose camera shows a pattern without a face, and which asks nobody for it. */
  static Browser withCamera() {
    return open(List.of("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"));
  }

  private static Browser open(List<String> more) {
    SELENIUM.setLevel(Level.SEVERE);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("PAFFMEM_CHROMEDRIVER", "chromedriver"))
            .usingAnyFreePort()
            .withTimeout(PATIENCE)
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("PAFFMEM_CHROMIUM", "chromium", "chromium-browser", "google-chrome"));
    options.addArguments(
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update");
    options.addArguments(more);
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox");
    }
    LoggingPreferences console = new LoggingPreferences();
    console.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", console);
    return new Browser(new ChromeDriver(service, options));
  }

  /** Where the environment says a program is, or where it is found on the path. */
  private static File program(String variable, String... names) {
    String named = System.getenv(variable);
    Stream<Path> places =
        named != null
            ? Stream.of(Path.of(named))
            : Arrays.stream(names)
                .flatMap(
                    name ->
                        Arrays.stream(
                                requireNonNull(System.getenv("PATH")).split(File.pathSeparator))
                            .map(folder -> Path.of(folder, name)));
    return places
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no %s here, which the dashboard's page is tested in: install Debian's packages"
                            .formatted(names[0])
                        + " chromium and chromium-driver, or name the programs in PAFFMEM_CHROMIUM"
                        + " and PAFFMEM_CHROMEDRIVER"))
        .toFile();
  }

  void go(URI address) {
    driver.get(address.toString());
  }

  /** Removes what the pages of a server have stored, behind the pages' backs. */
  void forget(URI address) {
    var unused =
        driver.executeCdpCommand(
            "Storage.clearDataForOrigin",
            Map.of(
                "origin",
                address.getScheme() + "://" + address.getAuthority(),
                "storageTypes",
                "local_storage"));
  }

  /** Where files go that a page gives. */
  void downloadTo(Path folder) {
    var unused =
        driver.executeCdpCommand(
            "Browser.setDownloadBehavior",
            Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** The size of what is seen, in CSS pixels, at a scale of 1. */
  void resize(int width, int height) {
    var unused =
        driver.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /**
   * What the system is said to prefer.
   *
   * @param theme light or dark
   */
  void prefer(String theme) {
    emulate("prefers-color-scheme", theme);
  }

  /** The system is said to prefer less motion, until it prefers something else. */
  void preferCalm() {
    emulate("prefers-reduced-motion", "reduce");
  }

  private void emulate(String feature, String value) {
    var unused =
        driver.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  /** What the page's scripts hold in memory after a collection. */
  long heapBytes() {
    var unused = driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
    Object used = driver.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize");
    return ((Number) requireNonNull(used)).longValue();
  }

  /** The element that comes first, once it is there. */
  WebElement find(String selector) {
    return await(selector, () -> first(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  private @Nullable WebElement first(String selector) {
    return all(selector).stream().findFirst().orElse(null);
  }

  void click(String selector) {
    find(selector).click();
  }

  /** What an element says, once it is there. */
  String text(String selector) {
    return await(selector, () -> textNow(selector));
  }

  private @Nullable String textNow(String selector) {
    WebElement element = first(selector);
    return element == null ? null : element.getText();
  }

  /** Waits until an element says something that is wanted. */
  void awaitText(String selector, Predicate<String> wanted) {
    AtomicReference<@Nullable String> last = new AtomicReference<>();
    var unused =
        await(
            () -> selector + " says " + last.get(),
            () -> {
              String text = textNow(selector);
              last.set(text);
              return text != null && wanted.test(text) ? text : null;
            });
  }

  /** Waits until an image is loaded. */
  void awaitPicture(String selector) {
    String isLoaded = "return document.querySelector(arguments[0]).naturalWidth > 0";
    var unused =
        await(
            "a picture at " + selector,
            () -> Boolean.TRUE.equals(run(isLoaded, selector)) ? true : null);
  }

  /** What a script gives. */
  @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until there is something. */
  <T> T await(String what, Supplier<@Nullable T> look) {
    return await(() -> what, look);
  }

  private <T> T await(Supplier<String> what, Supplier<@Nullable T> look) {
    return new FluentWait<>(driver)
        .withTimeout(PATIENCE)
        .pollingEvery(POLL)
        .ignoring(StaleElementReferenceException.class)
        .withMessage(what)
        .until(ignored -> look.get());
  }

  /** What the page wrote to its console, or the browser of it, since this was asked last. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What axe finds of serious or critical faults. */
  // The other mode looks at frames from a second window, behind which this page would stand still.
  @SuppressWarnings("deprecation")
  List<String> faults() {
    return new AxeBuilder()
        .setLegacyMode().analyze(driver).getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .map(Browser::describe)
            .toList();
  }

  private static String describe(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes();
  }

  /** A JPEG of what is seen, or of the whole page. */
  byte[] picture(boolean whole) {
    Map<String, Object> parameters =
        new HashMap<>(Map.of("format", "jpeg", "quality", 88, "captureBeyondViewport", whole));
    if (whole) {
      Object size =
          driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
      Map<String, Object> clip = new HashMap<>(Map.of("x", 0, "y", 0, "scale", 1));
      ((Map<?, ?>) requireNonNull(size)).forEach((name, value) -> clip.put((String) name, value));
      parameters.put("clip", clip);
    }
    Object jpeg = driver.executeCdpCommand("Page.captureScreenshot", parameters).get("data");
    return Base64.getDecoder().decode((String) requireNonNull(jpeg));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
