package io.paffmem.dashboard.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.web.HealthRoutes;
import io.paffmem.web.SecurityHeaders;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebFiles;
import io.paffmem.web.WebServer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the dashboard's port serves: the page, and {@code /v1} for it and for programs. */
public final class DashboardServer {
  private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);
  private static final String UPLOT = "org.webjars.npm/uplot";

  private DashboardServer() {}

  /**
   * Starts to listen.
   *
   * @param more adds routes that other ports serve, too
   * @param problem why it is not ready; empty if it is
   */
  public static WebServer start(
      WebConfig config,
      EmotionRoutes emotions,
      PeopleRoutes people,
      MemoryViewRoutes memories,
      Consumer<RoutesConfig> more,
      Supplier<Optional<String>> problem) {
    return WebServer.start(
        "the dashboard",
        config,
        javalin -> {
          RoutesConfig routes = javalin.routes;
          new SecurityHeaders(SecurityHeaders.OWN_HOST_ALONE, "camera=(), microphone=()")
              .addTo(routes);
          emotions.addTo(javalin);
          people.addTo(routes);
          memories.addTo(routes);
          more.accept(routes);
          HealthRoutes.addTo(routes, problem);
          addPage(routes);
          addErrors(routes);
        });
  }

  private static void addPage(RoutesConfig routes) {
    new WebFiles(routes, DashboardServer.class)
        .add("/", "index.html")
        .add("/docs", "docs.html")
        .add("/openapi.json", "openapi.json")
        .addWebJar("/page/uplot/uPlot.esm.js", UPLOT, "dist/uPlot.esm.js")
        .addWebJar("/page/uplot/uPlot.min.css", UPLOT, "dist/uPlot.min.css")
        .addFolder("/page/");
    routes.get("/favicon.ico", request -> request.status(HttpStatus.NO_CONTENT));
  }

  private static void addErrors(RoutesConfig routes) {
    routes.exception(
        RefusedException.class,
        (refused, request) -> refused.error().answer(request, refused.explanation()));
    routes.exception(
        KafkaException.class,
        (failure, request) -> {
          LOG.warn("The broker did not do what was asked: {}", failure.toString());
          ApiError.BROKER_UNAVAILABLE.answer(request, Work.NO_BROKER);
        });
    routes.exception(
        Exception.class,
        (failure, request) -> {
          LOG.error("A request could not be handled", failure);
          ApiError.INTERNAL_ERROR.answer(request, "a fault of the dashboard; its log has more");
        });
    routes.error(
        404, request -> say(request, ApiError.NOT_FOUND, "there is nothing at this address"));
    routes.error(
        405,
        request -> say(request, ApiError.METHOD_NOT_ALLOWED, "not with this method; see /docs"));
  }

  /** Says what only a status says so far. */
  private static void say(Context request, ApiError error, String message) {
    if (!"application/json".equals(request.res().getContentType())) {
      error.answer(request, message);
    }
  }

  /** Answers with why a memory cannot be had. */
  static void answer(Context request, MemoryAnswer.Missing<?> missing) {
    ApiError error =
        switch (missing.reason()) {
          case UNKNOWN_PERSON -> ApiError.UNKNOWN_PERSON;
          case RESTORING -> ApiError.RESTORING;
          case BUSY -> ApiError.BUSY;
          case OTHER_MODEL -> ApiError.OTHER_MODEL;
          case FORBIDDEN -> ApiError.FORBIDDEN;
          case TOPOLOGY_UNAVAILABLE -> ApiError.TOPOLOGY_UNAVAILABLE;
          case MEMORY_UNAVAILABLE -> ApiError.MEMORY_UNAVAILABLE;
        };
    error.answer(request, missing.message());
  }
}
