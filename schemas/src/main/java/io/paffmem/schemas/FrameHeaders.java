package io.paffmem.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Headers of {@link Topics#FRAMES}, of which the consent, and that a label teaches, go on to {@link
 * Topics#EMBEDDINGS}, UTF-8 text: what the publisher declares about a frame's stream. They are
 * about the right to process the frame, not about its content, so they are no part of the record,
 * and a dead letter keeps them.
 */
public final class FrameHeaders {
  /** What the frame is processed for, e.g. {@code medical}. */
  public static final String PURPOSE = "paffmem.purpose";

  /** Reference to the person's consent, in the publisher's own books. */
  public static final String CONSENT = "paffmem.consent";

  /** That the frame's label teaches the person's memory; the value says nothing. */
  public static final String TEACHES = "paffmem.teaches";

  private FrameHeaders() {}

  /** Adds a header, where there is something to declare. */
  public static void declare(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The reference to a consent that the headers name; null if they name none. */
  public static @Nullable String consent(Headers headers) {
    return hasConsent(headers)
        ? new String(headers.lastHeader(CONSENT).value(), StandardCharsets.UTF_8)
        : null;
  }

  /** Whether the frame's label teaches. */
  public static boolean teaches(Headers headers) {
    return headers.lastHeader(TEACHES) != null;
  }

  /** Whether the headers name a consent, as {@link #isReference} has it. */
  public static boolean hasConsent(Headers headers) {
    Header consent = headers.lastHeader(CONSENT);
    return consent != null
        && consent.value() != null
        && isReference(new String(consent.value(), StandardCharsets.UTF_8));
  }

  /** Whether a text can refer to anything: it has a letter or a digit. */
  public static boolean isReference(String consent) {
    return consent.codePoints().anyMatch(Character::isLetterOrDigit);
  }
}
