package io.paffmem.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paffmem.kafka.BrokerWatch;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import io.paffmem.start.Opened;
import io.paffmem.web.HealthRoutes;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one process: parts count in {@link #meters} and say by {@link #check} whether
 * they do their work; {@link #serve} gives both out. Without a port nothing is served, and the
 * parts need not know.
 *
 * <p>Open it before the parts, and close it after them: so it can tell that the process is being
 * stopped.
 */
public final class Operations implements AutoCloseable {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final @Nullable WebConfig web;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Health health = new Health();
  private final Opened opened = new Opened();
  private @Nullable WebServer server;

  /**
   * Serves nothing yet.
   *
   * @param web where to listen; null for nowhere
   */
  public Operations(@Nullable WebConfig web) {
    this.web = web;
    // One release of the client everywhere: its version tells no series from another.
    registry
        .config()
        .meterFilter(new KafkaMeters())
        .meterFilter(MeterFilter.ignoreTags("kafka.version"));
    opened.keep(new JvmGcMetrics()).bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    Gauge.builder("paffmem.ready", () -> health.unready().isEmpty() ? 1 : 0)
        .description("1 if the process does its work; /health/ready says why not")
        .register(registry);
  }

  /** Where the parts of this process count. */
  public MeterRegistry meters() {
    return registry;
  }

  /**
   * Adds a part to what readiness depends on.
   *
   * @param problem why it does not do its work now, in plain words; empty if it does. Asked at each
   *     look, so it must not take long
   */
  public void check(Supplier<Optional<String>> problem) {
    health.add(problem);
  }

  /**
   * Makes readiness depend on a broker that answers and has all topics of the flow.
   *
   * @param client settings of Kafka's clients
   * @param topic of which the broker is asked
   */
  public void checkBroker(Map<String, ?> client, String topic) {
    if (web != null) {
      List<String> names = Topics.definitions().stream().map(TopicDefinition::name).toList();
      check(opened.keep(new BrokerWatch(client, topic, names))::problem);
    }
  }

  /** Makes readiness depend on a schema registry that means by ids what this process means. */
  public void checkRegistry(AvroSerdes serdes) {
    if (web != null) {
      check(opened.keep(new RegistryWatch(serdes))::problem);
    }
  }

  /**
   * Listens, if there is a port, and says where on standard output.
   *
   * @throws io.paffmem.web.WebException if it cannot listen
   */
  public void serve() {
    WebConfig address = web;
    if (address == null) {
      return;
    }
    WebServer listening =
        WebServer.start(
            "the operations server",
            address,
            javalin -> {
              HealthRoutes.addTo(javalin.routes, health::dead, health::unready);
              javalin.routes.get(
                  "/metrics",
                  request -> request.contentType(PROMETHEUS_TEXT).result(registry.scrape()));
            });
    server = listening;
    System.out.println("Operations on " + listening.address());
  }

  /** Where it listens; empty if it does not. */
  public Optional<String> address() {
    return Optional.ofNullable(server).map(WebServer::address);
  }

  /**
   * Waits until everything is there that the process needs, and says meanwhile what is not.
   *
   * @param lacking what is not there, in plain words; empty if all is. Asked every second
   * @param limit how long to wait; null for as long as it takes
   * @throws io.paffmem.start.StartException if the time is over, or the thread is interrupted
   */
  public void await(Supplier<Optional<String>> lacking, @Nullable Duration limit) {
    new Needs(health, System::nanoTime, TimeUnit.MILLISECONDS::sleep).await(lacking, limit);
  }

  /** Every part is there; from now on readiness is what they say. */
  public void started() {
    health.started();
  }

  /** From now on the process is not ready. */
  public void stopping() {
    health.stopping();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    opened.close();
    registry.close();
  }
}
