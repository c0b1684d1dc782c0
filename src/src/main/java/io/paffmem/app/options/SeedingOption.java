package io.paffmem.app.options;

import io.paffmem.memory.SeedingPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads which of a newcomer's first frames are seeded. */
final class SeedingOption implements ITypeConverter<SeedingPolicy> {
  @Override
  public SeedingPolicy convert(String text) {
    return switch (text) {
      case "by-need" -> SeedingPolicy.byNeed();
      case "every-frame" -> SeedingPolicy.everyFrame();
      default ->
          throw new TypeConversionException("must be by-need or every-frame; it is '" + text + "'");
    };
  }
}
