package io.paffmem.ingest.gateway.frames;

import io.paffmem.ingest.gateway.frames.Declaration.PictureKind;
import io.paffmem.ingest.gateway.frames.Declaration.Subjects;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.PersonName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what was said, as texts, and collects all that is wrong with it. */
public final class DeclarationReader {
  private static final double MAX_WISHED_RATE = 1_000;

  private final List<String> problems = new ArrayList<>();

  /** The declaration; not to be used if there are {@link #problems}. */
  public Declaration read(
      @Nullable String person,
      @Nullable String stream,
      double rate,
      @Nullable String purpose,
      @Nullable String consent,
      @Nullable String subjects,
      @Nullable String picture) {
    if (!(rate > 0 && rate <= MAX_WISHED_RATE)) {
      problems.add("rate must be above 0 and at most " + (long) MAX_WISHED_RATE);
    }
    return new Declaration(
        person(person),
        name("stream", stream),
        rate,
        optionalName("purpose", purpose),
        optionalName("consent", consent),
        subjects == null ? null : choice("subjects", subjects, Subjects.class).orElse(null),
        picture == null
            ? PictureKind.WHOLE
            : choice("picture", picture, PictureKind.class).orElse(PictureKind.WHOLE));
  }

  /** A whole number as a sequence or a time is; empty if it is missing. */
  public OptionalLong whole(String field, @Nullable String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0 && value <= LiveStream.MAX_SEQUENCE) {
        return OptionalLong.of(value);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    problems.add(field + " must be a whole number, 0 to " + LiveStream.MAX_SEQUENCE);
    return OptionalLong.empty();
  }

  /** What is wrong, in the words for who said it; empty if nothing is. */
  public List<String> problems() {
    return problems;
  }

  private String person(@Nullable String text) {
    if (text == null) {
      problems.add("person is missing");
      return "";
    }
    String name = PersonName.canonical(text);
    PersonName.problem(name).ifPresent(problem -> problems.add("person " + problem));
    return name;
  }

  private String name(String field, @Nullable String text) {
    if (text == null) {
      problems.add(field + " is missing");
      return "";
    }
    if (text.isBlank() || text.length() > PersonKey.MAX_CHARACTERS) {
      problems.add(
          "%s has %d characters; allowed are 1 to %d, not all blank"
              .formatted(field, text.length(), PersonKey.MAX_CHARACTERS));
    }
    if (text.codePoints().anyMatch(DeclarationReader::isUnprintable)) {
      problems.add(field + " has control characters or halves of characters");
    }
    return text;
  }

  private @Nullable String optionalName(String field, @Nullable String text) {
    return text == null || text.isBlank() ? null : name(field, text);
  }

  /**
   * Half a surrogate pair has no UTF-8 form, and U+FFFD stands for bytes that were none: two such
   * names would be one key.
   */
  private static boolean isUnprintable(int codePoint) {
    return Character.isISOControl(codePoint)
        || Character.getType(codePoint) == Character.SURROGATE
        || codePoint == '\ufffd'
        || codePoint == '\u2028'
        || codePoint == '\u2029';
  }

  private <E extends Enum<E>> Optional<E> choice(String field, String text, Class<E> type) {
    for (E each : type.getEnumConstants()) {
      if (text.equals(each.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(each);
      }
    }
    problems.add(
        field
            + " must be one of "
            + Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    return Optional.empty();
  }
}
