package io.paffmem.app.options;

import io.paffmem.ingest.synthetic.Mood;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what synthetic people feel along time. */
public final class MoodOption implements ITypeConverter<Mood> {
  @Override
  public Mood convert(String text) {
    for (Mood mood : Mood.values()) {
      if (mood.name().toLowerCase(Locale.ROOT).equals(text)) {
        return mood;
      }
    }
    throw new TypeConversionException(
        "expected one of roam, call, one, drift but was '" + text + "'");
  }
}
