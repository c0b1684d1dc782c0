package io.paffmem.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmotionCsvTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\",\"y\")"})
  void quoted_textThatASpreadsheetWouldCarryOut_isText(String name) {
    assertThat(EmotionCsv.quoted(name)).matches("(?s)\"?'.*");
  }

  @Test
  void quoted_otherText_isAsItIsOrInQuotes() {
    assertThat(EmotionCsv.quoted("ann=1")).isEqualTo("ann=1");
    assertThat(EmotionCsv.quoted("")).isEmpty();
    assertThat(EmotionCsv.quoted("call, \"one\"")).isEqualTo("\"call, \"\"one\"\"\"");
  }
}
