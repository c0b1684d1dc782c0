package io.paffmem.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.avro.FaceQuality;
import org.jspecify.annotations.Nullable;
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
  void line_faceThatWasMeasured_hasItsQualityInTheLastColumns() {
    FaceQuality some = new FaceQuality(false, 14f, 0.5f, 0.25f, null, null, null);
    FaceQuality all = new FaceQuality(true, 104f, 0.5f, 0f, 0.75f, -3f, 2f);

    String unknown = line(null);
    String partly = line(some);
    String wholly = line(all);

    assertThat(unknown).endsWith(",pk-1,,,,,,,,,,\r\n");
    assertThat(partly).endsWith(",pk-1,,,,false,14.0,0.5,0.25,,,\r\n");
    assertThat(wholly).endsWith(",pk-1,,,,true,104.0,0.5,0.0,0.75,-3.0,2.0\r\n");
    assertThat(unknown.split(",", -1)).hasSize(EmotionCsv.HEADER.split(",").length);
  }

  private static String line(@Nullable FaceQuality quality) {
    long at = 1_700_000_000_000L;
    return EmotionCsv.line(ReadyEvent.of("ann", at, quality).emotion(), at);
  }

  @Test
  void quoted_otherText_isAsItIsOrInQuotes() {
    assertThat(EmotionCsv.quoted("ann=1")).isEqualTo("ann=1");
    assertThat(EmotionCsv.quoted("")).isEmpty();
    assertThat(EmotionCsv.quoted("call, \"one\"")).isEqualTo("\"call, \"\"one\"\"\"");
  }
}
