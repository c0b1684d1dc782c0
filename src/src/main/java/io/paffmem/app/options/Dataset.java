package io.paffmem.app.options;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where labelled faces come from. Each command takes some of these. */
public enum Dataset {
  /** Photographs in the layout of muxspace/facial_expressions. */
  FACES,
  /** FER+, of which ten people voted for each photograph. */
  FERPLUS,
  /** AffectNet. */
  AFFECTNET,
  /** OMG-Emotion, videos with a label for each utterance. */
  OMG,
  /** People who do not exist, rendered. */
  SYNTHETIC;

  /** As options, names of streams and reports spell it. */
  public String spelled() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads one of those that a command takes, in lower or upper case. */
  public abstract static class OneOf implements ITypeConverter<Dataset> {
    private final List<Dataset> taken;

    protected OneOf(Dataset... taken) {
      this.taken = List.of(taken);
    }

    @Override
    public Dataset convert(String text) {
      for (Dataset one : taken) {
        if (one.name().equalsIgnoreCase(text)) {
          return one;
        }
      }
      throw new TypeConversionException(
          "expected one of " + taken + " (case-insensitive) but was '" + text + "'");
    }
  }
}
