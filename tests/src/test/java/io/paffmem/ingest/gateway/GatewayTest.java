package io.paffmem.ingest.gateway;

import static io.paffmem.ingest.gateway.LocalGateway.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.paffmem.bench.FeedClient;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.ingest.gateway.frames.Refusal;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.PictureDecoder;
import io.paffmem.prior.ImageDecoder;
import io.paffmem.prior.tensorflow.TensorFlowImageDecoder;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.web.WebConfig;
import io.paffmem.web.WebConfig.Tls;
import io.paffmem.web.WebException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] FACE = TestImages.face("jpg");

  @TempDir Path folder;

  @Test
  void frame_accepted_isOnTheTopicAsDeclared() throws Exception {
    try (LocalGateway gateway = start();
        FeedClient feed = gateway.connect()) {
      feed.say(
          """
          {"type": "open", "token": "%s", "person": "Zoë", "stream": "call 7", "picture": "face",
           "purpose": "medical", "consent": "form 12"}
          """
              .formatted(TOKEN));
      feed.say("{\"type\": \"frame\", \"sequence\": 41, \"capturedAt\": 1700000000123}");
      feed.send(FACE);
      feed.send(FACE);
      feed.say("{\"type\": \"close\"}");

      assertThat(text(feed, "type")).isEqualTo("opened");
      JsonNode first = feed.next(PATIENCE);
      JsonNode second = feed.next(PATIENCE);
      JsonNode closed = feed.next(PATIENCE);
      assertThat(feed.awaitClosed(PATIENCE)).isEqualTo(1000);
      assertThat(first.toString()).isEqualTo("{\"type\":\"accepted\",\"frame\":0,\"sequence\":41}");
      assertThat(closed.toString()).isEqualTo("{\"type\":\"closed\",\"frames\":2,\"accepted\":2}");
      List<Frame> frames = gateway.frames();
      assertThat(frames).hasSize(2);
      assertThat(frames.get(0).getIdentity().getPersonId()).isEqualTo("Zoë");
      assertThat(frames.get(0).getIdentity().getStreamId()).isEqualTo("call 7");
      assertThat(frames.get(0).getIdentity().getSequence()).isEqualTo(41);
      assertThat(frames.get(0).getCapturedAtMillis()).isEqualTo(1_700_000_000_123L);
      assertThat(frames.get(1).getIdentity().getSequence())
          .isEqualTo(second.path("sequence").asLong());
      ProducerRecord<byte[], byte[]> record = gateway.producer.history().get(0);
      assertThat(record.key()).isEqualTo("Zoë".getBytes(UTF_8));
      assertThat(header(record, FrameHeaders.PURPOSE)).isEqualTo("medical");
      assertThat(header(record, FrameHeaders.CONSENT)).isEqualTo("form 12");
    }
  }

  @Test
  void frame_face_isWhatTheModelServerExpects() throws Exception {
    try (LocalGateway gateway = start();
        TensorFlowImageDecoder decoder = new TensorFlowImageDecoder(96)) {
      for (String format : List.of("jpg", "png")) {
        var reply =
            gateway.post("/v1/people/ann/frames?picture=face", TOKEN, TestImages.face(format));
        assertThat(reply.statusCode()).isEqualTo(200);
      }

      byte[] pixels = new byte[96 * 96 * 3];
      byte[] original = new byte[pixels.length];
      decoder.decode(TestImages.face("png"), null, original, 0);
      for (Frame frame : gateway.frames()) {
        assertThat(decoder.decode(frame.getImage().array(), null, pixels, 0))
            .isInstanceOf(ImageDecoder.Decoded.class);
        assertThat(meanDifference(pixels, original)).isLessThan(6);
      }
    }
  }

  @Test
  void frames_wholePictures_arePublishedAsAReplayWould() throws Exception {
    SyntheticVideo video =
        new SyntheticVideo(
            new SyntheticPeople(1).heldOut(0), 1, new SyntheticVideo.Format(320, 240, 25, 1));
    try (LocalGateway gateway = start();
        FeedClient feed = gateway.connect();
        FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      feed.say(
          """
          {"type": "open", "token": "%s", "person": "ann", "stream": "s", "rate": 100}
          """
              .formatted(TOKEN));
      assertThat(text(feed, "type")).isEqualTo("opened");
      for (int i = 0; i < 10; i++) {
        byte[] picture = TestImages.encode(video.frame(i).image(), "jpg");
        feed.send(i, picture);
        assertThat(text(feed, "type")).isEqualTo("accepted");

        Picture pixels = PictureDecoder.decode(picture).orElseThrow();
        Sighting.Detected seen = (Sighting.Detected) finder.find(pixels);
        assertThat(gateway.frames().get(i).getImage().array())
            .isEqualTo(finder.crop(pixels, seen.box(), seen.face()).jpeg());
      }
    }
  }

  @Test
  void frames_withoutNumbers_areNumberedByTheClockAndGrow() throws Exception {
    try (LocalGateway gateway = start();
        FeedClient feed = gateway.open("ann")) {
      long before = System.currentTimeMillis();
      assertThat(text(feed, "type")).isEqualTo("opened");
      long last = before - 1;
      for (int i = 0; i < 20; i++) {
        feed.send(FACE);
        JsonNode reply = feed.next(PATIENCE);
        assertThat(reply.path("sequence").asLong()).isGreaterThan(last);
        last = reply.path("sequence").asLong();
      }
      assertThat(last).isLessThan(System.currentTimeMillis() + 1_000);
    }
  }

  @Test
  void ping_isAnsweredAndTheFeedGoesOn() throws Exception {
    try (LocalGateway gateway = start();
        RawFeed feed = new RawFeed(gateway.gateway.port())) {
      feed.send(RawFeed.PING, "?".getBytes(UTF_8));
      assertThat(feed.read(3)).isEqualTo(new byte[] {(byte) 0x8A, 1, '?'});

      feed.send(RawFeed.TEXT, "?".getBytes(UTF_8));
      assertThat(feed.read(1)).isEqualTo(new byte[] {(byte) 0x81});
    }
  }

  @Test
  void close_answered_givesThePlaceBack() throws Exception {
    try (LocalGateway gateway = start();
        FeedClient feed = gateway.open("ann")) {
      assertThat(text(feed, "type")).isEqualTo("opened");
      feed.say("{\"type\": \"close\"}");

      assertThat(feed.awaitClosed(PATIENCE)).isEqualTo(1000);
      BadInputTest.await(() -> gateway.gateway.counts().openFeeds() == 0);
      assertThat(gateway.gateway.counts().silentFeeds()).isZero();
    }
  }

  @Test
  void post_refusedBeforeItIsRead_endsTheConnection() throws Exception {
    try (LocalGateway gateway = start()) {
      String path = "/v1/people/ann/frames?picture=face";

      assertThat(connection(gateway.post(path, TOKEN, FACE))).isEmpty();
      assertThat(answerToHead(gateway, "POST " + path, TOKEN, "Content-Length: 5000000"))
          .startsWith("HTTP/1.1 413 ")
          .containsIgnoringCase("\r\nConnection: close\r\n");
      assertThat(answerToHead(gateway, "POST " + path, "no token", "Content-Length: 5000"))
          .startsWith("HTTP/1.1 401 ")
          .containsIgnoringCase("\r\nConnection: close\r\n");
    }
  }

  /**
   * The head of the answer to a request whose body is announced and never sent: a client that sends
   * one may find the connection closed before it has read the answer.
   */
  private static String answerToHead(
      LocalGateway gateway, String request, String token, String header) throws IOException {
    String head =
        "%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
            .formatted(request, token, header);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port())) {
      socket.getOutputStream().write(head.getBytes(UTF_8));
      StringBuilder answer = new StringBuilder();
      for (int next = 0; next >= 0 && answer.indexOf("\r\n\r\n") < 0; ) {
        next = socket.getInputStream().read();
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  private static Optional<String> connection(HttpResponse<String> response) {
    return response.headers().firstValue("Connection");
  }

  @Test
  void stop_framesInProgress_areAnsweredBeforeTheGoodBye() throws Exception {
    try (LocalGateway gateway = new LocalGateway(LocalGateway.config(), false, folder);
        FeedClient feed = gateway.open("ann");
        FeedClient idle = gateway.connect()) {
      feed.send(0, FACE);
      BadInputTest.await(() -> gateway.producer.history().size() == 1);

      CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(gateway.gateway::stop);
      BadInputTest.await(
          () -> {
            try {
              return gateway.get("/health/ready").statusCode() == 503;
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      feed.send(1, FACE);
      assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
      BadInputTest.await(() -> gateway.gateway.counts().refused() == 1);
      assertThat(gateway.producer.completeNext()).isTrue();

      assertThat(text(feed, "type")).isEqualTo("opened");
      assertThat(text(feed, "type")).isEqualTo("accepted");
      assertThat(text(feed, "code")).isEqualTo("busy");
      assertThat(feed.awaitClosed(PATIENCE)).isEqualTo(1001);
      assertThat(idle.awaitClosed(PATIENCE)).isEqualTo(1001);
      assertThat(stopped.get()).isTrue();
      assertThat(gateway.gateway.counts().toString())
          .isEqualTo(
              "2 frames received: 1 accepted, 1 busy, 0 in progress; 2 feeds, 0 slow readers, 0"
                  + " silent");
    }
  }

  @Test
  void frames_faceThatCannotBeRead_areAcceptedAndCountedAsThat() throws Exception {
    try (LocalGateway gateway = start()) {
      var read = gateway.post("/v1/people/ann/frames?picture=face", TOKEN, FACE);
      var flat = gateway.post("/v1/people/ann/frames?picture=face", TOKEN, TestImages.faceless());
      var refused = gateway.post("/v1/people/ann/frames", TOKEN, TestImages.faceless());

      assertThat(read.body()).doesNotContain("readable");
      assertThat(flat.body()).contains("\"readable\":false");
      assertThat(refused.statusCode()).isEqualTo(422);
      GatewayCounts counts = gateway.gateway.counts();
      assertThat(counts.received()).isEqualTo(counts.accepted() + counts.refused()).isEqualTo(3);
      assertThat(counts.unreadable()).isEqualTo(1);
      assertThat(counts.toString())
          .startsWith("3 frames received: 2 accepted (1 with a face not readable), 1 no_face, ");
      assertThat(faces(gateway, "true")).isEqualTo(1);
      assertThat(faces(gateway, "false")).isEqualTo(1);
    }
  }

  /** How many were cut out, of those that can be read, or of the others. */
  private static double faces(LocalGateway gateway, String readable) {
    return gateway
        .meters
        .find("paffmem.gateway.faces")
        .tag("readable", readable)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void ready_brokerDoesNotAnswer_isNot() throws Exception {
    try (LocalGateway gateway = start()) {
      assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);

      gateway.brokerAnswers = false;

      assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void feed_noRoom_isRefusedAtTheDoor() throws Exception {
    Limits one = new Limits(60_000, 640 * 480, 25, 1, 4, 1 << 20, 1);
    try (LocalGateway gateway =
            new LocalGateway(LocalGateway.config(one, false, Patience.defaults()), true, folder);
        FeedClient first = gateway.open("ann")) {
      assertThat(text(first, "type")).isEqualTo("opened");

      assertThatThrownBy(() -> gateway.open("bob"))
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("WebSocketHandshakeException");
    }
  }

  @Test
  void pages_eachOne_isThereAndLoadsNothingFromElsewhere() throws Exception {
    try (LocalGateway gateway = start()) {
      for (String path : List.of("/camera", "/camera.js", "/docs", "/style.css")) {
        HttpResponse<String> page = gateway.get(path);

        assertThat(page.statusCode()).as(path).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
            .startsWith("default-src 'none'")
            .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(page.body()).doesNotContain("http://", "https://", "style=", "onclick");
      }
      assertThat(gateway.get("/camera").body()).contains("apparent expression");
    }
  }

  @Test
  void descriptions_codes_areThoseOfTheGateway() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Set<String> codes = new TreeSet<>();
    for (Refusal refusal : Refusal.values()) {
      codes.add(refusal.code());
    }
    try (LocalGateway gateway = start()) {
      JsonNode openApi = json.readTree(gateway.get("/openapi.json").body());
      JsonNode asyncApi = json.readTree(gateway.get("/asyncapi.json").body());

      assertThat(texts(openApi.at("/components/schemas/Error/properties/code/enum")))
          .isEqualTo(codes);
      assertThat(texts(asyncApi.at("/channels/feed/messages/error/payload/properties/code/enum")))
          .isEqualTo(codes);
      JsonNode responses = openApi.at("/paths/~1v1~1people~1{person}~1frames/post/responses");
      String page = gateway.get("/docs").body();
      for (Refusal refusal : Refusal.values()) {
        assertThat(page).contains("<code>" + refusal.code() + "</code>");
        assertThat(responses.has(Integer.toString(refusal.httpStatus()))).as(page).isTrue();
      }
    }
  }

  @Test
  void tls_keystore_servesHttpsAndWss() throws Exception {
    Path keystore = folder.resolve("gateway.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gateway",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                keystore.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    GatewayConfig config =
        new GatewayConfig(
            new WebConfig("127.0.0.1", 0, new Tls(keystore, "changeit"), false),
            false,
            LocalGateway.LIMITS,
            Patience.defaults());

    try (LocalGateway gateway = new LocalGateway(config, true, folder)) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(keystore)).build();
      try (FeedClient feed =
          FeedClient.open(
              trusting,
              URI.create("wss://localhost:" + gateway.gateway.port()),
              TOKEN,
              "ann",
              Map.of("picture", "face"))) {
        feed.send(FACE);
        assertThat(text(feed, "type")).isEqualTo("opened");
        assertThat(text(feed, "type")).isEqualTo("accepted");
      }
    }
    assertThatThrownBy(
            () ->
                new LocalGateway(
                    new GatewayConfig(
                        new WebConfig("127.0.0.1", 0, new Tls(keystore, "wrong"), false),
                        false,
                        LocalGateway.LIMITS,
                        Patience.defaults()),
                    true,
                    folder))
        .isInstanceOf(WebException.class)
        .hasMessageContaining("check the keystore and its password")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void start_portTaken_saysSo() throws Exception {
    try (LocalGateway gateway = start()) {
      assertThatThrownBy(
              () -> new LocalGateway(GatewayConfig.local(gateway.gateway.port()), true, folder))
          .isInstanceOf(WebException.class)
          .hasMessageContainingAll(
              "the gateway cannot listen on 127.0.0.1 port", "another host or port");
    }
  }

  private LocalGateway start() throws IOException {
    return new LocalGateway(LocalGateway.config(), true, folder);
  }

  private static SSLContext trusting(Path keystore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("gateway", store.getCertificate("gateway"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String text(FeedClient feed, String field) throws InterruptedException {
    JsonNode reply = feed.next(PATIENCE);
    return reply.path(field).asText();
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static double meanDifference(byte[] a, byte[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
    }
    return (double) sum / a.length;
  }
}
