package io.paffmem.query;

import io.paffmem.web.SecurityHeaders;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;

/** The port on which an instance of the topology tells memories, and nothing else. */
public final class MemoriesServer {
  private MemoriesServer() {}

  /**
   * Starts to listen.
   *
   * @throws io.paffmem.web.WebException if it cannot, or would send memories in plain text beyond
   *     this machine without being told to
   */
  public static WebServer start(WebConfig config, MemoryRoutes routes) {
    return WebServer.start(
        "the memories' port",
        config,
        javalin -> {
          new SecurityHeaders(SecurityHeaders.OWN_HOST_ALONE, "camera=(), microphone=()")
              .addTo(javalin.routes);
          routes.addTo(javalin.routes);
        });
  }
}
