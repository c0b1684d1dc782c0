package io.paffmem.dashboard;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.dashboard.live.DashboardCounts;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** A dashboard's counts as metrics. */
final class DashboardMeters {
  private static final String PREFIX = "paffmem.dashboard.";

  private DashboardMeters() {}

  static void bind(MeterRegistry meters, Supplier<DashboardCounts> counts) {
    counter(meters, counts, "events", "events taken in", DashboardCounts::events);
    counter(
        meters, counts, "malformed.events", "records that are none", DashboardCounts::malformed);
    counter(meters, counts, "sent.events", "for the queues of readers", DashboardCounts::sent);
    counter(meters, counts, "written.events", "that readers took", DashboardCounts::written);
    counter(meters, counts, "opened.readers", "streams opened", DashboardCounts::readers);
    counter(
        meters, counts, "slow.readers", "readers ended: too slow", DashboardCounts::slowReaders);
    counter(meters, counts, "forgotten.people", "people forgotten", DashboardCounts::forgotten);
    counter(meters, counts, "exports", "CSV files asked for", DashboardCounts::exports);
    gauge(meters, counts, "readers", "streams open now", DashboardCounts::openReaders);
    gauge(meters, counts, "people", "people whose state is kept", DashboardCounts::people);
    gauge(meters, counts, "history.points", "points kept", DashboardCounts::historyPoints);
  }

  private static void counter(
      MeterRegistry meters,
      Supplier<DashboardCounts> counts,
      String name,
      String description,
      ToDoubleFunction<DashboardCounts> count) {
    FunctionCounter.builder(PREFIX + name, counts, now -> count.applyAsDouble(now.get()))
        .description(description)
        .register(meters);
  }

  private static void gauge(
      MeterRegistry meters,
      Supplier<DashboardCounts> counts,
      String name,
      String description,
      ToDoubleFunction<DashboardCounts> count) {
    Gauge.builder(PREFIX + name, () -> count.applyAsDouble(counts.get()))
        .description(description)
        .register(meters);
  }
}
