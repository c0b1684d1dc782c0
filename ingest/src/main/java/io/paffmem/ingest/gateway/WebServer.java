package io.paffmem.ingest.gateway;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.paffmem.ingest.gateway.GatewayConfig.Tls;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The one port: HTTP by Javalin, and WebSockets by Jetty's own interface, on which Javalin is
 * built. Javalin's asks for the next message by itself, so a feed could not be held up, and takes
 * messages whole, so one that is too large would end the connection instead of getting its reply.
 */
final class WebServer implements AutoCloseable {
  private static final int MOST_THREADS = 64;
  private static final int LEAST_THREADS = 4;
  private static final int INPUT_BUFFER_BYTES = 16 * 1024;
  // Longer than any reply takes.
  private static final long ASYNC_TIMEOUT_MILLIS = 60_000;

  private final Javalin javalin;

  private WebServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to listen.
   *
   * @param feeds makes what serves a WebSocket, given the token of its Authorization header (null
   *     for none); gives null where there is no room for another
   * @throws GatewayException if the port or the keystore cannot be used
   */
  static WebServer start(
      GatewayConfig config,
      HttpFrames frames,
      Function<@Nullable String, @Nullable FeedSocket> feeds,
      BooleanSupplier isReady) {
    Javalin javalin =
        Javalin.create(
            it -> {
              it.startup.showJavalinBanner = false;
              it.startup.showOldJavalinVersionWarning = false;
              it.startup.startupWatcherEnabled = false;
              it.http.asyncTimeout = ASYNC_TIMEOUT_MILLIS;
              it.http.prefer405over404 = true;
              listen(it.jetty, config);
              takeFeeds(it.jetty, feeds);
              route(it, frames, isReady);
            });
    try {
      javalin.start();
      return new WebServer(javalin);
    } catch (RuntimeException e) {
      javalin.stop();
      throw new GatewayException(explain(config, e), e);
    }
  }

  private static void listen(JettyConfig jetty, GatewayConfig config) {
    jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    // Whoever stops it has waited for the replies; what is open now is idle.
    jetty.modifyServer(server -> server.setStopTimeout(0));
    jetty.addConnector((server, http) -> connector(server, http, config));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, GatewayConfig config) {
    http.setSendServerVersion(false);
    Tls tls = config.tls();
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, new HttpConnectionFactory(http));
    } else {
      SslContextFactory.Server ssl = new SslContextFactory.Server();
      ssl.setKeyStorePath(tls.keystore().toAbsolutePath().toString());
      ssl.setKeyStorePassword(tls.password());
      // By which name a publisher calls the gateway is its own affair; tokens say who may come.
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
    }
    connector.setHost(config.host());
    connector.setPort(config.port());
    return connector;
  }

  private static void takeFeeds(
      JettyConfig jetty, Function<@Nullable String, @Nullable FeedSocket> feeds) {
    jetty.modifyServletContextHandler(
        context ->
            JettyWebSocketServletContainerInitializer.configure(
                context,
                (servletContext, container) -> {
                  limit(container);
                  container.addMapping("/v1/feed", (to, from) -> upgrade(to, from, feeds));
                }));
  }

  private static void limit(JettyWebSocketServerContainer container) {
    // Who is silent is noticed by pings.
    container.setIdleTimeout(Duration.ZERO);
    container.setInputBufferSize(INPUT_BUFFER_BYTES);
  }

  private static @Nullable Object upgrade(
      JettyServerUpgradeRequest request,
      JettyServerUpgradeResponse response,
      Function<@Nullable String, @Nullable FeedSocket> feeds) {
    // No compression: a JPEG does not get smaller, and inflating would cost memory for each feed.
    response.setExtensions(List.of());
    FeedSocket feed = feeds.apply(HttpFrames.token(request.getHeader("Authorization")));
    if (feed == null) {
      response.setHeader("Retry-After", "5");
      try {
        response.sendError(503, "no room for another feed");
      } catch (IOException e) {
        // Whoever asked is gone.
      }
    }
    return feed;
  }

  private static void route(JavalinConfig javalin, HttpFrames frames, BooleanSupplier isReady) {
    javalin.routes.post("/v1/people/{person}/frames", frames::post);
    javalin.routes.get("/health/live", request -> request.result("live"));
    javalin.routes.get(
        "/health/ready",
        request -> {
          boolean ready = isReady.getAsBoolean();
          request.status(ready ? 200 : 503).result(ready ? "ready" : "not ready");
        });
    Pages.addTo(javalin.routes);
  }

  private static String explain(GatewayConfig config, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "the gateway cannot listen on %s port %d: %s; choose another with --host or --port"
            .formatted(config.host(), config.port(), cause.getMessage());
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "the gateway cannot listen: "
        + root.getMessage()
        + (config.tls() == null ? "" : "; check the keystore and its password");
  }

  int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
