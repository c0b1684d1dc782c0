package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.MemoryConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryParametersTest {
  @Test
  void config_ofTheTexts_isTheSame() {
    for (MemoryConfig config :
        List.of(MemoryConfig.standard(), MemoryConfig.paper(), MemoryConfig.authors())) {
      assertThat(MemoryParameters.config(MemoryParameters.of(config))).isEqualTo(config);
    }
  }

  @Test
  void parameterThatIsMissing_hasItsStandardValue() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("capacity", "7");

    assertThat(MemoryParameters.config(texts))
        .isEqualTo(MemoryConfig.standard().toBuilder().capacity(7).build());
  }

  @Test
  void parameterThatIsUnknownOrOutOfRange_isNamed() {
    assertThatThrownBy(() -> MemoryParameters.config(Map.of("mood", "7")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the parameter mood is not known to this release");
    assertThatThrownBy(() -> MemoryParameters.config(Map.of("capacity", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity = 1");
  }
}
