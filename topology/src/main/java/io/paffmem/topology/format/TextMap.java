package io.paffmem.topology.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and values as bytes: a count, then each text with its length before it. */
final class TextMap {
  private TextMap() {}

  static int bytes(Map<String, String> texts) {
    int bytes = Integer.BYTES;
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      bytes += 2 * Integer.BYTES + utf8(entry.getKey()).length + utf8(entry.getValue()).length;
    }
    return bytes;
  }

  static void put(ByteBuffer into, Map<String, String> texts) {
    into.putInt(texts.size());
    texts.forEach(
        (name, value) -> {
          put(into, name);
          put(into, value);
        });
  }

  /**
   * Reads what {@link #put} wrote, in its order.
   *
   * @throws IllegalArgumentException if the lengths cannot be
   * @throws java.nio.BufferUnderflowException if there is less
   */
  static Map<String, String> get(ByteBuffer from) {
    int count = from.getInt();
    if (count < 0 || count > from.remaining() / (2 * Integer.BYTES)) {
      throw new IllegalArgumentException(count + " texts");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      texts.put(text(from), text(from));
    }
    return texts;
  }

  private static void put(ByteBuffer into, String text) {
    byte[] bytes = utf8(text);
    into.putInt(bytes.length).put(bytes);
  }

  private static String text(ByteBuffer from) {
    int length = from.getInt();
    if (length < 0 || length > from.remaining()) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
