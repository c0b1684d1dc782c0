package io.paffmem.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveViewTest {
  private static final String ESCAPE = "\u001B[";
  private static final String NO_WRAP = ESCAPE + "?7l";
  private static final String WRAP = ESCAPE + "?7h";
  private static final String END_OF_LINE = ESCAPE + "K\n";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void inPlace_secondDrawing_goesBackOverAllLinesOfTheFirst() {
    Iterator<String> tables = List.of("person\n", "person\nann\n", "person\nann\n").iterator();
    LiveView.InPlace view = new LiveView.InPlace(out, tables::next);

    view.accept("\rdemo 0%  ");
    assertThat(drawn())
        .isEqualTo(NO_WRAP + "person" + END_OF_LINE + "demo 0%" + END_OF_LINE + WRAP);

    view.accept("\rdemo 50%  ");
    String second = "person" + END_OF_LINE + "ann" + END_OF_LINE + "demo 50%" + END_OF_LINE;
    assertThat(drawn()).isEqualTo(NO_WRAP + ESCAPE + "2F" + second + WRAP);

    view.accept("\rdemo 50%  ");
    assertThat(drawn()).isEqualTo(NO_WRAP + ESCAPE + "3F" + second + WRAP);
  }

  @Test
  void close_terminal_lastStateIsDrawn() {
    LiveView view = new LiveView(out, true, () -> "person\n", "demo", 40);

    view.advance(40);
    view.close();
    view.close();

    String all = drawn();
    assertThat(all).contains("person" + END_OF_LINE).endsWith(END_OF_LINE + WRAP);
    assertThat(all.substring(all.lastIndexOf(NO_WRAP))).contains("100%").contains("40/40");
  }

  @Test
  void close_videoShorterThanItsEstimate_barIsFull() {
    LiveView view = new LiveView(out, true, () -> "", "clip.mp4", 1_000);

    view.advance(72);
    view.close();

    String all = drawn();
    assertThat(all.substring(all.lastIndexOf(NO_WRAP))).contains("100%").contains("72/72");
  }

  @Test
  void close_noTerminal_plainLinesWithoutEscapeCodes() {
    LiveView view = new LiveView(out, false, () -> "person\n", "demo", 40);

    view.advance(40);
    view.close();

    String all = drawn();
    assertThat(all).doesNotContain("\u001B").doesNotContain("\r").doesNotContain("person");
    assertThat(all.lines().toList()).doesNotHaveDuplicates().allMatch(l -> l.startsWith("demo"));
    assertThat(all.lines().reduce("", (before, line) -> line)).contains("40/40");
    assertThat(all).endsWith(System.lineSeparator());
  }

  /** What was drawn since the last look. */
  private String drawn() {
    String text = bytes.toString(UTF_8);
    bytes.reset();
    return text;
  }
}
