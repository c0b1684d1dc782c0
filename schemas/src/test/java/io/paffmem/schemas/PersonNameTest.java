package io.paffmem.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonNameTest {
  @ParameterizedTest
  @CsvSource({
    "ann, ann",
    "'Zoe\u0301', 'Zo\u00e9'",
    "'Zo\u00e9', 'Zo\u00e9'",
    "'  ann \t', ann",
    "'\u00a0ann\u3000', ann",
    "'ann\u00a0lee', ann lee",
    "'\u1112\u1161\u11ab', '\ud55c'",
    "caller-7, caller-7",
    "'\u0645\u0631\u064a\u0645', '\u0645\u0631\u064a\u0645'"
  })
  void canonical_namesThatLookTheSame_areTheSame(String typed, String kept) {
    assertThat(PersonName.canonical(typed)).isEqualTo(kept);
    assertThat(PersonName.problem(kept)).isEmpty();
    assertThat(PersonName.isCanonical(kept)).isTrue();
    assertThat(PersonName.isCanonical(typed)).isEqualTo(typed.equals(kept));
  }

  /** No width, another direction, control, not decoded, half a pair, blank, a filler. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u200bnn",
        "\u202eann",
        "ann\u2069",
        "an\u00adn",
        "a\u0000nn",
        "a\nn",
        "ann\ufffd",
        "a\ud800n",
        "a\u2028n",
        "\u2800",
        "a\u3164",
        "ann\ufe0f",
        "\ufeffann",
        "",
        "   "
      })
  void problem_charactersThatAreNotSeen_isTold(String name) {
    assertThat(PersonName.problem(PersonName.canonical(name))).isPresent();
    assertThat(PersonName.isCanonical(name)).isFalse();
  }

  @Test
  void problem_length_isBounded() {
    assertThat(PersonName.problem("x".repeat(256))).isEmpty();
    assertThat(PersonName.problem("x".repeat(257)))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("257 characters; allowed are 1 to 256"));
  }
}
