package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams from servers in this process, on loopback. */
@Timeout(300)
final class VideoSourcesTest {
  private static final LiveConfig IMPATIENT =
      new LiveConfig(Duration.ofSeconds(3), Duration.ofMillis(1), Duration.ofMillis(10), null);
  private static final LiveConfig GIVES_UP =
      new LiveConfig(
          Duration.ofSeconds(3),
          Duration.ofMillis(1),
          Duration.ofMillis(10),
          Duration.ofMillis(500));

  @TempDir Path folder;

  @Test
  void open_recordingOverHttp_givesEveryPictureAndEnds() throws Exception {
    Path file = folder.resolve("levels.mov");
    MadeVideo.write(file, 7, 200, 0);
    byte[] bytes = Files.readAllBytes(file);
    try (Server server = new Server((socket, visit) -> serveFile(socket, bytes));
        VideoSource source = open(server.address("http", "/levels.mov"), IMPATIENT)) {
      List<Long> indices = new ArrayList<>();
      for (Picture picture = source.next(); picture != null; picture = source.next()) {
        indices.add(picture.index());
      }

      assertThat(source.isLive()).isFalse();
      assertThat(indices).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void next_streamBreaksOff_goesOnWithAnotherConnection() throws Exception {
    try (Server server = new Server((socket, visit) -> serveMotionJpeg(socket, 40, 0));
        VideoSource source = open(server.address("http", "/live"), IMPATIENT)) {
      List<Long> indices = new ArrayList<>();
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Picture picture = source.next();
        assertThat(picture).isNotNull();
        indices.add(picture.index());
        micros.add(picture.timestampMicros());
      }

      assertThat(source.isLive()).isTrue();
      assertThat(server.visits()).isGreaterThanOrEqualTo(3);
      assertThat(indices).isSorted().doesNotHaveDuplicates();
      assertThat(micros).isSorted();
    }
  }

  /** The first connection gives pictures and then nothing more, without closing. */
  @Test
  void next_streamStalls_connectsAnew() throws Exception {
    try (Server server =
            new Server(
                (socket, visit) -> {
                  serveMotionJpeg(socket, 40, 0);
                  if (visit == 1) {
                    waitForEnd(socket);
                  }
                });
        VideoSource source = open(server.address("http", "/live"), IMPATIENT)) {
      for (int i = 0; i < 60; i++) {
        assertThat(source.next()).isNotNull();
      }

      assertThat(server.visits()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void next_streamTrickles_isAStallToo() throws Exception {
    try (Server server =
            new Server(
                (socket, visit) -> {
                  serveMotionJpeg(socket, 40, 0);
                  if (visit == 1) {
                    // Bytes, but no picture, more often than any time-out of a read.
                    trickle(socket);
                  }
                });
        VideoSource source = open(server.address("http", "/live"), IMPATIENT)) {
      for (int i = 0; i < 60; i++) {
        assertThat(source.next()).isNotNull();
      }

      assertThat(server.visits()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void next_streamStaysAway_givesUpAndSaysWhat() throws Exception {
    VideoSource source;
    try (Server server = new Server((socket, visit) -> serveMotionJpeg(socket, 40, 0))) {
      source = open(server.address("http", "/live?token=secret"), GIVES_UP);
    }
    try (source) {
      assertThatThrownBy(
              () -> {
                while (source.next() != null) {}
              })
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("/live has given no picture for")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void next_interrupted_isNullAndStaysInterrupted() throws Exception {
    try (Server server =
            new Server(
                (socket, visit) -> {
                  serveMotionJpeg(socket, 40, 0);
                  waitForEnd(socket);
                });
        VideoSource source =
            VideoSources.with(LiveConfig.standard(), Late.NEWEST)
                .open(server.address("http", "/live"))) {
      Thread.currentThread().interrupt();

      assertThat(source.next()).isNull();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  // ---- what a source leads to

  @Test
  void open_redirectToTheSameHost_isFollowed() throws Exception {
    byte[] video = video();
    try (Server server = redirecting("127.0.0.1", video)) {
      try (VideoSource source = open(server.address("http", "/moved"), IMPATIENT)) {
        assertThat(source.next()).isNotNull();
      }
    }
  }

  @Test
  void open_redirectToAnotherHost_isRefusedUnlessAllowed() throws Exception {
    byte[] video = video();
    try (Server server = redirecting("localhost", video)) {
      SourceAddress address = server.address("http", "/moved");

      assertThatThrownBy(() -> open(address, IMPATIENT))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("leads to another host, localhost; name that address");
      assertThat(server.visits()).as("the other host was not asked").isEqualTo(1);
      try (VideoSource source =
          VideoSources.with(IMPATIENT, Late.EVERY).redirects(true).open(address)) {
        assertThat(source.next()).isNotNull();
      }
    }
  }

  @Test
  void open_playlist_onRequestOnly() throws Exception {
    byte[] segment =
        Files.readAllBytes(
            FfmpegProgram.make(
                folder.resolve("0.ts"),
                FfmpegProgram.all(
                    FfmpegProgram.MOVING, FfmpegProgram.words("-c:v libopenh264 -f mpegts"))));
    byte[] playlist =
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.2,\n0.ts\n#EXT-X-ENDLIST\n"
            .getBytes(US_ASCII);
    try (Server server =
        new Server(
            (socket, visit) ->
                serveWhole(
                    socket,
                    path -> path.endsWith(".ts") ? segment : playlist,
                    path -> path.endsWith(".ts") ? "video/mp2t" : "application/x-mpegURL"))) {
      SourceAddress address = server.address("http", "/live.m3u8");

      assertThatThrownBy(() -> open(address, IMPATIENT))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("needs --hls");
      int visits = server.visits();
      assertThat(visits).isEqualTo(1);
      try (VideoSource source =
          VideoSources.with(IMPATIENT, Late.EVERY).playlists(true).open(address)) {
        assertThat(source.next()).isNotNull();
      }
    }
  }

  @Test
  void open_scriptOverHttp_isRefused() throws Exception {
    byte[] script = "ffconcat version 1.0\nfile http://127.0.0.1:1/inside\n".getBytes(US_ASCII);
    try (Server server =
        new Server((socket, visit) -> serveWhole(socket, path -> script, path -> "video/mp4"))) {
      assertRefused(server.address("http", "/video.mp4"));
    }
  }

  @Test
  void open_addressWithAPassword_isAskedAsTheServerExpects() throws Exception {
    byte[] video = video();
    List<String> requests = new CopyOnWriteArrayList<>();
    try (Server server =
        new Server(
            (socket, visit) -> {
              String request = readRequest(socket);
              requests.add(request);
              if (request.contains("Authorization: Basic YW5uOnB3")) {
                sendFile(socket, request, video);
              } else {
                write(
                    socket,
                    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
              }
            })) {
      SourceAddress address =
          SourceAddress.of(server.address("http", "/a b?x=1").text().replace("://", "://ann:pw@"));
      try (VideoSource source = open(address, IMPATIENT)) {
        assertThat(source.next()).isNotNull();
      }
    }
    assertThat(requests)
        .allSatisfy(
            request ->
                assertThat(request)
                    .startsWith("GET /a")
                    .contains("\r\nHost: 127.0.0.1:")
                    .doesNotContain("ann:pw"));
  }

  /** A server that breaks off in the middle, whatever is asked of it. */
  @Test
  void next_recordingOverHttpBreaksOff_isToldAsIncomplete() throws Exception {
    byte[] whole =
        Files.readAllBytes(
            FfmpegProgram.make(
                folder.resolve("whole.mp4"),
                FfmpegProgram.all(
                    FfmpegProgram.MOVING,
                    FfmpegProgram.words("-c:v mpeg4 -q:v 2 -movflags faststart"))));
    try (Server server =
            new Server(
                (socket, visit) -> {
                  String request = readRequest(socket);
                  write(
                      socket,
                      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                          .formatted(whole.length));
                  if (!request.contains("Range: bytes=") || request.contains("Range: bytes=0-")) {
                    socket.getOutputStream().write(whole, 0, whole.length / 2);
                  }
                });
        VideoSource source = open(server.address("http", "/whole.mp4"), IMPATIENT)) {
      int pictures = 0;
      while (source.next() != null) {
        pictures++;
      }

      assertThat(pictures).isBetween(5, 25);
      assertThat(source.shortfall().orElse(""))
          .isEqualTo("ended after " + pictures + " of about 30 pictures, incomplete");
    }
  }

  private byte[] video() throws IOException {
    Path file = folder.resolve("levels.mov");
    MadeVideo.write(file, 7, 200, 0);
    return Files.readAllBytes(file);
  }

  /** Sends a visitor who asks for what was moved to the same port of that host. */
  private static Server redirecting(String host, byte[] video) throws IOException {
    return new Server(
        (socket, visit) -> {
          String request = readRequest(socket);
          if (request.startsWith("GET /moved ")) {
            write(
                socket,
                "HTTP/1.1 302 Found\r\nLocation: http://%s:%d/levels.mov\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .formatted(host, socket.getLocalPort()));
          } else {
            sendFile(socket, request, video);
          }
        });
  }

  private static void serveWhole(
      Socket socket, Function<String, byte[]> body, Function<String, String> type)
      throws IOException {
    String request = readRequest(socket);
    String path = request.substring(request.indexOf(' ') + 1, request.indexOf(" HTTP"));
    byte[] bytes = body.apply(path);
    write(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(type.apply(path), bytes.length));
    socket.getOutputStream().write(bytes);
  }

  @Test
  void open_rtspAnswersNothing_isNoticed() throws Exception {
    try (Server server = new Server((socket, visit) -> waitForEnd(socket))) {
      assertRefused(server.address("rtsp", "/live"));
    }
  }

  @Test
  void open_rtspStallsAfterItsFirstAnswer_isNoticed() throws Exception {
    try (Server server =
        new Server(
            (socket, visit) -> {
              readRequest(socket);
              write(
                  socket,
                  "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n");
              waitForEnd(socket);
            })) {
      assertRefused(server.address("rtsp", "/live"));
    }
  }

  @Test
  void open_nobodyThere_saysWhy() {
    // No system gives the first port to anybody by chance.
    for (String scheme : List.of("rtsp", "http")) {
      assertThatThrownBy(
              () -> open(SourceAddress.of(scheme + "://ann:pw@127.0.0.1:1/x"), IMPATIENT))
          .isInstanceOf(VideoException.class)
          .hasMessageStartingWith(scheme + "://127.0.0.1:1/x")
          .hasMessageContaining("Connection refused")
          .hasNoCause();
    }
  }

  @Test
  void open_httpNotFound_saysWhy() throws Exception {
    try (Server server =
        new Server(
            (socket, visit) -> {
              readRequest(socket);
              write(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            })) {
      assertThatThrownBy(() -> open(server.address("http", "/x"), IMPATIENT))
          .isInstanceOf(VideoException.class)
          .hasMessageContaining("404");
    }
  }

  @Test
  void open_noSuchCamera_saysWhatToCheck() {
    assertThatThrownBy(() -> open(SourceAddress.of("/dev/video987"), IMPATIENT))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining("/dev/video987")
        .hasMessageContaining("No such file")
        .hasMessageContaining("camera");
  }

  private static void assertRefused(SourceAddress address) {
    assertThatThrownBy(() -> open(address, IMPATIENT))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith(address.toString())
        .hasMessageContaining("check the address");
  }

  private static VideoSource open(SourceAddress address, LiveConfig config) {
    return VideoSources.with(config, Late.EVERY).open(address);
  }

  // ---- servers

  private interface Visit {
    void serve(Socket socket, int visit) throws IOException;
  }

  /** Serves every visitor on a thread of its own; by hand, so that it can misbehave. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger visits = new AtomicInteger();
    private final List<Socket> open = new ArrayList<>();

    Server(Visit visit) throws IOException {
      thread(
          () -> {
            while (!socket.isClosed()) {
              Socket visitor = accept();
              if (visitor != null) {
                int number = visits.incrementAndGet();
                thread(() -> serve(visit, visitor, number));
              }
            }
          });
    }

    private static void thread(Runnable work) {
      Thread thread = new Thread(work, "test-server");
      thread.setDaemon(true);
      thread.start();
    }

    private @Nullable Socket accept() {
      try {
        Socket visitor = socket.accept();
        synchronized (open) {
          open.add(visitor);
        }
        return visitor;
      } catch (IOException e) {
        return null; // closed
      }
    }

    private static void serve(Visit visit, Socket visitor, int number) {
      try (visitor) {
        visit.serve(visitor, number);
      } catch (IOException e) {
        // The visitor went away, as visitors do.
      }
    }

    SourceAddress address(String scheme, String path) {
      return SourceAddress.of(scheme + "://127.0.0.1:" + socket.getLocalPort() + path);
    }

    int visits() {
      return visits.get();
    }

    @Override
    public void close() throws IOException {
      socket.close();
      synchronized (open) {
        for (Socket visitor : open) {
          visitor.close();
        }
      }
    }
  }

  private static void serveFile(Socket socket, byte[] bytes) throws IOException {
    sendFile(socket, readRequest(socket), bytes);
  }

  private static void sendFile(Socket socket, String request, byte[] bytes) throws IOException {
    int from = 0;
    for (String line : request.lines().toList()) {
      if (line.startsWith("Range: bytes=")) {
        from = Integer.parseInt(line.substring(13, line.indexOf('-', 13)));
      }
    }
    write(
        socket,
        "HTTP/1.1 206 Partial Content\r\nContent-Type: video/quicktime\r\nAccept-Ranges: bytes\r\n"
            + "Content-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(from, bytes.length - 1, bytes.length, bytes.length - from));
    socket.getOutputStream().write(bytes, from, bytes.length - from);
  }

  private static void serveMotionJpeg(Socket socket, int pictures, int from) throws IOException {
    readRequest(socket);
    write(
        socket, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=next\r\n\r\n");
    OutputStream out = socket.getOutputStream();
    for (int i = from; i < from + pictures; i++) {
      byte[] jpeg = jpeg(i);
      write(
          socket,
          "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n");
      out.write(jpeg);
      write(socket, "\r\n");
    }
    out.flush();
  }

  private static byte[] jpeg(int level) throws IOException {
    var image = new java.awt.image.BufferedImage(32, 32, java.awt.image.BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 32 * 32; i++) {
      image.setRGB(i % 32, i / 32, 0x010101 * (level % 250));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }

  /** Until the other side closes. */
  private static void waitForEnd(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {}
  }

  /** A byte every few milliseconds until the other side closes; the wait is the read's time-out. */
  private static void trickle(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    while (!socket.isClosed()) {
      socket.getOutputStream().write('\n');
      try {
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (java.net.SocketTimeoutException e) {
        // Time for the next byte.
      }
    }
  }

  private static String readRequest(Socket socket) throws IOException {
    StringBuilder request = new StringBuilder();
    while (!request.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new UncheckedIOException(new IOException("the request broke off"));
      }
      request.append((char) next);
    }
    return request.toString();
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }
}
