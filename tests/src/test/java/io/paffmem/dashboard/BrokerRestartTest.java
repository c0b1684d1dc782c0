package io.paffmem.dashboard;

import static io.paffmem.dashboard.LocalDashboard.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.chain.RestartableBroker;
import io.paffmem.cluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away and comes back while somebody reads. */
@Tag("broker")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class BrokerRestartTest {
  @TempDir Path folder;

  @Test
  void broker_restarted_readersStayAndMissNothing() throws Exception {
    try (RestartableBroker broker = RestartableBroker.start(folder.resolve("broker"));
        Cluster cluster = Cluster.withoutRegistry(broker.clientSettings())) {
      var unused = cluster.createTopics(2, (short) 1);
      try (Events events = new Events(cluster);
          LocalDashboard dashboard = new LocalDashboard(CONFIG, cluster, folder);
          SseReader reader = dashboard.stream("/v1/emotions?person=ann")) {
        events.send("ann", 0);
        assertThat(reader.next().data().path("sequence").asInt()).isZero();

        broker.stop();
        LocalDashboard.await(() -> readiness(dashboard).contains("the broker gives no account"));
        HttpResponse<String> refused =
            dashboard.send("DELETE", "/v1/people/ann", LocalDashboard.TOKEN);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("broker_unavailable");
        broker.startAgain();
        events.send("ann", 1);
        events.send("ann", 2);

        assertThat(reader.next().data().path("sequence").asInt()).isEqualTo(1);
        assertThat(reader.next().data().path("sequence").asInt()).isEqualTo(2);
        assertThat(dashboard.dashboard.whenFailed()).isNotDone();
        assertThat(dashboard.json("/v1/people/ann").path("framesPerceived").asInt()).isEqualTo(102);
        LocalDashboard.await(() -> readiness(dashboard).equals("ready"));
      }
    }
  }

  private static String readiness(LocalDashboard dashboard) {
    try {
      return dashboard.get("/health/ready", "").body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
