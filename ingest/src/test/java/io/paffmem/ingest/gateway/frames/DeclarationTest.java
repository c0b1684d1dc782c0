package io.paffmem.ingest.gateway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.gateway.frames.Declaration.PictureKind;
import io.paffmem.ingest.gateway.frames.Declaration.Subjects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeclarationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EMPLOYEES |         | true  | false",
        "EMPLOYEES | sales   | true  | false",
        "STUDENTS  | medical | false | true",
        "EMPLOYEES | Safety  | false | true",
        "CUSTOMERS |         | false | false",
        "          | medical | false | false"
      })
  void isProhibited_atWorkAndInEducation_unlessMedicalOrSafety(
      Subjects subjects, String purpose, boolean prohibited, boolean exempted) {
    Declaration declared =
        new Declaration("p", "s", 25, purpose, null, subjects, PictureKind.WHOLE);

    assertThat(declared.isProhibited()).isEqualTo(prohibited);
    assertThat(declared.isExemption()).isEqualTo(exempted);
  }
}
