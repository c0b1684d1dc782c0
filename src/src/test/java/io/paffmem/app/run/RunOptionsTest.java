package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.ledger.RunSummary;
import io.paffmem.start.StartException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunOptionsTest {
  private final PrintStream out = new PrintStream(OutputStream.nullOutputStream(), false);

  @Test
  void report_everyFaceOneEvent_passes() {
    assertThatCode(() -> new RunOptions().report(run(0, 0), out)).doesNotThrowAnyException();
  }

  @Test
  void report_lostOrDoubled_failsNamingHowMany() {
    assertThatThrownBy(() -> new RunOptions().report(run(3, 0), out))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("3 faces have no event");
    assertThatThrownBy(() -> new RunOptions().report(run(0, 2), out))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("2 events came twice");
  }

  @Test
  void report_interrupted_passesWithoutItsLastEvents() {
    assertThatCode(() -> new RunOptions().report(run(3, 0).ended(List.of(), true), out))
        .doesNotThrowAnyException();
  }

  private static RunSummary run(long lost, long duplicated) {
    return new RunSummary(
        80,
        72,
        0,
        72 - lost,
        72 - lost,
        0,
        0,
        0,
        lost,
        duplicated,
        0,
        0,
        0,
        0,
        1,
        3.5,
        20,
        new RunSummary.Latency(null, null),
        Map.of(),
        null,
        Map.of(),
        List.of(),
        false,
        0);
  }
}
