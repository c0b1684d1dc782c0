package io.paffmem.dashboard;

import static io.paffmem.dashboard.LocalDashboard.CALLS_TOKEN;
import static io.paffmem.dashboard.LocalDashboard.CONFIG;
import static io.paffmem.dashboard.LocalDashboard.PUBLISHER_TOKEN;
import static io.paffmem.dashboard.LocalDashboard.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.access.Audit;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.http.ApiError;
import io.paffmem.dashboard.live.DashboardCounts;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.avro.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** From the topic of a real broker to whoever reads by HTTP. Each test has people of its own. */
@Tag("broker")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class DashboardTest {
  private static Cluster cluster;
  private static Events events;

  @TempDir Path folder;
  private LocalDashboard dashboard;

  @BeforeAll
  static void startBroker() {
    cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 3);
    events = new Events(cluster);
  }

  @AfterAll
  static void stopBroker() {
    events.close();
    cluster.close();
  }

  @BeforeEach
  void start() throws Exception {
    dashboard = new LocalDashboard(CONFIG, cluster, folder);
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  @Test
  void emotions_serverSentEvents_haveEveryFieldOnceInOrder() throws Exception {
    try (SseReader reader = dashboard.stream("/v1/emotions?person=sse-ann")) {
      long before = System.currentTimeMillis();
      events.send("sse-ann", 0);
      events.send("sse-ann", 1);

      JsonNode first = reader.next().data();
      SseReader.Event second = reader.next();

      assertThat(first.properties().stream().map(Map.Entry::getKey))
          .containsExactly(
              "person",
              "stream",
              "sequence",
              "capturedAt",
              "ingestedAt",
              "arousal",
              "valence",
              "source",
              "prior",
              "activity",
              "bestMatchingUnit",
              "neurons",
              "framesPerceived",
              "framesToSeed",
              "teachings",
              "modelVersion",
              "label");
      assertThat(first.path("person").asText()).isEqualTo("sse-ann");
      assertThat(first.path("stream").asText()).isEqualTo("call, \"one\"");
      assertThat(first.path("capturedAt").asLong()).isEqualTo(1_000);
      assertThat(first.path("ingestedAt").asLong()).isGreaterThanOrEqualTo(before);
      assertThat(first.path("label").path("arousal").asDouble()).isEqualTo(1);
      assertThat(second.type()).isEqualTo("emotion");
      assertThat(second.id()).matches("[0-2]-[0-9]+");
      assertThat(second.data().path("sequence").asLong()).isEqualTo(1);
      assertThat(second.data().path("arousal").floatValue()).isEqualTo(0.1f);
      assertThat(second.data().path("valence").floatValue()).isEqualTo(-0.1f);
      assertThat(second.data().path("prior").path("valence").asDouble()).isEqualTo(-0.25);
      assertThat(second.data().path("source").asText()).isEqualTo("MEMORY");
      assertThat(second.data().path("label").isNull()).isTrue();
    }
  }

  @Test
  void emotions_readersOfSomePeople_getThoseAlone() throws Exception {
    try (SseReader two = dashboard.stream("/v1/emotions?person=some-bob&person=some-eve");
        SseReader callers = dashboard.stream("/v1/emotions", CALLS_TOKEN)) {
      for (String person : List.of("some-ann", "some-bob", "caller-some", "some-eve")) {
        events.send(person, 0);
        events.flush();
      }
      events.send("some-bob", 1);
      events.send("caller-some", 1);

      assertThat(people(two, 3)).containsExactlyInAnyOrder("some-bob", "some-eve", "some-bob");
      assertThat(people(callers, 2)).containsExactly("caller-some", "caller-some");
    }
  }

  @Test
  void emotions_webSocket_hasEachEventAsAMessage() throws Exception {
    try (TextSocket reader = dashboard.socket("/v1/emotions?person=ws-ann", TOKEN)) {
      LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 1);
      for (int i = 0; i < 100; i++) {
        events.send("ws-ann", i);
      }

      for (int i = 0; i < 100; i++) {
        JsonNode message = reader.next();
        assertThat(message.path("sequence").asLong()).isEqualTo(i);
        assertThat(message.path("person").asText()).isEqualTo("ws-ann");
      }
    }
    LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 0);
    assertThat(dashboard.socketStatus("/v1/emotions", "no such token at all")).isEqualTo(401);
    assertThat(dashboard.socketStatus("/v1/emotions?person=ann", CALLS_TOKEN)).isEqualTo(403);
    assertThat(dashboard.socketStatus("/v1/emotions?persn=ann", TOKEN)).isEqualTo(400);
  }

  @Test
  void accessFile_rightTakenAway_streamsEndAndNothingIsAnsweredAnyMore() throws Exception {
    try (SseReader all = dashboard.stream("/v1/emotions");
        SseReader one = dashboard.stream("/v1/emotions?person=taken-ann");
        SseReader people = dashboard.stream("/v1/people")) {
      LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 3);

      LocalDashboard.writeAccess(
          folder,
          """
          {"tokens": [{"name": "all", "token": "%s", "read": ["somebody else"]}]}
          """
              .formatted(TOKEN));

      LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 0);
      events.send("taken-ann", 0);
      events.flush();
      for (SseReader reader : List.of(all, one)) {
        assertThat(reader.next().type()).isEqualTo("end");
      }
      assertThat(people.next(event -> event.type().equals("end"))).isNotNull();
      assertThat(dashboard.get("/v1/people/taken-ann", TOKEN).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void audit_whoReadsAndForgets_isNotedByTokenAndHash() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
    String hash = PersonHasher.plain().of("noted-ann").shortHex();
    try (SseReader reader = dashboard.stream("/v1/emotions?person=noted-ann")) {
      assertThat(reader.status()).isEqualTo(200);
      dashboard.get("/v1/emotions.csv?person=noted-ann", TOKEN);
      dashboard.get("/v1/people/noted-ann", TOKEN);
      dashboard.get("/v1/people/noted-ann", TOKEN);
      dashboard.get("/v1/people/noted-ann/memory", TOKEN);
      dashboard.get("/v1/people/noted-ann/imagined.jpg", TOKEN);
      dashboard.get("/v1/people/noted-ann/memory", CALLS_TOKEN);
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "token 'all' reads events of " + hash,
            "token 'all' reads past events of " + hash,
            "token 'all' reads the state of " + hash,
            "token 'all' reads the memory of " + hash,
            "token 'all' looks at imagined faces of " + hash);
  }

  @Test
  void answers_aboutPeople_areNotToBeStored() throws Exception {
    events.send("stored-ann", 0);
    events.flush();
    LocalDashboard.await(() -> status("/v1/people/stored-ann") == 200);
    for (String path :
        List.of(
            "/v1/people",
            "/v1/people/stored-ann",
            "/v1/people/stored-ann/memory",
            "/v1/emotions.csv?person=stored-ann")) {
      assertThat(dashboard.get(path, TOKEN).headers().allValues("Cache-Control"))
          .as(path)
          .containsExactly("no-store");
    }
  }

  private int status(String path) {
    try {
      return dashboard.get(path, TOKEN).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void requests_withoutTheRight_areRefused() throws Exception {
    for (String path :
        List.of(
            "/v1/emotions",
            "/v1/emotions.csv?person=ann",
            "/v1/people",
            "/v1/people/ann",
            "/v1/people/ann/memory",
            "/v1/people/ann/imagined.jpg",
            "/v1/people/ann/figure2.jpg")) {
      HttpResponse<String> none = dashboard.get(path, "");
      assertThat(none.statusCode()).as(path).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(dashboard.get(path, "a token that nobody knows").statusCode()).isEqualTo(401);
      HttpResponse<String> publisher = dashboard.get(path, PUBLISHER_TOKEN);
      assertThat(publisher.statusCode()).as(path).isEqualTo(403);
      assertThat(LocalDashboard.json(publisher).path("error").asText()).isEqualTo("forbidden");
    }
    assertThat(dashboard.get("/v1/people/ann", CALLS_TOKEN).statusCode()).isEqualTo(403);
    assertThat(dashboard.get("/v1/emotions?person=ann", CALLS_TOKEN).statusCode()).isEqualTo(403);
    // Reading is another right than forgetting.
    assertThat(dashboard.send("DELETE", "/v1/people/caller-1", CALLS_TOKEN).statusCode())
        .isEqualTo(403);
    assertThat(dashboard.send("DELETE", "/v1/people/ann", "").statusCode()).isEqualTo(401);
  }

  @Test
  void requests_badOnes_areToldWhatIsWrong() throws Exception {
    assertError("/v1/emotions?persn=ann", 400, "invalid_request", "parameters are person");
    assertError("/v1/emotions?person=", 400, "invalid_request", "1 to 256 characters");
    assertError("/v1/emotions.csv", 400, "invalid_request", "name the person");
    assertError("/v1/emotions.csv?person=a&from=noon", 400, "invalid_request", "from must be");
    assertError("/v1/people?person=ann", 400, "invalid_request", "no parameters");
    assertError("/v1/people/ann?seconds=-1", 400, "invalid_request", "seconds must be");
    assertError("/v1/people/nobody-at-all", 404, "unknown_person", "no event");
    assertError("/v1/people/ann/imagined.jpg?size=99", 400, "invalid_request", "size must be");
    assertError("/v1/people/ann/memory", 501, "memory_unavailable", "--topology");
    assertError("/v1/nothing", 404, "not_found", "nothing at this address");
    assertThat(dashboard.send("POST", "/v1/people", TOKEN).statusCode()).isEqualTo(405);
  }

  @Test
  void people_list_hasWhoMayBeReadWithTheirState() throws Exception {
    long now = System.currentTimeMillis();
    events.send("caller-list", 3);
    for (int i = 0; i < 20; i++) {
      events.send(Events.emotion("list-new", i, Source.MEMORY, i + 1), now + 40L * i);
    }
    events.send(Events.emotion("list-old", 0, Source.MEMORY, 50), now - 60_000);
    events.flush();
    LocalDashboard.await(() -> dashboard.dashboard.counts().people() >= 3);
    awaitSequence("list-new", 19);

    JsonNode all = dashboard.json("/v1/people");
    JsonNode callers = LocalDashboard.json(dashboard.get("/v1/people", CALLS_TOKEN)).path("people");

    assertThat(all.path("serverTime").asLong()).isGreaterThanOrEqualTo(now);
    JsonNode seeding = person(all, "list-new");
    assertThat(seeding.path("state").asText()).isEqualTo("SEEDING");
    assertThat(seeding.path("framesToSeed").asInt()).isEqualTo(5);
    assertThat(seeding.path("framesPerceived").asInt()).isEqualTo(20);
    assertThat(seeding.path("framesPerSecond").asDouble()).isEqualTo(25);
    assertThat(seeding.path("neurons").asInt()).isEqualTo(12);
    assertThat(person(all, "caller-list").path("state").asText()).isEqualTo("READY");
    assertThat(person(all, "caller-list").path("lagMillis").isNumber()).isTrue();
    assertThat(callers).isNotEmpty();
    assertThat(callers)
        .allSatisfy(one -> assertThat(one.path("person").asText()).startsWith("caller-"));
  }

  @Test
  void people_stream_hasEverybodyThenWhoChanges() throws Exception {
    events.send("stream-ann", 0);
    events.send("stream-bob", 0);
    events.flush();
    awaitSequence("stream-ann", 0);
    awaitSequence("stream-bob", 0);
    try (SseReader reader = dashboard.stream("/v1/people")) {
      JsonNode first = reader.next().data();
      assertThat(names(first)).contains("stream-ann", "stream-bob");

      events.send("stream-bob", 1);
      SseReader.Event change = reader.next(event -> names(event.data()).contains("stream-bob"));

      assertThat(change.type()).isEqualTo("people");
      assertThat(names(change.data())).doesNotContain("stream-ann");
      assertThat(person(change.data(), "stream-bob").path("framesPerceived").asInt())
          .isEqualTo(101);
    }
  }

  @Test
  void person_history_isThinnedOutAndThereAtTheStart() throws Exception {
    long begin = System.currentTimeMillis() - 60_000;
    for (int i = 0; i < 100; i++) {
      events.send(
          Events.emotion("history-ann", i, i < 50 ? Source.PRIOR : Source.MEMORY, i),
          begin + 40L * i);
    }
    events.send(Events.emotion("history-gone", 0, Source.MEMORY, 1), begin - 3_600_000);
    events.flush();

    try (LocalDashboard second = new LocalDashboard(CONFIG, cluster, folder)) {
      JsonNode ann = second.json("/v1/people/history-ann");
      JsonNode history = ann.path("history");
      JsonNode last = second.json("/v1/people/history-ann?seconds=0").path("history");

      // Four seconds, and at most four points in each.
      assertThat(history).hasSize(15);
      assertThat(history.get(0)).hasSize(8);
      assertThat(history.get(0).get(0).asLong()).isEqualTo(begin);
      assertThat(history.get(1).get(0).asLong()).isEqualTo(begin + 280);
      assertThat(history.get(1).get(1).floatValue()).isEqualTo(0.7f);
      assertThat(history.get(1).get(7).asInt()).isZero();
      assertThat(history.get(14).get(7).asInt()).isEqualTo(1);
      assertThat(ann.path("state").asText()).isEqualTo("IDLE");
      assertThat(ann.path("lagMillis").isNull()).isTrue();
      assertThat(ann.path("framesPerSecond").asDouble()).isZero();
      assertThat(last).isEmpty();
      // What is older than the history is not read at all, and old events are passed to nobody.
      assertThat(second.get("/v1/people/history-gone", TOKEN).statusCode()).isEqualTo(404);
      DashboardCounts counts = second.dashboard.counts();
      assertThat(counts.historyEvents()).isEqualTo(counts.events());
      assertThat(counts.sent()).isZero();
    }
  }

  @Test
  void csv_person_isWhatTheTopicHolds() throws Exception {
    long begin = System.currentTimeMillis() - 10_000;
    for (int i = 0; i < 5; i++) {
      events.send(Events.emotion("csv, ann", i, Source.MEMORY, i), begin + i);
    }
    events.flush();

    HttpResponse<String> all = dashboard.get("/v1/emotions.csv?person=csv%2C%20ann", TOKEN);
    HttpResponse<String> some =
        dashboard.get(
            "/v1/emotions.csv?person=csv%2C%20ann&from=" + (begin + 1) + "&to=" + (begin + 2),
            TOKEN);

    assertThat(all.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    String[] lines = all.body().split("\r\n", -1);
    assertThat(lines).hasSize(1 + 5 + 1);
    assertThat(lines[0]).startsWith("person,stream,sequence,capturedAt,ingestedAt,arousal");
    assertThat(lines[2])
        .isEqualTo(
            ("\"csv, ann\",\"call, \"\"one\"\"\",1,1001,%d,0.1,-0.1,MEMORY,0.25,-0.25,0.5,7,12,1,"
                    + "pk-1,,,,,,,,,,")
                .formatted(begin + 1));
    assertThat(lines[3]).endsWith(",pk-1,1.0,-1.0,,,,,,,,");
    assertThat(some.body().split("\r\n")).containsExactly(lines[0], lines[2], lines[3]);
  }

  @Test
  void person_nameOfAnyCharacters_canBeAskedFor() throws Exception {
    String name = "Zoë / 50% \"x\" <b>";
    events.send(name, 1);
    events.flush();
    String path = URLEncoder.encode(name, UTF_8).replace("+", "%20");
    awaitSequence(path, 1);

    assertThat(dashboard.json("/v1/people/" + path).path("person").asText()).isEqualTo(name);
    assertThat(dashboard.get("/v1/emotions.csv?person=" + path, TOKEN).body())
        .contains("\"Zoë / 50% \"\"x\"\" <b>\",");
  }

  @Test
  void malformedRecord_isCountedAndDelaysNobody() throws Exception {
    try (SseReader reader = dashboard.stream("/v1/emotions?person=bad-ann")) {
      events.sendBytes("bad-ann", new byte[] {1, 2, 3});
      events.send("bad-ann", 5);

      assertThat(reader.next().data().path("sequence").asLong()).isEqualTo(5);
      assertThat(dashboard.dashboard.counts().malformed()).isEqualTo(1);
    }
  }

  @Test
  void page_itsParts_areServedUnderAStrictPolicy() throws Exception {
    for (Map.Entry<String, String> part :
        Map.of(
                "/", "text/html",
                "/docs", "text/html",
                "/openapi.json", "application/json",
                "/page/uplot/uPlot.esm.js", "text/javascript",
                "/page/uplot/uPlot.min.css", "text/css",
                "/page/style.css", "text/css",
                "/page/icon.svg", "image/svg+xml")
            .entrySet()) {
      HttpResponse<String> response = dashboard.get(part.getKey(), "");
      assertThat(response.statusCode()).as(part.getKey()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .as(part.getKey())
          .startsWith(part.getValue());
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
    }
    assertThat(dashboard.get("/health/ready", "").statusCode()).isEqualTo(200);
    assertThat(dashboard.get("/page/DashboardServer.class", "").statusCode()).isEqualTo(404);
  }

  @Test
  void descriptions_addressesAndCodes_areThoseOfTheDashboard() throws Exception {
    JsonNode openApi = LocalDashboard.json(dashboard.get("/openapi.json", ""));

    Set<String> codes = new TreeSet<>();
    openApi
        .at("/components/schemas/Error/properties/error/enum")
        .forEach(code -> codes.add(code.asText()));
    Set<String> expected = new TreeSet<>(Set.of("slow_reader"));
    String page = dashboard.get("/docs", "").body();
    for (ApiError error : ApiError.values()) {
      expected.add(error.code());
      assertThat(page).contains("<code>" + error.code() + "</code></td><td>" + error.status());
    }
    assertThat(codes).isEqualTo(expected);
    assertThat(openApi.path("paths").size()).isGreaterThan(8);
    for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getKey().equals("parameters")) {
          continue;
        }
        // Without a token, so that nothing is done: what is not there is a 404 or 405 also then.
        StringBuilder address =
            new StringBuilder(path.getKey().replace("{person}", "ann").replace("{id}", "t1"));
        for (JsonNode parameter : operation.getValue().path("parameters")) {
          if (parameter.path("required").asBoolean()) {
            address.append('?').append(parameter.path("name").asText()).append("=ann");
          }
        }
        HttpResponse<String> response =
            dashboard.send(operation.getKey().toUpperCase(Locale.ROOT), address.toString(), "");
        assertThat(response.statusCode())
            .as("%s %s", operation.getKey(), path.getKey())
            .isEqualTo(operation.getValue().path("security").isArray() ? 200 : 401);
      }
    }
    for (JsonNode reference : openApi.findValues("$ref")) {
      assertThat(openApi.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
  }

  private void awaitSequence(String person, long sequence) {
    LocalDashboard.await(
        () -> {
          try {
            HttpResponse<String> response = dashboard.get("/v1/people/" + person, TOKEN);
            return response.statusCode() == 200
                && response.body().contains("\"framesPerceived\":")
                && LocalDashboard.json(response).path("framesPerceived").asLong() > sequence;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private void assertError(String path, int status, String error, String message) throws Exception {
    HttpResponse<String> response = dashboard.get(path, TOKEN);
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    JsonNode body = LocalDashboard.json(response);
    assertThat(body.path("error").asText()).isEqualTo(error);
    assertThat(body.path("message").asText()).contains(message);
  }

  private static List<String> people(SseReader reader, int count) throws InterruptedException {
    List<String> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(reader.next().data().path("person").asText());
    }
    return people;
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("people").forEach(person -> names.add(person.path("person").asText()));
    return names;
  }

  private static JsonNode person(JsonNode list, String name) {
    for (JsonNode person : list.path("people")) {
      if (person.path("person").asText().equals(name)) {
        return person;
      }
    }
    throw new AssertionError("no " + name);
  }
}
