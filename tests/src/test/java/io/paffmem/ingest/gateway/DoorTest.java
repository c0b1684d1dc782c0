package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.access.Audit;
import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.Pseudonyms;
import io.paffmem.bench.FeedClient;
import io.paffmem.chain.PngFaces;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.Demands;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who is not let in, and what that costs those who are. */
@Tag("broker")
final class DoorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] FACE = face();

  @TempDir Path folder;

  @Test
  void connect_farMoreThatSayNothing_takeNobodysPlace() throws Exception {
    List<FeedClient> silent = new ArrayList<>();
    try (LocalGateway gateway = new LocalGateway(LocalGateway.config(), true, folder)) {
      for (int i = 0; i < 200; i++) {
        silent.add(gateway.connect());
      }

      try (FeedClient feed = gateway.open("ann")) {
        assertThat(type(feed)).isEqualTo("opened");
        feed.send(FACE);
        assertThat(type(feed)).isEqualTo("accepted");
      }
      // Sixty-four of one address may be silent at once.
      BadInputTest.await(() -> refused(gateway, "crowded_out") >= 200 - 64);
      assertThat(refused(gateway, "no_room")).isZero();
    } finally {
      silent.forEach(FeedClient::close);
    }
  }

  @Test
  void connect_wrongTokenInTheHeader_isRefusedBeforeItIsAWebSocket() throws Exception {
    try (LocalGateway gateway = new LocalGateway(LocalGateway.config(), true, folder)) {
      WebSocket.Builder wrong =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .header("Authorization", "Bearer a token that is none");
      URI address = URI.create("ws://127.0.0.1:" + gateway.gateway.port() + "/v1/feed");

      assertThatThrownBy(() -> wrong.buildAsync(address, new WebSocket.Listener() {}).join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
      assertThat(refused(gateway, "unauthorized")).isEqualTo(1);
      assertThat(
              gateway
                  .meters
                  .get("paffmem.access.refused.requests")
                  .tag("reason", "unknown_token")
                  .functionCounter()
                  .count())
          .isEqualTo(1);
      assertThat(gateway.gateway.counts().openFeeds()).isZero();
    }
  }

  @Test
  void accessFile_tokenTakenOut_itsFeedIsClosedAndItOpensNoOther() throws Exception {
    Patience quick =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));
    try (LocalGateway gateway =
            new LocalGateway(LocalGateway.config(LocalGateway.LIMITS, false, quick), true, folder);
        FeedClient feed = gateway.open("ann")) {
      assertThat(type(feed)).isEqualTo("opened");

      gateway.writeAccess(
          """
          {"tokens": [{"name": "new", "token": "another token, long enough",
            "publish": {"people": ["*"], "streams": ["*"]}}]}
          """);

      assertThat(feed.next(PATIENCE).path("code").asText()).isEqualTo("unauthorized");
      assertThat(feed.awaitClosed(PATIENCE)).isEqualTo(1008);
      assertThat(post(gateway, LocalGateway.TOKEN, "")).contains("unauthorized");
      assertThat(post(gateway, "another token, long enough", "")).contains("accepted");
    }
  }

  @Test
  void declare_whatIsDemanded_isRefusedWithoutAndAcceptedWith() throws Exception {
    Demands demands = new Demands(true, true, Pattern.compile("form-[0-9]+"));
    GatewayConfig config =
        new GatewayConfig(WebConfig.local(0), demands, LocalGateway.LIMITS, Patience.defaults());
    try (LocalGateway gateway = new LocalGateway(config, true, folder)) {
      String all = LocalGateway.TOKEN;
      assertThat(post(gateway, all, "&consent=form-1")).contains("subjects_missing");
      assertThat(post(gateway, all, "&subjects=customers")).contains("consent_missing");
      for (String none : List.of(".", "%20", "-", "form-", "form-1x", "a")) {
        assertThat(post(gateway, all, "&subjects=customers&consent=" + none))
            .as(none)
            .contains("consent_missing");
      }
      assertThat(post(gateway, all, "&subjects=customers&consent=form-1")).contains("accepted");
    }
  }

  @Test
  void declare_aDotWhereAConsentIsRequired_isNone() throws Exception {
    GatewayConfig config = LocalGateway.config(LocalGateway.LIMITS, true, Patience.defaults());
    try (LocalGateway gateway = new LocalGateway(config, true, folder)) {
      assertThat(post(gateway, LocalGateway.TOKEN, "&consent=.")).contains("consent_missing");
      assertThat(post(gateway, LocalGateway.TOKEN, "&consent=%C3%A4")).contains("accepted");
    }
  }

  @Test
  void declare_purposesAndTheExemption_areRightsOfTheToken() throws Exception {
    try (LocalGateway gateway = new LocalGateway(LocalGateway.config(), true, folder)) {
      String calls = LocalGateway.CALLS_TOKEN;
      String caller = "/v1/people/caller-1/frames?picture=face&stream=call-1";
      assertThat(gateway.post(caller, calls, FACE).body()).contains("purpose_prohibited");
      assertThat(gateway.post(caller + "&purpose=fun", calls, FACE).body())
          .contains("purpose_prohibited");
      assertThat(gateway.post(caller + "&purpose=quality", calls, FACE).body())
          .contains("accepted");
      // Medical is among its purposes; to claim the exemption by it is another right.
      String exemption = caller + "&purpose=medical&subjects=employees";
      assertThat(gateway.post(exemption, calls, FACE).body()).contains("purpose_prohibited");
      assertThat(gateway.post(exemption, LocalGateway.TOKEN, FACE).body()).contains("accepted");
    }
  }

  @Test
  void withdrawal_whileAFeedIsOpen_itIsToldAndClosedAndMayComeBackWithANewConsent()
      throws Exception {
    Patience quick =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));
    try (LocalGateway gateway =
            new LocalGateway(LocalGateway.config(LocalGateway.LIMITS, false, quick), true, folder);
        FeedClient feed = gateway.connect()) {
      feed.say(
          """
          {"type": "open", "token": "%s", "person": "ann", "stream": "s", "consent": "form-1"}
          """
              .formatted(LocalGateway.TOKEN));
      assertThat(type(feed)).isEqualTo("opened");

      gateway.blocked.add("ann/form-1");

      assertThat(feed.next(PATIENCE).path("code").asText()).isEqualTo("consent_withdrawn");
      assertThat(feed.awaitClosed(PATIENCE)).isEqualTo(1008);
      assertThat(post(gateway, LocalGateway.TOKEN, "&consent=form-1"))
          .contains("consent_withdrawn");
      assertThat(post(gateway, LocalGateway.TOKEN, "&consent=form-2")).contains("accepted");
      gateway.blocked.add("ann");
      assertThat(post(gateway, LocalGateway.TOKEN, "&consent=form-2"))
          .contains("consent_withdrawn");
    }
  }

  @Test
  void pseudonyms_frames_nameNobodyAndRightsAndBlocksAreByName() throws Exception {
    Pseudonyms pseudonyms = Pseudonyms.by(DeploymentSecret.readOrMake(folder.resolve("secret")));
    GatewayConfig config =
        new GatewayConfig(
            WebConfig.local(0),
            Demands.NONE,
            LocalGateway.LIMITS,
            Patience.defaults(),
            pseudonyms,
            null);
    String path = "/v1/people/caller-ann/frames?picture=face&stream=call-1&purpose=quality";
    try (LocalGateway gateway = new LocalGateway(config, true, folder)) {
      assertThat(gateway.post(path, LocalGateway.CALLS_TOKEN, FACE).body()).contains("accepted");

      var record = gateway.producer.history().get(0);
      String key = new String(record.key(), StandardCharsets.UTF_8);
      assertThat(pseudonyms.name(key)).isEqualTo("caller-ann");
      assertThat(gateway.frames().get(0).getIdentity().getPersonId()).isEqualTo(key);
      assertThat(new String(record.value(), StandardCharsets.ISO_8859_1)).doesNotContain("ann");
      gateway.blocked.add(key);
      assertThat(gateway.post(path, LocalGateway.CALLS_TOKEN, FACE).body())
          .contains("consent_withdrawn");
      String tooLong = "/v1/people/" + "x".repeat(160) + "/frames?picture=face";
      assertThat(gateway.post(tooLong, LocalGateway.TOKEN, FACE).body())
          .contains("invalid_message", "159 bytes");
      String longest = "/v1/people/" + "x".repeat(159) + "/frames?picture=face";
      assertThat(gateway.post(longest, LocalGateway.TOKEN, FACE).body()).contains("accepted");
    }
  }

  @Test
  void audit_publishing_isNotedOnceAMinuteByTokenAndHash() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
    try (LocalGateway gateway = new LocalGateway(LocalGateway.config(), true, folder)) {
      post(gateway, LocalGateway.TOKEN, "");
      post(gateway, LocalGateway.TOKEN, "");
      post(gateway, "a token that is none", "");
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("token 'all' publishes " + PersonHasher.plain().of("ann").shortHex());
  }

  private static byte[] face() {
    try {
      return PngFaces.of(new byte[96 * 96 * 3]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String post(LocalGateway gateway, String token, String parameters)
      throws IOException, InterruptedException {
    return gateway.post("/v1/people/ann/frames?picture=face" + parameters, token, FACE).body();
  }

  private static double refused(LocalGateway gateway, String reason) {
    return gateway
        .meters
        .get("paffmem.gateway.refused.connections")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private static String type(FeedClient feed) throws InterruptedException {
    JsonNode reply = feed.next(PATIENCE);
    return reply.path("type").asText();
  }
}
