package io.paffmem.app.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether memories are guarded. */
public final class GuardOption {
  @Option(
      names = "--guard",
      paramLabel = "on|off",
      converter = Converter.class,
      description =
          "Keep faces that do not look like the person out of their memory. Off: nobody computes or"
              + " keeps how a person looks. Default: on.")
  private Guard guard = Guard.ON;

  enum Guard {
    ON,
    OFF
  }

  public boolean isOn() {
    return guard == Guard.ON;
  }

  static final class Converter implements ITypeConverter<Guard> {
    @Override
    public Guard convert(String text) {
      return switch (text) {
        case "on" -> Guard.ON;
        case "off" -> Guard.OFF;
        default -> throw new TypeConversionException("must be on or off; it is '" + text + "'");
      };
    }
  }
}
