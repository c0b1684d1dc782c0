package io.paffmem.app.options;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whether memories are guarded. */
public final class GuardOption {
  @Option(
      names = "--guard",
      paramLabel = "on|off",
      converter = Switch.class,
      description =
          "Keep faces that do not look like the person out of their memory. Off: nobody computes or"
              + " keeps how a person looks. Default: on.")
  private boolean on = true;

  public boolean isOn() {
    return on;
  }

  static final class Switch implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      if (!List.of("on", "off").contains(text)) {
        throw new TypeConversionException("must be on or off; it is '" + text + "'");
      }
      return text.equals("on");
    }
  }
}
