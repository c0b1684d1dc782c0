package io.paffmem.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is wrong with a configuration: collected, so that all of it is told at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /**
   * Adds one.
   *
   * @param problem names the option, its value, and what is allowed
   */
  public void add(String problem) {
    found.add(problem);
  }

  /**
   * Adds one where something is wrong.
   *
   * @param format of {@link String#format(Locale, String, Object...)}
   */
  public void addIf(boolean isWrong, String format, @Nullable Object... values) {
    if (isWrong) {
      found.add(String.format(Locale.ROOT, format, values));
    }
  }

  /** Adds what the making of something refuses. */
  public void addRefusalOf(Supplier<?> making) {
    try {
      var unused = making.get();
    } catch (StartException | IllegalArgumentException e) {
      found.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Ends the collecting.
   *
   * @throws StartException naming all that were added
   */
  public void throwIfAny() {
    throwIfAny(StartException::new);
  }

  /** As the other, with an exception of another kind. */
  public void throwIfAny(Function<String, ? extends RuntimeException> exception) {
    if (!found.isEmpty()) {
      throw exception.apply(String.join("; ", found));
    }
  }
}
