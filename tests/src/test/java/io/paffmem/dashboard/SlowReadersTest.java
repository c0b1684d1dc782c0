package io.paffmem.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.config.DashboardConfig.Limits;
import io.paffmem.dashboard.config.DashboardConfig.Patience;
import io.paffmem.web.WebConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers who do not read: they are dropped, and nobody else notices. */
@Tag("broker")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class SlowReadersTest {
  private static final int READER_BYTES = 64 << 10;

  /** Far more than queue, server and both kernels hold for one connection. */
  private static final int MOST_EVENTS = 200_000;

  private static final int CSV_EVENTS = 100_000;
  private static final int MOST_PEOPLE = 20_000;

  private static final String UPGRADE =
      String.join(
          "\r\n",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  @TempDir Path folder;

  @Test
  void readers_oneDoesNotRead_isDroppedAndToldAndTheOthersMissNothing() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        Events events = new Events(cluster);
        LocalDashboard dashboard =
            new LocalDashboard(config(Duration.ofSeconds(20)), cluster, folder);
        SseReader good = dashboard.stream("/v1/emotions");
        TextSocket goodSocket = dashboard.socket("/v1/emotions", LocalDashboard.TOKEN);
        Socket slow = connect(dashboard, "/v1/emotions", "")) {
      assertThat(firstLine(slow)).isEqualTo("HTTP/1.1 200 OK");
      LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 3);

      int sent = 0;
      while (dashboard.dashboard.counts().slowReaders() == 0 && sent < MOST_EVENTS) {
        // A step at a time, which the good ones take before the next comes.
        for (int end = sent + 50; sent < end; sent++) {
          events.send("ann", sent);
        }
        events.flush();
        for (int i = sent - 50; i < sent; i++) {
          assertThat(good.next().data().path("sequence").asInt()).isEqualTo(i);
          assertThat(goodSocket.next().path("sequence").asInt()).isEqualTo(i);
        }
      }

      assertThat(dashboard.dashboard.counts().slowReaders()).isEqualTo(1);
      assertThat(last(slow)).contains("event: dropped", "slow_reader");
      LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 2);
    }
  }

  @Test
  void people_oneDoesNotReadAndThereIsNoRoomForAnother_itIsDroppedAndTheOthersGetAll()
      throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        Events events = new Events(cluster);
        // Room for what waits for one, and not for two.
        LocalDashboard dashboard =
            new LocalDashboard(config(Duration.ofMinutes(5), 12 << 20), cluster, folder)) {
      for (int i = 0; i < MOST_PEOPLE; i++) {
        events.send("person-%05d".formatted(i), 0);
      }
      events.flush();
      LocalDashboard.await(() -> dashboard.dashboard.counts().people() == MOST_PEOPLE);
      int bytes = dashboard.get("/v1/people", LocalDashboard.TOKEN).body().length();
      assertThat(bytes).as("of one update").isBetween(6 << 20, 12 << 20);

      try (Socket slow = connect(dashboard, "/v1/people", "Accept: text/event-stream\r\n")) {
        // Its update is being written.
        awaitLine(slow, "event: people");
        for (int i = 0; i < 2; i++) {
          try (SseReader good = dashboard.stream("/v1/people")) {
            assertThat(good.next().data().path("people")).hasSize(MOST_PEOPLE);
          }
        }
        assertThat(dashboard.dashboard.counts().slowReaders()).isEqualTo(1);
      }
    }
  }

  @Test
  void csv_takenTooSlowly_isBrokenOffAndItsPlaceIsFree() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        Events events = new Events(cluster);
        LocalDashboard dashboard =
            new LocalDashboard(config(Duration.ofMillis(500)), cluster, folder)) {
      for (int i = 0; i < CSV_EVENTS; i++) {
        events.send("ann", i);
      }
      events.flush();

      List<Socket> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          slow.add(connect(dashboard, "/v1/emotions.csv?person=ann", ""));
          assertThat(firstLine(slow.get(i))).isEqualTo("HTTP/1.1 200 OK");
        }

        LocalDashboard.await(() -> dashboard.dashboard.counts().slowReaders() == 4);
        String all = dashboard.get("/v1/emotions.csv?person=ann", LocalDashboard.TOKEN).body();
        assertThat(all.lines()).hasSize(1 + CSV_EVENTS);
      } finally {
        for (Socket socket : slow) {
          socket.close();
        }
      }
    }
  }

  @Test
  void reader_takesNothingAtAll_isDisconnected() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        Events events = new Events(cluster);
        LocalDashboard dashboard =
            new LocalDashboard(config(Duration.ofMillis(500)), cluster, folder);
        Socket slow = connect(dashboard, "/v1/emotions", "");
        Socket slowSocket = connect(dashboard, "/v1/emotions", UPGRADE)) {
      assertThat(firstLine(slow)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(firstLine(slowSocket)).isEqualTo("HTTP/1.1 101 Switching Protocols");
      LocalDashboard.await(() -> dashboard.dashboard.counts().openReaders() == 2);

      for (int sent = 0; dashboard.dashboard.counts().openReaders() > 0; sent++) {
        assertThat(sent).isLessThan(MOST_EVENTS);
        events.send("ann", sent);
        if (sent % 1_000 == 999) {
          events.flush();
        }
      }

      assertThat(dashboard.dashboard.counts().slowReaders()).isEqualTo(2);
    }
  }

  private static DashboardConfig config(Duration reading) {
    return config(reading, Limits.defaults().queueBytes());
  }

  /**
   * @param reading also of downloads
   */
  private static DashboardConfig config(Duration reading, long queueBytes) {
    Limits standard = Limits.defaults();
    Patience patience = Patience.defaults();
    return new DashboardConfig(
        WebConfig.local(0),
        new Limits(
            standard.maxReaders(),
            READER_BYTES,
            queueBytes,
            standard.maxPeople(),
            standard.historyPoints(),
            standard.historyEvents()),
        new Patience(
            patience.history(),
            patience.update(),
            patience.idle(),
            patience.ping(),
            reading,
            reading,
            patience.receipt()));
  }

  /** A connection whose kernel takes little. */
  private static Socket connect(LocalDashboard dashboard, String path, String headers)
      throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 << 10);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), dashboard.dashboard.port()));
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(path, LocalDashboard.TOKEN, headers);
    socket.getOutputStream().write(request.getBytes(UTF_8));
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = socket.getInputStream().read()) != '\r') {
      line.append((char) next);
    }
    return line.toString();
  }

  private static void awaitLine(Socket socket, String line) throws IOException {
    String read = "";
    while (!read.endsWith(line)) {
      read += (char) socket.getInputStream().read();
    }
  }

  /** The last kilobyte, when the other side has ended it. */
  private static String last(Socket socket) throws IOException {
    String last = "";
    byte[] some = new byte[1 << 16];
    int length;
    while (!last.contains("slow_reader") && (length = socket.getInputStream().read(some)) >= 0) {
      last += new String(some, 0, length, UTF_8);
      last = last.substring(Math.max(0, last.length() - 1024));
    }
    return last;
  }
}
