package io.paffmem.web;

import io.javalin.config.RoutesConfig;

/**
 * What a browser is told to refuse, with every answer. Nothing is kept by caches either; {@link
 * WebFiles} says otherwise for files.
 *
 * @param contentSecurityPolicy see {@link #OWN_HOST_ALONE}
 * @param permissionsPolicy what of the browser the page may use
 */
public record SecurityHeaders(String contentSecurityPolicy, String permissionsPolicy) {
  /** Nothing comes from another host, nothing is written into the page, nobody frames it. */
  public static final String OWN_HOST_ALONE =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** Puts them on every answer. */
  public void addTo(RoutesConfig routes) {
    routes.before(
        request ->
            request
                .header("Content-Security-Policy", contentSecurityPolicy)
                .header("Permissions-Policy", permissionsPolicy)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store"));
  }
}
