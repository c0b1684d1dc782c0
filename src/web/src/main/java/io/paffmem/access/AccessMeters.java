package io.paffmem.access;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Requests that were refused for their token, as metrics, by reason. */
public final class AccessMeters {
  private AccessMeters() {}

  /** Begins to count; the same tokens may be bound twice. */
  public static void bind(MeterRegistry meters, AccessTokens tokens) {
    counter(meters, tokens, "unknown_token", AccessTokens::unknownTokens);
    counter(meters, tokens, "no_token", AccessTokens::missingTokens);
    counter(meters, tokens, "no_right", AccessTokens::missingRights);
  }

  private static void counter(
      MeterRegistry meters,
      AccessTokens tokens,
      String reason,
      ToDoubleFunction<AccessTokens> count) {
    FunctionCounter.builder("paffmem.access.refused.requests", tokens, count)
        .description("requests refused for their token")
        .tag("reason", reason)
        .register(meters);
  }
}
