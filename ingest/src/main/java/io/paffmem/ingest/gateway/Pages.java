package io.paffmem.ingest.gateway;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What a browser gets: the camera, the descriptions. Nothing of it comes from another host. */
final class Pages {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Pages() {}

  static void addTo(RoutesConfig routes) {
    routes.before(Pages::protect);
    add(routes, "/camera", "camera.html", "text/html; charset=utf-8");
    add(routes, "/camera.js", "camera.js", "text/javascript; charset=utf-8");
    add(routes, "/docs", "docs.html", "text/html; charset=utf-8");
    add(routes, "/style.css", "style.css", "text/css; charset=utf-8");
    add(routes, "/openapi.json", "openapi.json", "application/json");
    add(routes, "/asyncapi.json", "asyncapi.json", "application/json");
    routes.get("/favicon.ico", request -> request.status(HttpStatus.NO_CONTENT));
    routes.get("/", request -> request.redirect("/docs"));
  }

  private static void add(RoutesConfig routes, String path, String resource, String contentType) {
    byte[] content = read(resource);
    routes.get(path, request -> request.contentType(contentType).result(content));
  }

  private static void protect(Context request) {
    request
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("Permissions-Policy", "camera=(self), microphone=()")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store");
  }

  private static byte[] read(String resource) {
    try (InputStream in = requireNonNull(Pages.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
