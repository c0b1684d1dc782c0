package io.paffmem.ingest.gateway.frames;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtherFormTest {
  @ParameterizedTest
  @CsvSource({
    "'\u001f\u008b\u0008', compressed with gzip",
    "'data:image/jpeg;base64,/9j/4AAQ', a data URL",
    "/9j/4AAQSkZJRg, base64",
    "iVBORw0KGgo, base64",
    "'{\"image\": 1}', JSON",
    "'  <html>', a page",
    "GIF89a, another kind of picture",
    "BM6, another kind of picture",
    "'RIFF\u0001\u0002\u0003\u0004WEBPVP8', another kind of picture",
    "'\u0000\u0000\u0000\u0018ftypheic', another kind of picture",
    "'\u0000\u0000\u0000\u0018ftypavif', another kind of picture",
    "'--boundary\r\nContent-Disposition', a form",
    "image=%FF%D8, a form",
    "'', nothing"
  })
  void advice_whatPeopleSend_isTold(String body, String told) {
    assertThat(OtherForm.advice(body.getBytes(ISO_8859_1))).contains(told);
  }

  @ParameterizedTest
  @CsvSource({"'\u0001\u0002\u0003', ''", "'ÿØ', ''"})
  void advice_whatNobodyKnows_isNone(String body, String told) {
    assertThat(OtherForm.advice(body.getBytes(ISO_8859_1))).isEqualTo(told);
  }
}
