package io.paffmem.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /health/live} and {@code /health/ready}: 200, or 503 and why, in plain words. */
public final class HealthRoutes {
  private HealthRoutes() {}

  /** Adds both; whatever answers is alive. */
  public static void addTo(RoutesConfig routes, Supplier<Optional<String>> unready) {
    addTo(routes, Optional::empty, unready);
  }

  /**
   * Adds both.
   *
   * @param dead why the process cannot do its work any more, so that it is to be started again
   * @param unready why it does not do its work now
   */
  public static void addTo(
      RoutesConfig routes, Supplier<Optional<String>> dead, Supplier<Optional<String>> unready) {
    routes.get("/health/live", request -> answer(request, "live", dead.get()));
    routes.get("/health/ready", request -> answer(request, "ready", unready.get()));
  }

  private static void answer(Context request, String well, Optional<String> problem) {
    request
        .status(problem.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .result(problem.map(why -> "not " + well + ": " + why).orElse(well));
  }
}
