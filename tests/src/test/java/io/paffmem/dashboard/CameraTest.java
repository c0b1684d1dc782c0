package io.paffmem.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.chain.PaffmemProcess;
import io.paffmem.prior.TinyPrior;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's page in Chromium, before a camera that shows no face. */
@Tag("broker")
@Tag("browser")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class CameraTest {
  private static final String TOKEN = "a token of this test";
  private static final int LATENT_SIZE = 50;

  @Test
  void faceAtRest_noFaceIsSeen_isNotTaughtAndCanBeRepeated(@TempDir Path folder) throws Exception {
    Path model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    try (Browser browser = Browser.withCamera();
        PaffmemProcess gateway =
            PaffmemProcess.start(
                folder,
                "gateway",
                Map.of("PAFFMEM_TOKEN", TOKEN),
                List.of(
                    "gateway",
                    "--port=0",
                    "--no-dashboard",
                    "--partitions=1",
                    "--model=" + model))) {
      browser.go(gateway.gateway().resolve("/camera"));
      browser.find("#person").sendKeys("ann");
      browser.find("#token").sendKeys(TOKEN);
      browser.click("#agreed");
      browser.click("#start");
      browser.awaitText("#status", it -> it.startsWith("Sending 10 pictures"));
      browser.awaitText("#faceless", it -> Integer.parseInt(it) > 0);

      for (int time = 0; time < 2; time++) {
        browser.click("#rest");

        browser.awaitText("#rest-status", it -> it.contains("It begins in 3"));
        browser.awaitText("#rest-status", it -> it.contains("It begins in 1"));
        browser.awaitText("#rest-status", it -> it.contains("for three seconds"));
        assertThat(browser.find("#rest").isEnabled()).as("while it is taken").isFalse();
        browser.awaitText(
            "#rest-status",
            it ->
                it.equals(
                    "Nothing is taught: no face was seen in these three seconds. It can be"
                        + " repeated."));
        assertThat(browser.find("#rest").isEnabled()).as("to repeat it").isTrue();
        assertThat(browser.find("#rest-undo").isDisplayed()).isFalse();
      }
      assertThat(browser.text("#accepted")).isEqualTo("0");
      browser.click("#stop");
      browser.awaitText("#status", it -> it.equals("Stopped."));
    }
  }
}
