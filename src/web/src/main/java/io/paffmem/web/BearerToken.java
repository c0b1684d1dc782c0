package io.paffmem.web;

import org.jspecify.annotations.Nullable;

/** RFC 6750: {@code Authorization: Bearer TOKEN}. */
public final class BearerToken {
  private static final String BEARER = "Bearer ";

  private BearerToken() {}

  /** The token of an Authorization header; null if there is none. */
  public static @Nullable String of(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }
}
