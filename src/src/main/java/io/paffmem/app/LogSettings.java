package io.paffmem.app;

import io.paffmem.start.StartException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the log is written: logback.xml reads both settings itself, before any option is read, and
 * takes a wrong one in silence.
 */
final class LogSettings {
  static final String FORMAT = "PAFFMEM_LOG_FORMAT";
  static final String LEVEL = "PAFFMEM_LOG_LEVEL";

  private static final List<String> FORMATS = List.of("text", "json");
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

  private LogSettings() {}

  /**
   * Checks both.
   *
   * @throws StartException if one has another value than is allowed
   */
  static void check(Map<String, String> environment) {
    check(FORMAT, FORMATS, environment);
    check(LEVEL, LEVELS, environment);
  }

  private static void check(String name, List<String> allowed, Map<String, String> environment) {
    @Nullable String value = environment.get(name);
    if (value != null && !allowed.contains(value)) {
      throw new StartException(
          "%s is '%s'; allowed are %s".formatted(name, value, String.join(", ", allowed)));
    }
  }
}
