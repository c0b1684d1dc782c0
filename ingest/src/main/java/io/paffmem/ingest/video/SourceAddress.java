package io.paffmem.ingest.video;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures come from, as a user names it: a file's path, a camera device of Linux ({@code
 * /dev/video0}), or an address that begins with {@code rtsp://}, {@code rtsps://}, {@code http://}
 * or {@code https://}.
 *
 * @param text as it was named; may hold a password
 */
public record SourceAddress(Kind kind, String text) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*");
  private static final Pattern DEVICE = Pattern.compile("/dev/video[0-9]+");

  /** With the host as its group; one of IPv6 has brackets. A password ends at the last @. */
  private static final Pattern AUTHORITY =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#]*@)?(\\[[^\\]]*\\]|[^/:?#]*).*");

  /** How it is read. */
  public enum Kind {
    FILE,
    DEVICE,
    RTSP,
    HTTP
  }

  /**
   * Tells the kind.
   *
   * @throws VideoException if it is an address of another scheme
   */
  public static SourceAddress of(String text) {
    var scheme = SCHEME.matcher(text);
    if (scheme.matches()) {
      return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
        case "rtsp", "rtsps" -> new SourceAddress(Kind.RTSP, text);
        case "http", "https" -> new SourceAddress(Kind.HTTP, text);
        default ->
            throw new VideoException(
                scheme.group(1)
                    + ":// cannot be read; name a file by its path, a camera as /dev/video0, or an"
                    + " address that begins with rtsp://, rtsps://, http:// or https://");
      };
    }
    return new SourceAddress(DEVICE.matcher(text).matches() ? Kind.DEVICE : Kind.FILE, text);
  }

  /**
   * The host of another address, where that is not this one's.
   *
   * @param location where it led; null if that is not known, which counts as here
   */
  Optional<String> leadsTo(@Nullable String location) {
    if (location == null) {
      return Optional.empty();
    }
    String there = host(location);
    return there.equalsIgnoreCase(host(text)) ? Optional.empty() : Optional.of(there);
  }

  /** The host of this address; one of IPv6 in brackets. */
  String host() {
    return host(text);
  }

  /** What stands between the user's name and the port. */
  private static String host(String address) {
    Matcher parts = AUTHORITY.matcher(address);
    return parts.matches() ? parts.group(1) : "";
  }

  /** For people to read: without user name, password and query, which may be secret. */
  @Override
  public String toString() {
    if (kind == Kind.FILE || kind == Kind.DEVICE) {
      return text;
    }
    // Up to the last @: a password that should have been escaped is hidden too.
    return text.replaceFirst("://.*@", "://").replaceFirst("[?#].*$", "");
  }
}
