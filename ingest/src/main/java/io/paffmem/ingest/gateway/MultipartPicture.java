package io.paffmem.ingest.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The picture in an uploaded form (RFC 7578), as {@code curl -F file=@face.jpg} sends it. */
final class MultipartPicture {
  /** What the form may add to the picture. */
  static final int MOST_FORM_BYTES = 16 * 1024;

  private static final String FIELD = "file";
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i)multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70})).*");
  private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=(?:\"([^\"]*)\"|([^;\\s]+))");
  private static final Pattern FILE_NAME = Pattern.compile("(?i)[;\\s]filename\\*?=");
  private static final String HEAD_END = "\r\n\r\n";

  private MultipartPicture() {}

  /** Whether a request says that it is such a form. */
  static boolean isForm(@Nullable String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /**
   * The bytes of the field {@code file}, or of the first one that is a file.
   *
   * @param contentType of the request
   * @return empty if there is no such field, or the form is damaged
   */
  static Optional<byte[]> in(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches()) {
      return Optional.empty();
    }
    String named = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    // One character a byte, so that places in the text are places in the body.
    String text = new String(body, ISO_8859_1);
    String delimiter = "--" + named;
    int[] found = null;
    int at = text.startsWith(delimiter) ? 0 : text.indexOf("\r\n" + delimiter) + 2;
    while (at >= 0 && text.startsWith(delimiter + "\r\n", at)) {
      int head = at + delimiter.length();
      int begin = text.indexOf(HEAD_END, head);
      int end = begin < 0 ? -1 : text.indexOf("\r\n" + delimiter, begin + 2);
      if (end < 0) {
        return Optional.empty();
      }
      begin += HEAD_END.length();
      String heads = text.substring(head, begin);
      // An empty part has no end of its own head.
      int[] part = {Math.min(begin, end), end};
      if (FIELD.equals(name(heads))) {
        found = part;
        break;
      }
      if (found == null && FILE_NAME.matcher(heads).find()) {
        found = part;
      }
      at = end + 2;
    }
    return found == null
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(body, found[0], found[1]));
  }

  private static @Nullable String name(String heads) {
    Matcher name = NAME.matcher(heads);
    return name.find() ? (name.group(1) == null ? name.group(2) : name.group(1)) : null;
  }
}
