package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one number in a NumPy file (format 1 to 3 of NEP 1): a float, an integer, or, as AffectNet
 * has them, a text that says a number.
 */
final class NpyScalar {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
  private static final int VERSION_AT = 6;
  private static final int HEADER_LENGTH_AT = 8;

  /** Far above any header with one number behind it; nothing larger is read. */
  private static final int LARGEST_FILE = 8_192;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([A-Za-z])(\\d+)'");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

  private NpyScalar() {}

  /** The number; empty if the file holds something else. */
  static OptionalDouble read(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      return OptionalDouble.empty();
    }
    return of(Files.readAllBytes(file));
  }

  /** The number; empty if the bytes are something else. */
  static OptionalDouble of(byte[] npy) {
    ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    if (npy.length < HEADER_LENGTH_AT + 4 || !bytes.slice(0, MAGIC.length).equals(magic())) {
      return OptionalDouble.empty();
    }
    boolean first = npy[VERSION_AT] == 1;
    int headerAt = HEADER_LENGTH_AT + (first ? 2 : 4);
    long length = first ? bytes.getShort(HEADER_LENGTH_AT) & 0xFFFF : bytes.getInt(8) & 0xFFFFFFFFL;
    if (headerAt + length > npy.length) {
      return OptionalDouble.empty();
    }
    String header = new String(npy, headerAt, (int) length, ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find() || !isOne(shape.group(1))) {
      return OptionalDouble.empty();
    }
    ByteBuffer value = bytes.slice(headerAt + (int) length, npy.length - headerAt - (int) length);
    value.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return value(value, type.group(2) + type.group(3));
  }

  private static ByteBuffer magic() {
    return ByteBuffer.wrap(MAGIC);
  }

  /**
   * Whether {@code ""}, {@code "1,"}, {@code "1, 1"}: an array of any dimensions with one value.
   */
  private static boolean isOne(String shape) {
    for (String side : shape.split(",", -1)) {
      if (!side.isBlank() && !side.trim().equals("1")) {
        return false;
      }
    }
    return true;
  }

  private static OptionalDouble value(ByteBuffer value, String type) {
    int size = type.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(type.substring(1));
    boolean text = type.charAt(0) == 'U' || type.charAt(0) == 'S';
    long bytes = type.charAt(0) == 'U' ? 4L * size : size;
    if (value.remaining() < bytes || size < 1) {
      return OptionalDouble.empty();
    }
    if (text) {
      return parsed(characters(value, size, type.charAt(0) == 'U'));
    }
    return switch (type) {
      case "f8" -> OptionalDouble.of(value.getDouble());
      case "f4" -> OptionalDouble.of(value.getFloat());
      case "i8" -> OptionalDouble.of((double) value.getLong());
      case "i4" -> OptionalDouble.of(value.getInt());
      case "i2" -> OptionalDouble.of(value.getShort());
      case "i1" -> OptionalDouble.of(value.get());
      case "u1" -> OptionalDouble.of(value.get() & 0xFF);
      default -> OptionalDouble.empty();
    };
  }

  /** Text of one byte ('S') or four bytes ('U', UTF-32) a character, filled up with zeros. */
  private static String characters(ByteBuffer value, int size, boolean wide) {
    byte[] ascii = new byte[size];
    int length = 0;
    for (int i = 0; i < size; i++) {
      int character = wide ? value.getInt() : value.get();
      if (character != 0) {
        ascii[length++] = character > 0 && character < 128 ? (byte) character : (byte) '?';
      }
    }
    return new String(ascii, 0, length, US_ASCII);
  }

  private static OptionalDouble parsed(String number) {
    try {
      return OptionalDouble.of(Double.parseDouble(number.trim()));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
