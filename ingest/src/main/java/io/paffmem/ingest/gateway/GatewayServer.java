package io.paffmem.ingest.gateway;

import io.javalin.config.RoutesConfig;
import io.paffmem.web.BearerToken;
import io.paffmem.web.HealthRoutes;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/** What the gateway's port serves. */
final class GatewayServer {
  private GatewayServer() {}

  /** Whether a connection may become a WebSocket. */
  sealed interface Door {}

  /** It may, and this serves it. */
  record Open(FeedSocket feed) implements Door {}

  /** It may not. */
  record Closed(int status, String why) implements Door {}

  /**
   * Starts to listen.
   *
   * @param feeds says what becomes of a connection, given the token of its Authorization header
   *     (null for none) and the address of the other side
   * @param more adds routes that are not the gateway's own
   */
  static WebServer start(
      WebConfig config,
      HttpFrames frames,
      BiFunction<@Nullable String, String, Door> feeds,
      Consumer<RoutesConfig> more,
      Supplier<Optional<String>> problem) {
    return WebServer.start(
        "the gateway",
        config,
        javalin -> {
          WebServer.addWebSockets(
              javalin, "/v1/feed", (request, response) -> upgrade(request, response, feeds));
          route(javalin.routes, frames, problem);
          more.accept(javalin.routes);
        });
  }

  private static @Nullable Object upgrade(
      JettyServerUpgradeRequest request,
      JettyServerUpgradeResponse response,
      BiFunction<@Nullable String, String, Door> feeds) {
    String address =
        request.getRemoteSocketAddress() instanceof InetSocketAddress remote
            ? remote.getHostString()
            : "";
    Door door = feeds.apply(BearerToken.of(request.getHeader("Authorization")), address);
    if (door instanceof Open open) {
      return open.feed();
    }
    Closed closed = (Closed) door;
    if (closed.status() == 503) {
      response.setHeader("Retry-After", "5");
    }
    try {
      response.sendError(closed.status(), closed.why());
    } catch (IOException e) {
      // The one who asked is gone.
    }
    return null;
  }

  private static void route(
      RoutesConfig routes, HttpFrames frames, Supplier<Optional<String>> problem) {
    routes.post("/v1/people/{person}/frames", frames::post);
    HealthRoutes.addTo(routes, problem);
    Pages.addTo(routes);
  }
}
