package io.paffmem.app.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How long frames of a newcomer wait for imagined faces, as the command line has it: seconds, 0 for
 * not at all, {@code none} for no limit.
 *
 * @param time null for no limit
 */
public record WaitingLimit(@Nullable Duration time) {
  /** Of what is live: the PK answers until the memory can. */
  public static final WaitingLimit AT_ONCE = new WaitingLimit(Duration.ZERO);

  /** Of what is recorded: every frame is the memory's, and speed changes no answer. */
  public static final WaitingLimit NONE = new WaitingLimit(null);

  static final class Converter implements ITypeConverter<WaitingLimit> {
    @Override
    public WaitingLimit convert(String text) {
      if (text.equals("none")) {
        return NONE;
      }
      double seconds = seconds(text);
      if (!(seconds >= 0 && seconds <= 1e9)) {
        throw new TypeConversionException(
            "must be a number of seconds, 0 for not at all, or none; it is '" + text + "'");
      }
      // A limit that is not 0 stays one.
      long millis = seconds == 0 ? 0 : Math.max(1, Math.round(seconds * 1000));
      return new WaitingLimit(Duration.ofMillis(millis));
    }

    private static double seconds(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }
}
