package io.paffmem.ingest.web;

import io.javalin.config.RoutesConfig;
import java.util.function.BooleanSupplier;

/** {@code /health/live} and {@code /health/ready}. */
public final class HealthRoutes {
  private HealthRoutes() {}

  /** Adds both. */
  public static void addTo(RoutesConfig routes, BooleanSupplier isReady) {
    routes.get("/health/live", request -> request.result("live"));
    routes.get(
        "/health/ready",
        request -> {
          boolean ready = isReady.getAsBoolean();
          request.status(ready ? 200 : 503).result(ready ? "ready" : "not ready");
        });
  }
}
