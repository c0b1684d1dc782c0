package io.paffmem.schemas;

import java.text.Normalizer;
import java.util.Optional;

/**
 * The one rule for names of persons, at every way into the system: two names that look the same are
 * the same. A name is in Unicode's composed form (NFC), has no spaces at its ends and only plain
 * ones within, and no character that is not seen: controls, characters without width, those that
 * turn the direction of writing, and what stands for bytes that could not be decoded.
 */
public final class PersonName {
  /** Not among Unicode's format characters, but as little to be seen. */
  private static final String UNSEEN = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

  private PersonName() {}

  /**
   * The form in which a name is kept: composed, and without spaces at its ends. What is left may
   * still have a {@link #problem}.
   */
  public static String canonical(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    Normalizer.normalize(name, Normalizer.Form.NFC)
        .codePoints()
        .forEach(c -> plain.appendCodePoint(isSpace(c) ? ' ' : c));
    return plain.toString().strip();
  }

  /**
   * What is wrong with a name in its canonical form, to be read behind "the name"; empty if it is
   * one.
   */
  public static Optional<String> problem(String canonical) {
    if (canonical.isEmpty() || canonical.length() > PersonKey.MAX_CHARACTERS) {
      return Optional.of(
          "has %d characters; allowed are 1 to %d, not all blank"
              .formatted(canonical.length(), PersonKey.MAX_CHARACTERS));
    }
    int place = 0;
    for (int character : canonical.codePoints().toArray()) {
      place++;
      if (isUnseen(character)) {
        return Optional.of(
            "has %s (U+%04X, the %d. one); type it again without"
                .formatted(kind(character), character, place));
      }
    }
    return Optional.empty();
  }

  /** Whether this is a name in the form in which it is kept. */
  public static boolean isCanonical(String name) {
    return problem(name).isEmpty() && canonical(name).equals(name);
  }

  private static String kind(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> "control characters";
      case Character.SURROGATE -> "halves of characters";
      default -> "a character that is not seen or was not decoded";
    };
  }

  private static boolean isSpace(int character) {
    return Character.getType(character) == Character.SPACE_SEPARATOR || character == '\t';
  }

  private static boolean isUnseen(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || character == 0xFFFD
        || UNSEEN.indexOf(character) >= 0
        || isVariationSelector(character);
  }

  private static boolean isVariationSelector(int character) {
    return (character >= 0x180B && character <= 0x180F)
        || (character >= 0xFE00 && character <= 0xFE0F)
        || (character >= 0xE0100 && character <= 0xE01EF);
  }
}
