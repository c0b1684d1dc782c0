package io.paffmem.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ProblemsTest {
  private final Problems problems = new Problems();

  @Test
  void throwIfAny_none_passes() {
    problems.addIf(false, "--people is %d", 0);
    problems.addRefusalOf(() -> "made");

    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void throwIfAny_several_namesAllInOrder() {
    problems.add("100 % of something");
    problems.addIf(true, "--people is %d, must be at most %d", -1, 5);
    problems.addRefusalOf(
        () -> {
          throw new IllegalArgumentException("cannot be made");
        });

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(StartException.class)
        .hasMessage("100 % of something; --people is -1, must be at most 5; cannot be made");
  }

  @Test
  void addRefusalOf_bug_isThrown() {
    assertThatThrownBy(
            () ->
                problems.addRefusalOf(
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
