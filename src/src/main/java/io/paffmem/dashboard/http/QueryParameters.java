package io.paffmem.dashboard.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The query of a request. */
final class QueryParameters {
  private final Map<String, List<String>> given;

  /**
   * Reads it.
   *
   * @param known names that may be there; those that are not {@code repeatable} once
   * @throws RefusedException if there are others: one passed over would seem to have worked
   */
  QueryParameters(Context request, Set<String> known, Set<String> repeatable) {
    String query = request.queryString();
    given = request.queryParamMap();
    int parts = query == null || query.isEmpty() ? 0 : query.split("&", -1).length;
    // What cannot be decoded is missing here.
    boolean areAllRead = given.values().stream().mapToInt(List::size).sum() == parts;
    boolean areAllKnown = known.containsAll(given.keySet());
    boolean areOnce =
        given.entrySet().stream()
            .allMatch(each -> each.getValue().size() == 1 || repeatable.contains(each.getKey()));
    if (!areAllRead || !areAllKnown || !areOnce) {
      throw new RefusedException(
          ApiError.INVALID_REQUEST,
          known.isEmpty()
              ? "there are no parameters here"
              : "parameters are "
                  + String.join(", ", new TreeSet<>(known))
                  + "; each once"
                  + (repeatable.isEmpty() ? "" : " but " + String.join(", ", repeatable))
                  + ", URL-encoded");
    }
  }

  List<String> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  @Nullable String one(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * A whole number.
   *
   * @throws RefusedException if it is none, or out of range
   */
  long whole(String name, long least, long most, long without) {
    String text = one(name);
    if (text == null) {
      return without;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new RefusedException(
        ApiError.INVALID_REQUEST,
        "%s must be a whole number, %d to %d".formatted(name, least, most));
  }

  /**
   * A time, in milliseconds since 1970 or as in {@code 2026-01-31T12:00:00Z}.
   *
   * @throws RefusedException if it is none
   */
  long millis(String name, long without) {
    String text = one(name);
    if (text == null) {
      return without;
    }
    try {
      return text.contains("T") ? Instant.parse(text).toEpochMilli() : Long.parseLong(text);
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw new RefusedException(
          ApiError.INVALID_REQUEST,
          name + " must be milliseconds since 1970, or a time such as 2026-01-31T12:00:00Z");
    }
  }
}
