package io.paffmem.app.run;

import io.paffmem.ingest.video.SourceAddress;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.PersonName;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Who is seen where.
 *
 * @param person a name as {@link PersonName} has it
 */
record NamedSource(String person, SourceAddress address) {
  /** As the command line has it: {@code PERSON=ADDRESS}. */
  static final class Converter implements ITypeConverter<NamedSource> {
    @Override
    public NamedSource convert(String text) {
      int equals = text.indexOf('=');
      String person = PersonName.canonical(text.substring(0, Math.max(0, equals)));
      if (person.isEmpty() || equals == text.length() - 1) {
        throw new TypeConversionException(
            "must be PERSON=ADDRESS, with 1 to "
                + PersonKey.MAX_CHARACTERS
                + " characters for the person, and a file, a camera or an address");
      }
      Optional<String> problem = PersonName.problem(person);
      if (problem.isPresent()) {
        throw new TypeConversionException("the person's name " + problem.get());
      }
      try {
        return new NamedSource(person, SourceAddress.of(text.substring(equals + 1)));
      } catch (VideoException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
