package io.paffmem.ingest.gateway.frames;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** What people send where a JPEG or PNG is expected, and what they should do. */
final class OtherForm {
  private static final int HEAD_BYTES = 64;

  private OtherForm() {}

  /** To be read behind "neither JPEG nor PNG"; empty if nobody knows what it is. */
  static String advice(byte[] body) {
    String head = new String(body, 0, Math.min(body.length, HEAD_BYTES), ISO_8859_1);
    String text = head.stripLeading().toLowerCase(Locale.ROOT);
    if (head.startsWith("\u001f\u008b")) {
      return ", but compressed with gzip; send the picture as it is, it is compressed already";
    } else if (text.startsWith("data:")) {
      return ", but a data URL; send the bytes of the picture, not text";
    } else if (text.startsWith("/9j/") || text.startsWith("ivbor")) {
      return ", but base64; send the bytes of the picture, not text";
    } else if (text.startsWith("--")) {
      return ", but a form; over HTTP send it with its Content-Type, multipart/form-data with the"
          + " boundary";
    } else if (text.startsWith("{") || text.startsWith("[")) {
      return ", but JSON; send the bytes of the picture alone, and the rest as parameters";
    } else if (text.startsWith("<")) {
      return ", but a page or SVG; send a JPEG or PNG";
    } else if (head.startsWith("GIF8")
        || head.startsWith("BM")
        || head.startsWith("II*")
        || head.startsWith("MM\u0000*")
        || (head.startsWith("RIFF") && head.startsWith("WEBP", 8))
        || head.startsWith("ftyp", 4)) {
      return ", but another kind of picture (GIF, BMP, TIFF, WebP, HEIC or AVIF?) or a video;"
          + " convert it to JPEG";
    } else if (text.matches("(?s)[a-z0-9_]+=[^\\x00-\\x08]*")) {
      return ", but a form; send the bytes of the picture (curl --data-binary @FILE), or"
          + " multipart/form-data with the picture as file";
    }
    return body.length == 0 ? ", but nothing" : "";
  }
}
