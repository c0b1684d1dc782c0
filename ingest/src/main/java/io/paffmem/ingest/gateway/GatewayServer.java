package io.paffmem.ingest.gateway;

import io.javalin.config.RoutesConfig;
import io.paffmem.web.BearerToken;
import io.paffmem.web.HealthRoutes;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/** What the gateway's port serves. */
final class GatewayServer {
  private GatewayServer() {}

  /**
   * Starts to listen.
   *
   * @param feeds makes what serves a WebSocket, given the token of its Authorization header (null
   *     for none); gives null where there is no room for another
   */
  static WebServer start(
      WebConfig config,
      HttpFrames frames,
      Function<@Nullable String, @Nullable FeedSocket> feeds,
      Supplier<Optional<String>> problem) {
    return WebServer.start(
        "the gateway",
        config,
        javalin -> {
          WebServer.addWebSockets(
              javalin, "/v1/feed", (request, response) -> upgrade(request, response, feeds));
          route(javalin.routes, frames, problem);
        });
  }

  private static @Nullable Object upgrade(
      JettyServerUpgradeRequest request,
      JettyServerUpgradeResponse response,
      Function<@Nullable String, @Nullable FeedSocket> feeds) {
    FeedSocket feed = feeds.apply(BearerToken.of(request.getHeader("Authorization")));
    if (feed == null) {
      response.setHeader("Retry-After", "5");
      try {
        response.sendError(503, "no room for another feed");
      } catch (IOException e) {
        // The one who asked is gone.
      }
    }
    return feed;
  }

  private static void route(
      RoutesConfig routes, HttpFrames frames, Supplier<Optional<String>> problem) {
    routes.post("/v1/people/{person}/frames", frames::post);
    HealthRoutes.addTo(routes, problem);
    Pages.addTo(routes);
  }
}
