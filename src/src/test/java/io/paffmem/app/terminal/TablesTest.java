package io.paffmem.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TablesTest {
  @Test
  void render_columnsOfDifferentWidth_firstToTheLeftOthersToTheRight() {
    String table =
        Tables.render(
            List.of(
                List.of("person", "neurons", "lag"),
                List.of("ann", "7", "0"),
                List.of("bartholomew", "123", "1000")));

    assertThat(table)
        .isEqualTo(
            """
            person       neurons   lag
            ann                7     0
            bartholomew      123  1000
            """);
  }

  @Test
  void render_oneColumn_noBlanksAtTheEnd() {
    assertThat(Tables.render(List.of(List.of("a"), List.of("longer")))).isEqualTo("a\nlonger\n");
  }

  @Test
  void name_longOne_cutToEighteen() {
    assertThat(Tables.name("x".repeat(18))).isEqualTo("x".repeat(18));
    assertThat(Tables.name("x".repeat(19))).isEqualTo("x".repeat(17) + "…");
  }

  @Test
  void name_controlCharacters_cannotDisturbTheScreen() {
    assertThat(Tables.name("a\n\u001B[2Jb")).isEqualTo("a??[2Jb");
  }
}
