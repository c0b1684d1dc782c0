package io.paffmem.app.options;

import io.paffmem.stage.SeedLayout;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a seed layout. */
public final class SeedLayoutOption implements ITypeConverter<SeedLayout> {
  /** What an option that takes a layout may be. */
  public static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    public Names() {
      SeedLayout.all().forEach(layout -> add(layout.name()));
    }
  }

  @Override
  public SeedLayout convert(String name) {
    return SeedLayout.named(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of " + SeedLayout.names() + " but was '" + name + "'"));
  }
}
