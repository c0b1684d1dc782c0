package io.paffmem.app.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.training.TrainingListener.Progress;
import io.paffmem.training.TrainingReport;
import io.paffmem.training.TrainingReport.Agreement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class TrainingViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private long nanos;

  @Test
  void bar_quarterOfTheBudget_timeLeftIsThreeTimesTheTimeSpent() {
    assertThat(TrainingView.bar(at(1_234, 0.25, Duration.ofMinutes(10))))
        .isEqualTo("[======>                 ]  25 %, step 1,234, 10:00, 30:00 left");
    assertThat(TrainingView.bar(at(9, 1.01, Duration.ofSeconds(7_325))))
        .isEqualTo("[========================] 100 %, step 9, 2:02:05, 0:00 left");
  }

  @Test
  void reported_noTerminal_aLineAReportAndNoEscapeCodes() {
    TrainingView view = new TrainingView(out, false, () -> nanos);

    view.stepped(at(1, 0.1, Duration.ofSeconds(1)));
    view.reported(report());

    assertThat(text())
        .isEqualToNormalizingNewlines(
            "step 250, 1:01, 412 ms a step (0.5 waiting), emotion 0.125, prior discriminator 1.500,"
                + " CCC faces arousal 0.500 valence none, score 0.250\n");
  }

  @Test
  void stepped_terminal_drawsOverWhatItDrewButNotAtEveryStep() {
    TrainingView view = new TrainingView(out, true, () -> nanos);

    view.stepped(at(1, 0.1, Duration.ofSeconds(1)));
    view.stepped(at(2, 0.2, Duration.ofSeconds(2)));
    assertThat(text()).contains("step 1,", "emotion 0.125").doesNotContain("step 2,");
    nanos += 300_000_000;
    view.stepped(at(3, 0.3, Duration.ofSeconds(3)));
    assertThat(text()).contains("\u001B[2F\u001B[J", "step 3,");
    view.reported(report());
    nanos += 300_000_000;
    view.stepped(at(251, 0.4, Duration.ofSeconds(4)));

    // The report stays above the bar, and the bar goes on with its CCC.
    String[] frames = text().split(Pattern.quote("\u001B[2F\u001B[J"), -1);
    assertThat(frames).hasSize(3);
    assertThat(frames[2]).startsWith("step 250").contains("step 251", ", CCC faces arousal 0.500");
  }

  private static Progress at(long step, double spent, Duration trained) {
    return new Progress(step, spent, trained, Map.of("emotion", 0.125f));
  }

  private static TrainingReport report() {
    Map<String, Float> losses = new LinkedHashMap<>();
    losses.put("emotion", 0.125f);
    losses.put("prior_discriminator", 1.5f);
    return new TrainingReport(
        250,
        Duration.ofSeconds(61),
        losses,
        Map.of("faces", new Agreement(OptionalDouble.of(0.5), OptionalDouble.empty())),
        0.25,
        412,
        0.5);
  }

  private String text() {
    return bytes.toString(UTF_8);
  }
}
