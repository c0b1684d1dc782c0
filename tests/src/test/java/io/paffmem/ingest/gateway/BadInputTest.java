package io.paffmem.ingest.gateway;

import static io.paffmem.ingest.gateway.LocalGateway.CALLS_TOKEN;
import static io.paffmem.ingest.gateway.LocalGateway.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.bench.FeedClient;
import io.paffmem.ingest.gateway.GatewayConfig.Patience;
import io.paffmem.ingest.gateway.frames.FramePipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a feed may do wrong, a line a case; every case leaves the others alone. */
@TestInstance(Lifecycle.PER_CLASS)
final class BadInputTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final byte[] FACE = TestImages.face("jpg");
  private static final byte[] PNG = TestImages.face("png");

  private final LocalGateway gateway;

  BadInputTest(@TempDir Path folder) throws IOException {
    gateway = new LocalGateway(LocalGateway.config(), true, folder);
  }

  @AfterAll
  void close() {
    gateway.close();
    GatewayCounts counts = gateway.gateway.counts();
    assertThat(counts.inProgress()).isZero();
    assertThat(counts.received()).isEqualTo(counts.accepted() + counts.refused());
    assertThat(counts.openFeeds()).isZero();
  }

  /**
   * One case.
   *
   * @param sent texts and pictures, in order
   * @param replies each as its type or code, with the number of the picture before it if it answers
   *     one
   */
  record Case(String name, List<Object> sent, List<String> replies) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource
  void feed(Case row) throws InterruptedException {
    try (FeedClient feed = gateway.connect()) {
      for (Object message : row.sent()) {
        if (message instanceof byte[] picture) {
          feed.send(picture);
        } else {
          feed.say(message.toString());
        }
      }

      List<String> replies = new ArrayList<>();
      while (replies.size() < row.replies().size()) {
        replies.add(brief(feed.next(PATIENCE)));
      }
      assertThat(replies).isEqualTo(row.replies());
      // Whatever it was, the connection is still of use, and nothing more is said.
      feed.say("?");
      assertThat(brief(feed.next(PATIENCE))).isEqualTo("invalid_message");
    }
  }

  static Stream<Case> feed() {
    return Stream.of(
        row("a picture before open", sent(FACE), "0 not_open"),
        row("two opens", sent(open(), open(), FACE), "opened", "already_open", "0 accepted"),
        row("no token", sent(open("token", null), FACE), "unauthorized", "0 unauthorized"),
        row("another token", sent(open("token", TOKEN + "x")), "unauthorized"),
        row(
            "a person of others",
            sent(calls("ann", "call-1"), FACE),
            "unauthorized",
            "0 unauthorized"),
        row("a stream of others", sent(calls("caller-1", "video")), "unauthorized"),
        row(
            "a right, after none",
            sent(open("token", "no"), open(), FACE),
            "unauthorized",
            "opened",
            "0 accepted"),
        row(
            "employees",
            sent(open("subjects", "employees"), FACE),
            "purpose_prohibited",
            "0 purpose_prohibited"),
        row("students", sent(open("subjects", "students")), "purpose_prohibited"),
        row(
            "patients are no employees",
            sent(open("subjects", "patients"), FACE),
            "opened",
            "0 accepted"),
        row(
            "a name of 10 KB",
            sent(open("person", "x".repeat(10 * 1024)), FACE),
            "invalid_message",
            "0 not_open"),
        row("a name with a line break", sent(open("person", "a\\nb")), "invalid_message"),
        row("a name with a NUL", sent(open("person", "a\\u0000b")), "invalid_message"),
        row("a name that is half a character", sent(open("person", "a\\ud83d")), "invalid_message"),
        row("no name", sent(open("person", null)), "invalid_message"),
        row("a field that nobody knows", sent(open("concent", "form 12")), "invalid_message"),
        row("text instead of binary", sent(open(), base64()), "opened", "invalid_message"),
        row(
            "text of a megabyte",
            sent(open(), "x".repeat(1 << 20), FACE),
            "opened",
            "invalid_message",
            "0 accepted"),
        row("a type that nobody knows", sent("{\"type\": \"subscribe\"}"), "invalid_message"),
        row("half a JSON", sent("{\"type\": \"open\""), "invalid_message"),
        row(
            "an empty picture",
            sent(open(), new byte[0], FACE),
            "opened",
            "0 not_an_image",
            "1 accepted"),
        row(
            "no picture at all",
            sent(open(), "GIF89a...".getBytes(UTF_8)),
            "opened",
            "0 not_an_image"),
        row("a JPEG cut in its head", sent(open(), cut(FACE, 100)), "opened", "0 not_an_image"),
        row(
            "a JPEG cut in its middle",
            sent(open(), cut(FACE, FACE.length / 2), FACE),
            "opened",
            "0 not_an_image",
            "1 accepted"),
        row(
            "a JPEG cut before its last byte",
            sent(open(), cut(FACE, FACE.length - 1)),
            "opened",
            "0 not_an_image"),
        row(
            "a PNG cut in its middle",
            sent(open(), cut(PNG, PNG.length / 2)),
            "opened",
            "0 not_an_image"),
        row("a PNG with a damaged byte", sent(open(), damaged(PNG)), "opened", "0 not_an_image"),
        row(
            "a PNG bomb",
            sent(open(), TestImages.pngBomb(), FACE),
            "opened",
            "0 too_large",
            "1 accepted"),
        row(
            "a picture of too many bytes",
            sent(open(), new byte[5_000_000], FACE),
            "opened",
            "0 too_large",
            "1 accepted"),
        row("a wall", sent(open("picture", "whole"), TestImages.faceless()), "opened", "0 no_face"),
        row(
            "two numbers for one picture",
            sent(open(), mark(1), mark(2), FACE),
            "opened",
            "invalid_message",
            "0 accepted 1"),
        row("a number below 0", sent(open(), mark(-1)), "opened", "invalid_message"),
        row("a number before open", sent(mark(1)), "not_open"),
        row(
            "a number again",
            sent(open(), mark(5), FACE, mark(5), FACE),
            "opened",
            "0 accepted 5",
            "1 accepted 5"),
        row(
            "a number far behind",
            sent(open(), mark(5000), FACE, mark(3000), FACE),
            "opened",
            "0 accepted 5000",
            "1 too_late"));
  }

  @Test
  void feed_jpegCutAnywhere_isNotAnImage() throws InterruptedException {
    try (FeedClient feed = gateway.open("cut")) {
      assertThat(brief(feed.next(PATIENCE))).isEqualTo("opened");
      int step = Math.max(1, FACE.length / 200);
      for (int length = 0; length < FACE.length; length += step) {
        feed.send(cut(FACE, length));
        assertThat(brief(feed.next(PATIENCE))).endsWith(" not_an_image");
      }
      feed.send(FACE);
      assertThat(brief(feed.next(PATIENCE))).endsWith(" accepted");
    }
  }

  @Test
  void feed_moreThanAgreed_isRateLimited() throws InterruptedException {
    try (FeedClient feed = gateway.connect()) {
      feed.say(open("rate", "0.01"));
      for (int i = 0; i < 4; i++) {
        feed.send(FACE);
      }

      assertThat(briefs(feed, 5))
          .containsExactly(
              "opened", "0 accepted", "1 accepted", "2 rate_limited", "3 rate_limited");
    }
  }

  @Test
  void feed_consentRequired_isRefusedWithout(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (LocalGateway strict =
            new LocalGateway(
                LocalGateway.config(LocalGateway.LIMITS, true, Patience.defaults()), true, folder);
        FeedClient feed = strict.connect()) {
      feed.say(open());
      feed.send(FACE);
      feed.say(open("consent", "form 12"));
      feed.send(FACE);

      assertThat(briefs(feed, 4))
          .containsExactly("consent_missing", "0 consent_missing", "opened", "1 accepted");
      assertThat(strict.post("/v1/people/ann/frames?picture=face", TOKEN, FACE).body())
          .contains("consent_missing");
      assertThat(
              strict
                  .post("/v1/people/ann/frames?picture=face&consent=form%2012", TOKEN, FACE)
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void feed_brokerDoesNotAcknowledge_isBusyAndAnsweredInOrderLater(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (LocalGateway slow = new LocalGateway(LocalGateway.config(), false, folder);
        FeedClient feed = slow.open("ann")) {
      for (int i = 0; i < 6; i++) {
        feed.send(i, FACE);
      }
      await(() -> slow.producer.history().size() == 4);
      await(() -> slow.gateway.counts().refused() == 2);
      assertThat(brief(feed.next(PATIENCE))).isEqualTo("opened");
      assertThat(slow.gateway.counts().inProgress()).isEqualTo(4);

      assertThat(slow.producer.completeNext()).isTrue();
      assertThat(brief(feed.next(PATIENCE))).isEqualTo("0 accepted 0");
      assertThat(slow.producer.errorNext(new TimeoutException("x"))).isTrue();
      assertThat(brief(feed.next(PATIENCE))).isEqualTo("1 busy");
      assertThat(slow.producer.completeNext()).isTrue();
      assertThat(slow.producer.completeNext()).isTrue();
      assertThat(briefs(feed, 4))
          .containsExactly("2 accepted 2", "3 accepted 3", "4 busy", "5 busy");
    }
  }

  @Test
  void feed_brokerRefusesForGood_isBusyAndTheLogSaysWhyOnce(@TempDir Path folder)
      throws IOException, InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger(FramePipeline.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try (LocalGateway forbidden = new LocalGateway(LocalGateway.config(), false, folder);
        FeedClient feed = forbidden.open("ann")) {
      for (int i = 0; i < 3; i++) {
        feed.send(i, FACE);
      }
      await(() -> forbidden.producer.history().size() == 3);
      forbidden.producer.errorNext(new TimeoutException("x"));
      forbidden.producer.errorNext(new TopicAuthorizationException("frames"));
      forbidden.producer.errorNext(new TopicAuthorizationException("frames"));

      assertThat(briefs(feed, 4)).containsExactly("opened", "0 busy", "1 busy", "2 busy");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .extracting(event -> event.getThrowableProxy().getClassName())
        .isEqualTo(TopicAuthorizationException.class.getName());
  }

  @Test
  void feed_doesNotTakeItsReplies_isEndedAndOthersDoNotNotice(@TempDir Path folder)
      throws Exception {
    Patience impatience = patience(Duration.ofSeconds(2), Duration.ofSeconds(10));
    try (LocalGateway impatient =
            new LocalGateway(
                LocalGateway.config(LocalGateway.LIMITS, false, impatience), true, folder);
        RawFeed slow = new RawFeed(impatient.gateway.port());
        FeedClient other = impatient.open("ann")) {
      slow.send(RawFeed.TEXT, open().getBytes(UTF_8));
      byte[] nonsense = "?".repeat(100).getBytes(UTF_8);
      Thread sender = new Thread(() -> sendUntilEnded(slow, RawFeed.TEXT, nonsense));
      sender.start();
      // Where the kernel drops acknowledgements for want of room, the feed is not heard any more
      // before the replies fill all buffers.
      await(
          () ->
              impatient.gateway.counts().slowReaders() + impatient.gateway.counts().silentFeeds()
                  == 1);
      sender.join();

      other.send(FACE);
      assertThat(briefs(other, 2)).containsExactly("opened", "0 accepted");
    }
  }

  @Test
  void feed_pingsAndDoesNotTakeThePongs_isNotReadFromAndEnded(@TempDir Path folder)
      throws Exception {
    Patience impatience = patience(Duration.ofSeconds(30), Duration.ofSeconds(2));
    try (LocalGateway impatient =
            new LocalGateway(
                LocalGateway.config(LocalGateway.LIMITS, false, impatience), true, folder);
        RawFeed flood = new RawFeed(impatient.gateway.port())) {
      Thread sender = new Thread(() -> sendUntilEnded(flood, RawFeed.PING, new byte[125]));
      sender.start();

      await(() -> impatient.gateway.counts().silentFeeds() == 1);
      sender.join();
    }
  }

  @Test
  void feed_halfOpen_isEndedAndItsStreamMayGoOn(@TempDir Path folder) throws Exception {
    Patience impatience = patience(Duration.ofSeconds(30), Duration.ofSeconds(5));
    try (LocalGateway impatient =
            new LocalGateway(
                LocalGateway.config(LocalGateway.LIMITS, false, impatience), true, folder);
        RawFeed silent = new RawFeed(impatient.gateway.port());
        FeedClient alive = impatient.open("ann")) {
      silent.send(RawFeed.TEXT, open().getBytes(UTF_8));
      silent.readToTheEnd();

      assertThat(impatient.gateway.counts().silentFeeds()).isEqualTo(1);
      // The JDK's client answers pings by itself.
      alive.send(FACE);
      assertThat(briefs(alive, 2)).containsExactly("opened", "0 accepted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"type\": \"open\", \"person\": \"ann\", \"stream\": \"s\"}"})
  void feed_opensNothing_isClosed(String said, @TempDir Path folder) throws Exception {
    Patience hasty =
        new Patience(
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));
    try (LocalGateway impatient =
            new LocalGateway(LocalGateway.config(LocalGateway.LIMITS, false, hasty), true, folder);
        FeedClient feed = impatient.connect()) {
      feed.say(said);

      assertThat(feed.awaitClosed(PATIENCE)).isEqualTo(1008);
    }
  }

  @Test
  void feed_streamOpenedByAnother_newerHasItAndOlderIsTold() throws Exception {
    try (FeedClient older = gateway.open("twice")) {
      assertThat(brief(older.next(PATIENCE))).isEqualTo("opened");
      older.send(7, FACE);
      assertThat(brief(older.next(PATIENCE))).isEqualTo("0 accepted 7");

      try (FeedClient newer = gateway.open("twice")) {
        JsonNode opened = newer.next(PATIENCE);
        assertThat(opened.path("acknowledged").asLong()).isEqualTo(7);
        assertThat(brief(older.next(PATIENCE))).isEqualTo("already_open");
        assertThat(older.awaitClosed(PATIENCE)).isEqualTo(1008);
        newer.send(8, FACE);
        assertThat(brief(newer.next(PATIENCE))).isEqualTo("0 accepted 8");
      }
    }
  }

  @Test
  void feed_takenOverWhileRepliesAreOwed_publishesNothingMore(@TempDir Path folder)
      throws Exception {
    try (LocalGateway slow = new LocalGateway(LocalGateway.config(), false, folder);
        RawFeed older = new RawFeed(slow.gateway.port());
        FeedClient newer = slow.connect()) {
      String open = open();
      older.send(RawFeed.TEXT, open.getBytes(UTF_8));
      older.send(RawFeed.BINARY, FACE);
      await(() -> slow.producer.history().size() == 1);
      newer.say(open);
      assertThat(brief(newer.next(PATIENCE))).isEqualTo("opened");

      older.send(RawFeed.BINARY, FACE);
      older.send(RawFeed.PING, "~".getBytes(UTF_8));
      older.readUntil('~');

      assertThat(slow.gateway.counts().received()).isEqualTo(1);
      assertThat(slow.producer.completeNext()).isTrue();
      older.readUntil(RawFeed.CLOSED);
      older.send(RawFeed.CLOSE, new byte[0]);
      await(() -> slow.gateway.counts().openFeeds() == 1);
      assertThat(slow.gateway.counts().accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource
  void post(Post row) throws IOException, InterruptedException {
    HttpResponse<String> reply = gateway.post(row.path(), row.token(), row.picture());

    assertThat(reply.body()).contains("\"" + row.code() + "\"");
    assertThat(reply.statusCode()).isEqualTo(row.status());
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  /** One request. */
  record Post(String path, String token, byte[] picture, int status, String code) {
    @Override
    public String toString() {
      return path.length() > 60 ? path.substring(0, 60) : path + " " + code;
    }
  }

  static Stream<Post> post() {
    String ann = "/v1/people/ann/frames?picture=face";
    return Stream.of(
        new Post(ann, TOKEN, FACE, 200, "accepted"),
        new Post(ann + "&sequence=7&stream=numbered", TOKEN, PNG, 200, "accepted"),
        new Post("/v1/people/Zo%C3%AB%20%2F%20B/frames?picture=face", TOKEN, FACE, 200, "accepted"),
        new Post(ann + "&sequence=7", TOKEN, FACE, 409, "too_late"),
        new Post(ann, "no token", FACE, 401, "unauthorized"),
        new Post(ann + "&stream=call-1", CALLS_TOKEN, FACE, 401, "unauthorized"),
        new Post(
            "/v1/people/caller-1/frames?stream=call-1&picture=face&purpose=quality",
            CALLS_TOKEN,
            FACE,
            200,
            "accepted"),
        new Post(ann + "&subjects=students", TOKEN, FACE, 403, "purpose_prohibited"),
        new Post(ann + "&subjects=students&purpose=medical", TOKEN, FACE, 200, "accepted"),
        new Post("/v1/people/a%0Ab/frames", TOKEN, FACE, 400, "invalid_message"),
        new Post(ann + "&stream=" + "x".repeat(300), TOKEN, FACE, 400, "invalid_message"),
        new Post(ann + "&sequence=first", TOKEN, FACE, 400, "invalid_message"),
        new Post(ann + "&capturedAt=-1", TOKEN, FACE, 400, "invalid_message"),
        new Post(ann + "&capturedAt=1700000000", TOKEN, FACE, 400, "invalid_message"), // seconds
        new Post(ann + "&subject=students", TOKEN, FACE, 400, "invalid_message"),
        new Post(ann + "&subjects=others&subjects=students", TOKEN, FACE, 400, "invalid_message"),
        new Post(ann + "&stream=%ff", TOKEN, FACE, 400, "invalid_message"),
        new Post(ann, TOKEN, new byte[0], 415, "not_an_image"),
        new Post(ann, TOKEN, cut(FACE, FACE.length / 2), 415, "not_an_image"),
        new Post(ann, TOKEN, TestImages.pngBomb(), 413, "too_large"),
        new Post(ann, TOKEN, TestImages.jpegOfManyScans(), 413, "too_large"),
        new Post(ann, TOKEN, Base64.getEncoder().encode(FACE), 415, "not_an_image"),
        new Post(ann, TOKEN, new byte[LocalGateway.LIMITS.maxFrameBytes() + 1], 413, "too_large"),
        new Post("/v1/people/ann/frames", TOKEN, TestImages.faceless(), 422, "no_face"));
  }

  /** What {@code curl -F file=@face.jpg} sends. */
  @Test
  void post_form_itsFileIsTaken() throws IOException, InterruptedException {
    byte[] head =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.jpg\"\r\n\r\n"
            .getBytes(UTF_8);
    byte[] end = "\r\n--b--\r\n".getBytes(UTF_8);
    ByteBuffer form = ByteBuffer.allocate(head.length + FACE.length + end.length);
    form.put(head).put(FACE).put(end);

    HttpResponse<String> taken =
        gateway.post(
            "/v1/people/ann/frames?picture=face&stream=form",
            TOKEN,
            "multipart/form-data; boundary=b",
            form.array());
    HttpResponse<String> without =
        gateway.post(
            "/v1/people/ann/frames?picture=face&stream=form",
            TOKEN,
            "multipart/form-data; boundary=b",
            "--b--".getBytes(UTF_8));

    assertThat(taken.body()).contains("\"accepted\"");
    assertThat(without.statusCode()).isEqualTo(415);
    assertThat(without.body()).contains("file=@FILE");
  }

  @Test
  void post_bodiesThatDoNotCome_takeSixteenThreadsAndNoMore(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<Socket> slow = new ArrayList<>();
    try (LocalGateway besieged = new LocalGateway(LocalGateway.config(), true, folder)) {
      for (int i = 0; i < 16; i++) {
        slow.add(uploadThatDoesNotCome(besieged));
      }

      await(
          () -> {
            if (statusOfPost(besieged) == 503) {
              return true;
            }
            // That request may have had the last place when the sixteenth came, which was refused.
            slow.add(uploadThatDoesNotCome(besieged));
            return false;
          });
      assertThat(besieged.get("/health/live").statusCode()).isEqualTo(200);

      for (Socket socket : slow) {
        socket.close();
      }
      await(() -> statusOfPost(besieged) == 200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"subjects=%zz", "subjects%zz=students"})
  void post_parameterThatCannotBeDecoded_isInvalid(String query) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port())) {
      socket.getOutputStream().write(headOfPost(query, 0).getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("\"invalid_message\"");
    }
  }

  private static Socket uploadThatDoesNotCome(LocalGateway gateway) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port());
      socket.getOutputStream().write(headOfPost("picture=face", 1000).getBytes(UTF_8));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As no well-behaved client sends it. */
  private static String headOfPost(String query, int length) {
    return String.join(
        "\r\n",
        "POST /v1/people/ann/frames?" + query + " HTTP/1.1",
        "Host: localhost",
        "Connection: close",
        "Authorization: Bearer " + TOKEN,
        "Content-Length: " + length,
        "",
        "");
  }

  private static int statusOfPost(LocalGateway gateway) {
    try {
      return gateway.post("/v1/people/bob/frames?picture=face", TOKEN, FACE).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sendUntilEnded(RawFeed feed, int opcode, byte[] message) {
    try {
      while (true) {
        feed.send(opcode, message);
      }
    } catch (IOException e) {
      // Ended.
    }
  }

  private static Patience patience(Duration reading, Duration silence) {
    return new Patience(
        Duration.ofSeconds(30), Duration.ofMillis(200), silence, reading, Duration.ofSeconds(1));
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static List<String> briefs(FeedClient feed, int count) throws InterruptedException {
    List<String> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(brief(feed.next(PATIENCE)));
    }
    return replies;
  }

  /** The picture's number, what became of it, and its sequence where the feed chose it. */
  private static String brief(JsonNode reply) {
    StringBuilder brief = new StringBuilder();
    if (reply.has("frame")) {
      brief.append(reply.path("frame").asLong()).append(' ');
    }
    brief.append(reply.has("code") ? reply.path("code").asText() : reply.path("type").asText());
    long sequence = reply.path("sequence").asLong(Long.MAX_VALUE);
    return sequence < 1_000_000 ? brief.append(' ').append(sequence).toString() : brief.toString();
  }

  private static Case row(String name, List<Object> sent, String... replies) {
    return new Case(name, sent, List.of(replies));
  }

  private static List<Object> sent(Object... messages) {
    return List.of(messages);
  }

  private static String open() {
    return open("rate", "100");
  }

  /** An open of a person whom no other case has, with one field more or another. */
  private static String open(String field, @Nullable String value) {
    StringBuilder fields = new StringBuilder();
    for (String[] each :
        new String[][] {
          {"token", TOKEN},
          {"person", "person-" + System.nanoTime()},
          {"stream", "stream"},
          {"picture", "face"}
        }) {
      if (!each[0].equals(field)) {
        fields.append(", \"%s\": \"%s\"".formatted(each[0], each[1]));
      }
    }
    if (value != null) {
      fields.append(
          field.equals("rate")
              ? ", \"rate\": " + value
              : ", \"%s\": \"%s\"".formatted(field, value));
    }
    return "{\"type\": \"open\"" + fields + "}";
  }

  private static String calls(String person, String stream) {
    return """
    {"type": "open", "token": "%s", "person": "%s", "stream": "%s"}
    """
        .formatted(CALLS_TOKEN, person, stream);
  }

  private static String mark(long sequence) {
    return "{\"type\": \"frame\", \"sequence\": " + sequence + "}";
  }

  private static String base64() {
    return Base64.getEncoder().encodeToString(FACE);
  }

  private static byte[] cut(byte[] image, int length) {
    return Arrays.copyOf(image, length);
  }

  private static byte[] damaged(byte[] image) {
    byte[] damaged = image.clone();
    damaged[damaged.length / 2] ^= 0x10;
    return damaged;
  }
}
