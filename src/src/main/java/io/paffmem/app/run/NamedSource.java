package io.paffmem.app.run;

import io.paffmem.ingest.video.SourceAddress;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.schemas.PersonKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Who is seen where.
 *
 * @param person 1 to {@value PersonKey#MAX_CHARACTERS} characters
 */
record NamedSource(String person, SourceAddress address) {
  /** As the command line has it: {@code PERSON=ADDRESS}. */
  static final class Converter implements ITypeConverter<NamedSource> {
    @Override
    public NamedSource convert(String text) {
      int equals = text.indexOf('=');
      String person = text.substring(0, Math.max(0, equals));
      if (!isName(person) || equals == text.length() - 1) {
        throw new TypeConversionException(
            "must be PERSON=ADDRESS, with 1 to "
                + PersonKey.MAX_CHARACTERS
                + " characters for the person, and a file, a camera or an address");
      }
      try {
        return new NamedSource(person, SourceAddress.of(text.substring(equals + 1)));
      } catch (VideoException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  static boolean isName(String person) {
    return !person.isBlank() && person.length() <= PersonKey.MAX_CHARACTERS;
  }
}
