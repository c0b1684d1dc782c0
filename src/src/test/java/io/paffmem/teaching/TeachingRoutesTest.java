package io.paffmem.teaching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.access.AccessTokens;
import io.paffmem.access.OwnerOnly;
import io.paffmem.access.Pseudonyms;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.start.StartException;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TeachingRoutesTest {
  private static final String TEACHER = "teacher-0123456789";
  private static final String READER = "reader-01234567890";
  private static final String ADDRESS = "/v1/people/ann/teaching";
  private static final String NEUTRAL = "{\"neutral\": true, \"from\": 1000, \"to\": 4000}";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Teaching> sent = new CopyOnWriteArrayList<>();
  private Optional<PersonReceipt> receipt = Optional.empty();
  private boolean isBrokerAway;
  private TeachingRoutes routes;
  private WebServer server;

  @BeforeEach
  void open() throws IOException {
    Path access = folder.resolve("access.json");
    OwnerOnly.replace(
        access,
        """
        {"tokens": [
          {"name": "teacher", "token": "%s", "teach": ["ann"]},
          {"name": "reader", "token": "%s", "read": ["*"], "forget": ["*"]}
        ]}"""
            .formatted(TEACHER, READER)
            .getBytes(UTF_8));
    routes = new TeachingRoutes(AccessTokens.read(access), Pseudonyms.none(), this::send);
    server =
        WebServer.start("teaching", WebConfig.local(0), javalin -> routes.addTo(javalin.routes));
  }

  @AfterEach
  void close() {
    server.close();
    routes.close();
  }

  private Optional<PersonReceipt> send(Teaching teaching) {
    if (isBrokerAway) {
      throw new StartException("the broker is away");
    }
    sent.add(teaching);
    return receipt;
  }

  @Test
  void post_aFrame_isSentAndTheOutcomeAnswered() throws Exception {
    receipt = receipt("taught", null, 3);

    HttpResponse<String> response =
        post(
            TEACHER,
            "{\"id\": \"t1\", \"arousal\": 0.5, \"valence\": -0.25, \"stream\": \"cam\","
                + " \"sequence\": 7}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"person\":\"ann\",\"id\":\"t1\",\"state\":\"taught\",\"teachings\":3}");
    assertThat(sent)
        .containsExactly(
            new Teaching(
                "t1",
                "ann",
                TeachingKind.LABEL,
                "cam",
                7L,
                null,
                null,
                new Affect(0.5f, -0.25f),
                null));
  }

  @Test
  void post_refused_saysWhyInOneWordAndInWords() throws Exception {
    receipt = receipt("not_calm", "the face was not at rest", 0);

    HttpResponse<String> response = post(TEACHER, NEUTRAL);

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body())
        .isEqualTo("{\"error\":\"not_calm\",\"message\":\"the face was not at rest\"}");
    assertThat(sent)
        .singleElement()
        .satisfies(t -> assertThat(t.getKind()).isEqualTo(TeachingKind.NEUTRAL))
        .satisfies(t -> assertThat(t.getCommandId()).hasSize(36));
  }

  @Test
  void post_twiceTheSameId_isNoError_andWithoutAReceiptIsPending() throws Exception {
    receipt = receipt("duplicate", "a teaching of this id is in the memory already", 1);
    assertThat(post(TEACHER, NEUTRAL).body()).contains("\"state\":\"duplicate\"");
    receipt = Optional.empty();
    HttpResponse<String> pending = post(TEACHER, NEUTRAL);
    assertThat(pending.statusCode()).isEqualTo(202);
    assertThat(pending.body()).contains("\"state\":\"PENDING\"");
  }

  @Test
  void delete_takesATeachingBack() throws Exception {
    receipt = receipt("undone", null, 0);

    HttpResponse<String> response = send("DELETE", ADDRESS + "/t1", TEACHER, "");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"id\":\"t1\",\"state\":\"undone\"");
    assertThat(sent).extracting(Teaching::getUndoes).containsExactly("t1");
  }

  @Test
  void post_withoutTheRight_isRefused_andNothingIsSent() throws Exception {
    assertThat(post(null, NEUTRAL).statusCode()).isEqualTo(401);
    assertThat(post(READER, NEUTRAL).statusCode()).isEqualTo(403);
    assertThat(send("POST", "/v1/people/bob/teaching", TEACHER, NEUTRAL).statusCode())
        .isEqualTo(403);
    assertThat(send("DELETE", ADDRESS + "/t1", READER, "").statusCode()).isEqualTo(403);
    assertThat(sent).isEmpty();
  }

  @Test
  void post_aBodyThatMakesNoSense_saysWhat_andNothingIsSent() throws Exception {
    badBody("", "JSON");
    badBody("[1]", "must be a JSON object");
    badBody("{\"neutral\": true, \"from\": 1, \"to\": 2, \"mood\": 1}", "unknown field: mood");
    badBody("{\"from\": 1, \"to\": 2}", "say what the face showed");
    badBody(NEUTRAL.replace("true", "true, \"arousal\": 0"), "say what the face showed");
    badBody(NEUTRAL.replace("true", "\"yes\""), "neutral must be true or false");
    badBody("{\"neutral\": true}", "say when");
    badBody("{\"neutral\": true, \"sequence\": 1}", "say when");
    badBody(NEUTRAL.replace("1000", "5000"), "from not after to");
    badBody(NEUTRAL.replace("1000", "1.5"), "from must be a whole number");
    badBody(
        "{\"arousal\": 1.5, \"valence\": 0, \"from\": 1, \"to\": 2}",
        "arousal must be a number from -1 to 1");
    badBody(
        "{\"arousal\": 0, \"valence\": \"NaN\", \"from\": 1, \"to\": 2}",
        "valence must be a number");
    badBody(NEUTRAL.replace("}", ", \"id\": \"" + "x".repeat(65) + "\"}"), "1 to 64 characters");
    badBody(NEUTRAL + " ".repeat(5000), "at most 4096");
    assertThat(sent).isEmpty();
  }

  @Test
  void post_whileTheBrokerIsAway_isUnavailable() throws Exception {
    isBrokerAway = true;

    HttpResponse<String> response = post(TEACHER, NEUTRAL);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
  }

  private void badBody(String body, String why) throws Exception {
    HttpResponse<String> response = post(TEACHER, body);
    assertThat(response.statusCode()).as(body).isEqualTo(400);
    assertThat(response.body()).contains("invalid_request", why);
  }

  private static Optional<PersonReceipt> receipt(
      String outcome, @Nullable String problem, int teachings) {
    return Optional.of(
        new PersonReceipt(
            "c", "ann", CommandKind.TEACH, 0L, 0, 0, 0, 9, problem, outcome, teachings));
  }

  private HttpResponse<String> post(@Nullable String token, String body) throws Exception {
    return send("POST", ADDRESS, token, body);
  }

  private HttpResponse<String> send(
      String method, String address, @Nullable String token, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + address))
            .method(method, BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
