package io.paffmem.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.paffmem.web.WebConfig.Tls;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketCreator;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * One port: HTTP by Javalin, and WebSockets by Jetty's own interface, on which Javalin is built.
 * Javalin's asks for the next message by itself, so a feed could not be held up, and takes messages
 * whole, so one that is too large would end the connection instead of getting its reply.
 */
public final class WebServer implements AutoCloseable {
  private static final int MOST_THREADS = 64;
  private static final int LEAST_THREADS = 4;
  private static final int INPUT_BUFFER_BYTES = 16 * 1024;
  // Longer than any reply takes.
  private static final long ASYNC_TIMEOUT_MILLIS = 60_000;

  /**
   * A person's name may have a slash or a percent sign in it, which a path has encoded. Other
   * characters that no name has are refused by the code that reads it, in words.
   */
  private static final UriCompliance NAMES_IN_PATHS =
      UriCompliance.DEFAULT.with(
          "names in paths",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final Javalin javalin;
  private final WebConfig config;

  private WebServer(Javalin javalin, WebConfig config) {
    this.javalin = javalin;
    this.config = config;
  }

  /**
   * Starts to listen.
   *
   * @param name what messages call it, such as {@code the gateway}
   * @param content adds routes and WebSockets
   * @throws WebException if the configuration is wrong, or the port or the keystore cannot be used
   */
  public static WebServer start(String name, WebConfig config, Consumer<JavalinConfig> content) {
    List<String> problems = new ArrayList<>();
    config.check(problems);
    if (!problems.isEmpty()) {
      throw new WebException(name + ": " + String.join("; ", problems));
    }
    Javalin javalin =
        Javalin.create(
            it -> {
              it.startup.showJavalinBanner = false;
              it.startup.showOldJavalinVersionWarning = false;
              it.startup.startupWatcherEnabled = false;
              it.http.asyncTimeout = ASYNC_TIMEOUT_MILLIS;
              it.http.prefer405over404 = true;
              listen(it.jetty, config);
              content.accept(it);
            });
    try {
      javalin.start();
      return new WebServer(javalin, config);
    } catch (RuntimeException e) {
      javalin.stop();
      throw new WebException(explain(name, config, e), e);
    }
  }

  /**
   * Adds WebSockets at a path. They are not compressed, and no idle connection is closed: who is
   * silent is noticed by pings.
   *
   * @param sockets makes what serves one; null after an error was sent
   */
  public static void addWebSockets(
      JavalinConfig javalin, String path, JettyWebSocketCreator sockets) {
    javalin.jetty.modifyServletContextHandler(
        context ->
            JettyWebSocketServletContainerInitializer.configure(
                context,
                (servletContext, container) -> {
                  container.setIdleTimeout(Duration.ZERO);
                  container.setInputBufferSize(INPUT_BUFFER_BYTES);
                  container.addMapping(
                      path,
                      (request, response) -> {
                        response.setExtensions(List.of());
                        return sockets.createWebSocket(request, response);
                      });
                }));
  }

  private static void listen(JettyConfig jetty, WebConfig config) {
    jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    // The one who stops it has waited for the replies; what is open now is idle.
    jetty.modifyServer(server -> server.setStopTimeout(0));
    jetty.modifyServletContextHandler(
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
    jetty.addConnector((server, http) -> connector(server, http, config));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, WebConfig config) {
    http.setSendServerVersion(false);
    http.setUriCompliance(NAMES_IN_PATHS);
    Tls tls = config.tls();
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, new HttpConnectionFactory(http));
    } else {
      SslContextFactory.Server ssl = new SslContextFactory.Server();
      ssl.setKeyStorePath(tls.keystore().toAbsolutePath().toString());
      ssl.setKeyStorePassword(tls.password());
      // By which name a client calls the server is its own affair; tokens say who may come.
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
    }
    connector.setHost(config.host());
    connector.setPort(config.port());
    return connector;
  }

  private static String explain(String name, WebConfig config, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "%s cannot listen on %s port %d: %s; choose another host or port"
            .formatted(name, config.host(), config.port(), cause.getMessage());
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return name
        + " cannot listen: "
        + root.getMessage()
        + (config.tls() == null ? "" : "; check the keystore and its password");
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Its address for people, such as {@code http://localhost:8090}. */
  public String address() {
    String host = config.host().contains(":") ? '[' + config.host() + ']' : config.host();
    return "%s://%s:%d".formatted(config.tls() == null ? "http" : "https", host, port());
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
