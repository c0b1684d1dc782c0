package io.paffmem.dashboard.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.paffmem.access.Audit;
import io.paffmem.access.Grant;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.live.Audience;
import io.paffmem.dashboard.live.DashboardCounters;
import io.paffmem.dashboard.live.EmotionCsv;
import io.paffmem.dashboard.live.EventReader;
import io.paffmem.dashboard.live.EventReaders;
import io.paffmem.dashboard.live.QueueBudget;
import io.paffmem.schemas.PersonName;
import io.paffmem.web.WebServer;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.jspecify.annotations.Nullable;

/** {@code /v1/emotions} as Server-Sent Events and as WebSocket, and as CSV. */
public final class EmotionRoutes {
  private static final Set<String> PERSON = Set.of("person");

  private final Access access;
  private final DashboardConfig config;
  private final EventReaders readers;
  private final EmotionCsv csv;
  private final BooleanSupplier knowsForgotten;
  private final Executor writers;
  private final ReaderPlaces places;
  private final DashboardCounters counters;
  private final QueueBudget budget;
  private final Downloads exports;
  private final Map<EmotionSocket, EventReader> sockets = new ConcurrentHashMap<>();

  /**
   * @param knowsForgotten whether it is known yet what of the topic is forgotten
   */
  public EmotionRoutes(
      Access access,
      DashboardConfig config,
      EventReaders readers,
      EmotionCsv csv,
      BooleanSupplier knowsForgotten,
      Executor writers,
      ReaderPlaces places,
      QueueBudget budget,
      Downloads exports,
      DashboardCounters counters) {
    this.access = access;
    this.config = config;
    this.readers = readers;
    this.csv = csv;
    this.knowsForgotten = knowsForgotten;
    this.writers = writers;
    this.places = places;
    this.counters = counters;
    this.budget = budget;
    this.exports = exports;
  }

  void addTo(JavalinConfig javalin) {
    WebServer.addWebSockets(javalin, "/v1/emotions", this::upgrade);
    javalin.routes.get("/v1/emotions", this::stream);
    javalin.routes.get("/v1/emotions.csv", this::export);
  }

  private void stream(Context request) throws IOException {
    List<String> people = new QueryParameters(request, PERSON, PERSON).all("person");
    Audience.Key key = key(request.header("Authorization"), people);
    EventStream stream = places.open(request);
    EventReader reader = reader(new SseLine(stream));
    stream.whenEnded(
        () -> {
          reader.gone();
          readers.remove(key, reader);
        });
    // One who sees that it has begun misses nothing that comes then.
    reader.begin(
        begun -> {
          readers.add(key, reader);
          stream.begin(begun);
        });
  }

  private @Nullable Object upgrade(
      JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
    try {
      Map<String, List<String>> given = request.getParameterMap();
      if (!PERSON.containsAll(given.keySet())) {
        throw new RefusedException(ApiError.INVALID_REQUEST, "the only parameter is person");
      }
      Audience.Key key =
          key(request.getHeader("Authorization"), given.getOrDefault("person", List.of()));
      // Taken when it is open: a socket that never opens is never closed either.
      places.check();
      return new EmotionSocket(
          socket -> {
            places.take();
            EventReader reader = reader(socket);
            sockets.put(socket, reader);
            readers.add(key, reader);
          },
          socket -> {
            EventReader reader = sockets.remove(socket);
            if (reader != null) {
              reader.gone();
              readers.remove(key, reader);
              places.leave();
            }
          });
    } catch (RefusedException e) {
      refuse(response, e);
      return null;
    }
  }

  private static void refuse(JettyServerUpgradeResponse response, RefusedException refused) {
    try {
      response.sendError(refused.error().status(), refused.explanation());
    } catch (IOException e) {
      // The one who asked is gone.
    }
  }

  private Audience.Key key(@Nullable String authorization, List<String> named) {
    List<String> people = named.stream().map(PersonName::canonical).toList();
    Grant grant = access.reader(authorization, people);
    access.note(grant, Audit.Action.READ_EVENTS, people);
    return new Audience.Key(grant, new HashSet<>(people));
  }

  private EventReader reader(EventReader.Line line) {
    return new EventReader(
        line, config.limits().readerBytes(), budget, writers, System::nanoTime, counters);
  }

  private void export(Context request) {
    QueryParameters given = new QueryParameters(request, Set.of("person", "from", "to"), Set.of());
    String named = given.one("person");
    if (named == null) {
      throw new RefusedException(ApiError.INVALID_REQUEST, "name the person: ?person=NAME");
    }
    String person = PersonName.canonical(named);
    Grant grant = access.reader(request.header("Authorization"), List.of(person));
    access.note(grant, Audit.Action.READ_CSV, List.of(person));
    long from = given.millis("from", 0);
    long to = given.millis("to", Long.MAX_VALUE);
    if (!knowsForgotten.getAsBoolean()) {
      throw new RefusedException(
          ApiError.STARTING, "the dashboard has not read yet who is forgotten; ask again");
    }
    exports.answer(
        request,
        out -> {
          counters.exports.increment();
          request
              .contentType("text/csv; charset=utf-8; header=present")
              .header("Content-Disposition", "attachment; filename=\"emotions.csv\"");
          csv.write(person, from, to, out);
        });
  }
}
