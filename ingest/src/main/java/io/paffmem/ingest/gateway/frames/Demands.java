package io.paffmem.ingest.gateway.frames;

import io.paffmem.schemas.FrameHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a stream must declare.
 *
 * @param consent whether a reference to a consent
 * @param subjects whether whom it is about
 * @param reference what a reference to a consent looks like, from its first character to its last;
 *     null for anything with a letter or a digit
 */
public record Demands(boolean consent, boolean subjects, @Nullable Pattern reference) {
  /** Nothing. */
  public static final Demands NONE = new Demands(false, false, null);

  /** A consent, or nothing. */
  public static Demands consent(boolean isRequired) {
    return isRequired ? new Demands(true, false, null) : NONE;
  }

  /** Whether a text refers to a consent as it must. */
  boolean isReference(String text) {
    Pattern wanted = reference;
    return wanted == null ? FrameHeaders.isReference(text) : wanted.matcher(text).matches();
  }
}
