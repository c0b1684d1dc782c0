package io.paffmem.ingest.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultipartPictureTest {
  private static final String TYPE = "multipart/form-data; boundary=xx";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the only part         | --xx~Content-Disposition: form-data; name=\"file\"~~PIC~--xx--~ | PIC",
        "a preamble            | hello~--xx~Content-Disposition: form-data; name=file~~PIC~--xx-- | PIC",
        "behind a text         | --xx~Content-Disposition: form-data; name=\"a\"~~1~--xx~Content-Disposition: form-data; name=\"file\"~~PIC~--xx-- | PIC",
        "another field's file  | --xx~Content-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"~Content-Type: image/jpeg~~PIC~--xx-- | PIC",
        "file wins             | --xx~Content-Disposition: form-data; name=\"p\"; filename=\"a\"~~NO~--xx~Content-Disposition: form-data; name=\"file\"~~PIC~--xx-- | PIC",
        "empty                 | --xx~Content-Disposition: form-data; name=\"file\"~~~--xx-- | ''",
        "no file               | --xx~Content-Disposition: form-data; name=\"a\"~~1~--xx-- |",
        "cut off               | --xx~Content-Disposition: form-data; name=\"file\"~~PIC |",
        "no head               | --xx~PIC |",
        "other boundary        | --yy~Content-Disposition: form-data; name=\"file\"~~PIC~--yy-- |",
        "nothing               | '' |"
      })
  void in_form_isThePartThatIsThePicture(String what, String body, @Nullable String picture) {
    Optional<byte[]> found =
        MultipartPicture.in(TYPE, body.replace("~", "\r\n").getBytes(ISO_8859_1));

    assertThat(found.map(bytes -> new String(bytes, ISO_8859_1)))
        .as(what)
        .isEqualTo(Optional.ofNullable(picture));
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=xx, true",
    "'Multipart/Form-Data; charset=utf-8; boundary=\"xx\"', true",
    "multipart/form-data, false",
    "multipart/form-data; boundary=, false"
  })
  void in_contentType_namesTheBoundary(String type, boolean found) {
    byte[] body =
        "--xx\r\nContent-Disposition: form-data; name=file\r\n\r\nPIC\r\n--xx--"
            .getBytes(ISO_8859_1);

    assertThat(MultipartPicture.isForm(type)).isTrue();
    assertThat(MultipartPicture.in(type, body).isPresent()).isEqualTo(found);
  }
}
