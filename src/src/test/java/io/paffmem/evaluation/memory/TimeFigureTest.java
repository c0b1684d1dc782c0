package io.paffmem.evaluation.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.MemoryConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class TimeFigureTest {
  private static final float[] Y = {-1, -1, 1, 1};
  private static final MemoryConfig SMALL =
      MemoryConfig.standard().toBuilder().dimensions(MemoryConfig.dimensionsFor(2)).build();

  @Test
  void svg_thirtySeconds_threePanelsOfFiveCurves() throws Exception {
    String svg = TimeFigure.svg(stream(750), SMALL);

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg).contains("arousal: CCC", "valence: CCC", "activity", ">30 s<");
    assertThat(svg.split("fill=\"none\"", -1)).hasSize(6);
    // No CCC before ten seconds have passed: a third of the way.
    assertThat(svg).contains("d=\"M327").doesNotContain("NaN");
  }

  @Test
  void svg_oneFace_isRefused() {
    assertThatThrownBy(() -> TimeFigure.svg(stream(1), SMALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LabelledStream stream(int n) {
    float[] labels = new float[2 * n];
    for (int i = 0; i < n; i++) {
      labels[2 * i] = (float) Math.sin(i / 20.0);
      labels[2 * i + 1] = (float) Math.cos(i / 20.0);
    }
    long[] millis = new long[n];
    Arrays.setAll(millis, i -> 40L * i);
    return new LabelledStream(
        "ann",
        Collections.nCopies(n, "x"),
        2,
        labels,
        labels,
        labels,
        millis,
        List.of(new LabelledStream.Seed(0, new SeedPairs(Y, Y, Y))));
  }
}
