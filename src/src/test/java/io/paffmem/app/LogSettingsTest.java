package io.paffmem.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.start.StartException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
  @Test
  void check_whatLogbackKnows_isTaken() {
    assertThatCode(() -> LogSettings.check(Map.of())).doesNotThrowAnyException();
    assertThatCode(
            () ->
                LogSettings.check(
                    Map.of("PAFFMEM_LOG_FORMAT", "json", "PAFFMEM_LOG_LEVEL", "debug")))
        .doesNotThrowAnyException();
  }

  @Test
  void check_anythingElse_isRefusedByName() {
    assertThatThrownBy(() -> LogSettings.check(Map.of("PAFFMEM_LOG_FORMAT", "xml")))
        .isInstanceOf(StartException.class)
        .hasMessage("PAFFMEM_LOG_FORMAT is 'xml'; allowed are text, json");
    assertThatThrownBy(() -> LogSettings.check(Map.of("PAFFMEM_LOG_LEVEL", "loud")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("error, warn, info, debug");
  }
}
