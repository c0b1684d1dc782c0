package io.paffmem.ingest.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpStatus;
import io.paffmem.web.SecurityHeaders;
import io.paffmem.web.WebFiles;

/** What a browser gets: the camera, the descriptions. Nothing of it comes from another host. */
final class Pages {
  private Pages() {}

  static void addTo(RoutesConfig routes) {
    new SecurityHeaders(SecurityHeaders.OWN_HOST_ALONE, "camera=(self), microphone=()")
        .addTo(routes);
    new WebFiles(routes, Pages.class)
        .add("/camera", "camera.html")
        .add("/camera.js", "camera.js")
        .add("/docs", "docs.html")
        .add("/style.css", "style.css")
        .add("/openapi.json", "openapi.json")
        .add("/asyncapi.json", "asyncapi.json");
    routes.get("/favicon.ico", request -> request.status(HttpStatus.NO_CONTENT));
    routes.get("/", request -> request.redirect("/docs"));
  }
}
