package io.paffmem.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees of a gateway with everything behind it in one process: it takes frames of a
 * marked person with a marked token, one of them without anything on it, marked bytes that are no
 * picture, and a wrong marked token, is asked for its metrics, by its dashboard for all it knows of
 * the person and to forget them, and to end.
 */
@Tag("broker")
@Tag("model")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneProcessOperationsTest {
  private static final String PERSON = "zebulon-the-marked";
  private static final String TOKEN = "token-that-nobody-may-see";
  private static final String WRONG_TOKEN = "another-token-that-nobody-may-see";
  private static final byte[] NO_PICTURE = "bytes-of-no-picture-at-all".getBytes(UTF_8);
  private static final int FRAMES = 6;

  /** Kafka's series among them. One of four partitions has 400. */
  private static final int MOST_SERIES = 600;

  private List<String> queries = List.of();
  private Exposition before = new Exposition("");
  private Exposition metrics = new Exposition("");
  private String text = "";
  private List<String> log = List.of();
  private byte[] face = {};

  @BeforeAll
  void run(@TempDir Path folder) throws Exception {
    queries = OperatorQueries.all();
    byte[] flat = PngFaces.of(new byte[FaceRenderer.CROP_BYTES]);
    face =
        PngFaces.of(
            new FaceRenderer()
                .faceCrop(new SyntheticPeople(1).heldOut(0), ShownAffect.NEUTRAL, FaceScene.PLAIN));
    try (PaffmemProcess gateway =
        PaffmemProcess.start(
            folder,
            "gateway",
            Map.of(
                "PAFFMEM_TOKEN", TOKEN,
                "PAFFMEM_LOG_FORMAT", "json",
                "PAFFMEM_LOG_LEVEL", "debug"),
            List.of(
                "gateway",
                "--port",
                "0",
                "--dashboard-port",
                "0",
                "--operations-port",
                "0",
                "--seeding-frames",
                "2",
                "--waiting-limit",
                "none"))) {
      assertThat(gateway.ask("/health/live").body()).isEqualTo("live");
      gateway.awaitReady();
      before = new Exposition(gateway.ask("/metrics").body());
      URI frames = gateway.gateway().resolve("/v1/people/" + PERSON + "/frames?picture=face");
      for (int i = 0; i < FRAMES; i++) {
        // The last one shows nothing that could be read.
        byte[] picture = i < FRAMES - 1 ? face : flat;
        assertThat(gateway.post(frames, TOKEN, picture).statusCode()).isEqualTo(200);
      }
      assertThat(gateway.post(frames, TOKEN, NO_PICTURE).statusCode()).isEqualTo(415);
      assertThat(gateway.post(frames, WRONG_TOKEN, face).statusCode()).isEqualTo(401);
      gateway.awaitBody(
          "/metrics", Pattern.compile("paffmem_event_latency_seconds_count " + FRAMES));
      // Kafka Streams' metrics are looked for every ten seconds, and come one after another.
      text = gateway.lookFor("/metrics", body -> missing(new Exposition(body)).isEmpty());
      metrics = new Exposition(text);
      askDashboard(gateway);
      gateway.stop();
      gateway.assertEnded();
      log = gateway.log();
    }
  }

  private static void askDashboard(PaffmemProcess gateway) throws Exception {
    URI dashboard = gateway.dashboard();
    String person = "/v1/people/" + PERSON;
    for (String path :
        List.of(
            "/v1/people",
            person,
            person + "/memory",
            person + "/figure2.jpg",
            "/v1/emotions.csv?person=" + PERSON)) {
      assertThat(gateway.send("GET", dashboard.resolve(path), TOKEN).statusCode())
          .as(path)
          .isEqualTo(200);
      assertThat(gateway.send("GET", dashboard.resolve(path), WRONG_TOKEN).statusCode())
          .as(path)
          .isEqualTo(401);
    }
    HttpResponse<String> receipt = gateway.send("DELETE", dashboard.resolve(person), TOKEN);
    assertThat(receipt.body()).contains("\"FORGOTTEN\"");
  }

  @Test
  void metrics_thatTheDashboardAndTheAlertsName_existWithTheirLabels() throws Exception {
    assertThat(queries).hasSizeGreaterThan(50);
    assertThat(missing(metrics)).isEmpty();
  }

  /** What the dashboard or an alert names and the metrics lack. */
  private List<String> missing(Exposition metrics) {
    List<String> missing = new ArrayList<>();
    for (String query : queries) {
      missing.addAll(metrics.missing(query));
    }
    return missing;
  }

  @Test
  void missing_whatDoesNotExist_isFound() {
    assertThat(metrics.missing("rate(paffmem_nothing_total[5m])")).isNotEmpty();
    assertThat(metrics.missing("paffmem_dead_letters_total{stage=\"nowhere\"}")).isNotEmpty();
    assertThat(metrics.missing("sum by (person) (paffmem_dead_letters_total)")).isNotEmpty();
  }

  @Test
  void metrics_everyFrame_isSomewhere() {
    double accepted = metrics.sum("paffmem_gateway_accepted_frames_total");
    double refused = metrics.sum("paffmem_gateway_refused_frames_total");
    double embeddings = metrics.sum("paffmem_model_server_answers_total", "stage", "encode");
    double events = metrics.sum("paffmem_topology_events_total");

    assertThat(metrics.sum("paffmem_gateway_received_frames_total"))
        .isEqualTo(FRAMES + 2)
        .isEqualTo(accepted + refused + metrics.sum("paffmem_gateway_waiting_frames"));
    assertThat(metrics.sum("paffmem_gateway_faces_total"))
        .isEqualTo(accepted)
        .isEqualTo(
            metrics.sum("paffmem_gateway_faces_total", "readable", "true")
                + metrics.sum("paffmem_gateway_unreadable_frames_total"));
    assertThat(metrics.sum("paffmem_topology_events_unreadable_total"))
        .isEqualTo(metrics.sum("paffmem_gateway_unreadable_frames_total"))
        .isEqualTo(1);
    assertThat(metrics.sum("paffmem_gateway_refused_frames_total", "reason", "not_an_image"))
        .isEqualTo(1);
    assertThat(metrics.sum("paffmem_model_server_records_total", "stage", "encode"))
        .isEqualTo(accepted)
        .isEqualTo(embeddings + metrics.sum("paffmem_dead_letters_total", "stage", "encode"));
    assertThat(metrics.sum("paffmem_topology_frames_total"))
        .isEqualTo(embeddings)
        .isEqualTo(
            events
                + metrics.sum("paffmem_topology_dead_frames_total")
                + metrics.sum("paffmem_topology_duplicates_total")
                + metrics.sum("paffmem_topology_forgotten_total")
                + metrics.sum("paffmem_topology_waiting_frames"));
    assertThat(metrics.sum("paffmem_event_latency_seconds_count")).isEqualTo(FRAMES);
    assertThat(metrics.sum("paffmem_topology_neurons_inserted_total")).isPositive();
    assertThat(metrics.sum("paffmem_ready")).isEqualTo(1);
  }

  @Test
  void metrics_deadLetters_areThereBeforeTheFirst() {
    assertThat(before.sum("paffmem_dead_letters_total")).isZero();
    assertThat(before.series("paffmem_dead_letters_total")).hasSizeGreaterThan(25);
  }

  @Test
  void metrics_holdNoPersonAndNoToken_andAreBounded() {
    assertThat(text).doesNotContain(PERSON, TOKEN, WRONG_TOKEN);
    assertThat(metrics.size()).isLessThan(MOST_SERIES);
    System.out.println(metrics.size() + " series");
  }

  @Test
  void log_atDebug_isOneJsonObjectALine_withoutPersonTokenOrPicture() throws Exception {
    ObjectMapper json = new ObjectMapper();
    List<String> events = log.stream().filter(line -> line.startsWith("{")).toList();
    for (String event : events) {
      JsonNode read = json.readTree(event);
      assertThat(read.get("level").asText()).isNotEmpty();
      assertThat(read.get("formattedMessage").asText()).isNotEmpty();
    }

    // TensorFlow writes two lines of its own, before anybody can tell it not to.
    assertThat(log.size() - events.size()).isLessThanOrEqualTo(2);
    assertThat(events).anyMatch(event -> event.contains("\"DEBUG\""));
    assertThat(String.join("\n", log))
        .doesNotContain(PERSON, TOKEN, WRONG_TOKEN, new String(NO_PICTURE, UTF_8))
        .doesNotContain(Base64.getEncoder().encodeToString(face).substring(100, 130))
        .doesNotContain(HexFormat.of().formatHex(face).substring(200, 240));
  }
}
