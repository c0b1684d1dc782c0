package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.MemoryConfig.Activity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryParametersTest {
  private static final MemoryConfig STANDARD = MemoryConfig.standard();

  @Test
  void of_everyParameterOfAllParts_byItsName() {
    assertThat(MemoryParameters.of(STANDARD))
        .containsEntry("dimensions", "52")
        .containsEntry("activity", "SQUARED")
        .containsEntry("reading.rule", "CORRECTED")
        .containsEntry("reading.biasShare", "1.0")
        .doesNotContainKey("reading");
  }

  @Test
  void changed_nothingOrItself_isTheSame() {
    assertThat(MemoryParameters.changed(STANDARD, Map.of())).isEqualTo(STANDARD);
    assertThat(MemoryParameters.changed(MemoryConfig.authors(), MemoryParameters.of(STANDARD)))
        .isEqualTo(STANDARD);
  }

  @Test
  void changed_numbersAndNames_changesThoseAlone() {
    MemoryConfig changed =
        MemoryParameters.changed(
            STANDARD, Map.of("epochs", "3", "activity", " PLAIN ", "reading.reach", "2.5"));

    assertThat(changed)
        .isEqualTo(
            STANDARD.toBuilder()
                .epochs(3)
                .activity(Activity.PLAIN)
                .reading(STANDARD.reading().toBuilder().reach(2.5f).build())
                .build());
  }

  @Test
  void changed_mistakes_saysWhichAndWhatIsAllowed() {
    refused("reading.reech", "1", "no parameter reading.reech", "reading.reach");
    refused("reading", "1", "no parameter reading");
    refused("epochs", "2.5", "epochs = 2.5 (a whole number allowed)");
    refused("labelRate", "much", "labelRate = much (a number allowed)");
    refused("activity", "plain", "activity = plain (one of [SQUARED, PLAIN] allowed)");
    refused("labelRate", "2", "labelRate = 2.0 (0 to 1 allowed)");
    refused("reading.biasShare", "-1", "biasShare = -1.0 (0 to 1 allowed)");
  }

  private static void refused(String name, String value, String... says) {
    assertThatThrownBy(() -> MemoryParameters.changed(STANDARD, Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(says);
  }
}
