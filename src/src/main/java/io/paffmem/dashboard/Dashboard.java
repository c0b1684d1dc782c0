package io.paffmem.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.paffmem.access.AccessMeters;
import io.paffmem.access.AccessTokens;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.http.Access;
import io.paffmem.dashboard.http.DashboardServer;
import io.paffmem.dashboard.http.Downloads;
import io.paffmem.dashboard.http.EmotionRoutes;
import io.paffmem.dashboard.http.Forgetting;
import io.paffmem.dashboard.http.MemoryViewRoutes;
import io.paffmem.dashboard.http.PeopleRoutes;
import io.paffmem.dashboard.http.PeopleUpdates;
import io.paffmem.dashboard.http.ReaderPlaces;
import io.paffmem.dashboard.http.Work;
import io.paffmem.dashboard.live.DashboardCounters;
import io.paffmem.dashboard.live.DashboardCounts;
import io.paffmem.dashboard.live.EmotionCsv;
import io.paffmem.dashboard.live.EmotionHub;
import io.paffmem.dashboard.live.EventReader;
import io.paffmem.dashboard.live.EventReaders;
import io.paffmem.dashboard.live.Forgotten;
import io.paffmem.dashboard.live.People;
import io.paffmem.dashboard.live.QueueBudget;
import io.paffmem.dashboard.live.Writers;
import io.paffmem.dashboard.memory.PersonMemories;
import io.paffmem.kafka.BrokerWatch;
import io.paffmem.schemas.Topics;
import io.paffmem.teaching.TeachingRoutes;
import io.paffmem.web.WebServer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows live what comes out of the topic of emotions, to people by a page and to programs by HTTP.
 * Keeps nothing on disk; several may run on one cluster.
 */
public final class Dashboard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
  private static final int LOOK_EVERY_MILLIS = 1_000;

  /** Each takes a thread and a consumer while it is written. */
  private static final int EXPORTS_AT_ONCE = 4;

  /** Each takes a thread, and of 20,000 people 10 MB. */
  private static final int LISTS_AT_ONCE = 8;

  /**
   * Two for each thread: where no receipts come, which each waits ten seconds for, the last is
   * begun in time to be answered.
   */
  private static final int FORGETS_WAITING = 8;

  private final DashboardCounters counters = new DashboardCounters();
  private final EventReaders readers = new EventReaders();
  private final Downloads exports =
      new Downloads("exports", EXPORTS_AT_ONCE, System::nanoTime, counters);
  private final Downloads lists =
      new Downloads("lists of people", LISTS_AT_ONCE, System::nanoTime, counters);
  private final People people;
  private final PeopleUpdates updates;
  private final PersonMemories memories;
  private final EmotionHub hub;
  private final BrokerWatch broker;
  private final Work remembering = new Work("memory", 8, 64);
  private final Work forgetting = new Work("forget", 4, FORGETS_WAITING);
  private final TeachingRoutes teaching;
  private final Writers writers = new Writers();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "dashboard-keeper"));
  private final DashboardConfig config;
  private final AccessTokens tokens;
  private final WebServer server;
  private boolean stopped;

  private Dashboard(
      DashboardConfig config,
      AccessTokens tokens,
      Cluster cluster,
      PersonMemories memories,
      Clock clock) {
    this.config = config;
    this.tokens = tokens;
    this.memories = memories;
    Forgotten forgotten = new Forgotten();
    people = new People(config, clock);
    QueueBudget budget = new QueueBudget(config.limits().queueBytes());
    updates = new PeopleUpdates(people, config, budget, counters);
    try {
      hub =
          new EmotionHub(
              cluster,
              config,
              people,
              forgotten,
              memories::forget,
              readers,
              writers,
              counters,
              clock);
    } catch (RuntimeException e) {
      closeParts();
      throw e;
    }
    broker = new BrokerWatch(cluster.client(), Topics.EMOTIONS);
    Access access = new Access(tokens, config.pseudonyms());
    teaching = TeachingRoutes.to(cluster, config.patience().receipt(), tokens, config.pseudonyms());
    ReaderPlaces places = new ReaderPlaces(config.limits().maxReaders(), counters);
    try {
      server =
          DashboardServer.start(
              config.web(),
              new EmotionRoutes(
                  access,
                  config,
                  readers,
                  new EmotionCsv(cluster, forgotten, config.pseudonyms()),
                  hub::knowsForgotten,
                  writers,
                  places,
                  budget,
                  exports,
                  counters),
              new PeopleRoutes(
                  access,
                  config,
                  people,
                  updates,
                  budget,
                  lists,
                  new Forgetting(
                      cluster,
                      config.patience().receipt(),
                      broker::problem,
                      config.pseudonyms(),
                      clock),
                  forgetting,
                  places),
              new MemoryViewRoutes(access, people, memories, remembering),
              teaching::addTo,
              this::problem);
    } catch (RuntimeException e) {
      broker.close();
      hub.close();
      teaching.close();
      closeParts();
      throw e;
    }
  }

  /**
   * Starts a dashboard and returns when it listens; it is ready when it has read back the last
   * minutes.
   *
   * @param cluster stays the caller's to close
   * @param memories closed with the dashboard, and where this throws
   * @param meters where it counts, too; for one dashboard alone
   * @throws io.paffmem.web.WebException if it cannot listen
   */
  public static Dashboard start(
      DashboardConfig config,
      AccessTokens tokens,
      Cluster cluster,
      PersonMemories memories,
      Clock clock,
      MeterRegistry meters) {
    Dashboard dashboard = new Dashboard(config, tokens, cluster, memories, clock);
    DashboardMeters.bind(meters, dashboard::counts);
    AccessMeters.bind(meters, tokens);
    dashboard.hub.start();
    long update = config.patience().update().toMillis();
    dashboard.every(update, dashboard.updates::update);
    dashboard.every(LOOK_EVERY_MILLIS, dashboard::look);
    dashboard.every(LOOK_EVERY_MILLIS, dashboard.people::tidy);
    return dashboard;
  }

  private void every(long millis, Runnable task) {
    var unused =
        keeper.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.error("The dashboard's keeper failed at a task, and goes on", e);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  private void look() {
    tokens.refresh();
    readers.ofRevoked().forEach(EventReader::end);
    updates.endRevoked();
    for (EventReader reader : readers.all()) {
      reader.look(config.patience());
    }
    exports.look(config.patience().download().toNanos());
    lists.look(config.patience().download().toNanos());
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Its address for people. */
  public String address() {
    return server.address();
  }

  /** Completes with the reason if the topics cannot be read any more; never, if they can. */
  public CompletableFuture<Throwable> whenFailed() {
    return hub.whenFailed();
  }

  /** Why it does not show what comes out now, in plain words; empty if it does. */
  public Optional<String> problem() {
    return broker.problem().or(hub::problem);
  }

  /** What it has done so far. */
  public DashboardCounts counts() {
    return counters.counts(people.size(), people.points());
  }

  /** Stops: readers are told to go elsewhere. Within seconds, whatever the broker does. */
  public synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    broker.close();
    hub.close();
    keeper.shutdownNow();
    readers.all().forEach(EventReader::end);
    updates.end();
    server.close();
    teaching.close();
    closeParts();
    LOG.info("Dashboard stopped: {}", counts());
  }

  @Override
  public void close() {
    stop();
  }

  private void closeParts() {
    keeper.shutdownNow();
    remembering.close();
    forgetting.close();
    writers.close();
    memories.close();
  }
}
