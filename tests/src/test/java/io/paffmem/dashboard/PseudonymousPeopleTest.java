package io.paffmem.dashboard;

import static io.paffmem.dashboard.LocalDashboard.CALLS_TOKEN;
import static io.paffmem.dashboard.LocalDashboard.CONFIG;
import static io.paffmem.dashboard.LocalDashboard.TOKEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.access.DeploymentSecret;
import io.paffmem.access.Pseudonyms;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.schemas.Topics;
import io.paffmem.web.WebConfig;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker has pseudonyms, and those who look see names. */
@Tag("broker")
@Timeout(600)
final class PseudonymousPeopleTest {
  @TempDir Path folder;

  @Test
  void dashboard_topicOfPseudonyms_showsNamesByRightsAndForgetsByPseudonym() throws Exception {
    Pseudonyms pseudonyms = Pseudonyms.by(DeploymentSecret.readOrMake(folder.resolve("secret")));
    String ann = pseudonyms.of("caller-ann");
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        Events events = new Events(cluster);
        LocalDashboard dashboard = new LocalDashboard(hasty(pseudonyms), cluster, folder);
        SseReader reader = dashboard.stream("/v1/emotions", CALLS_TOKEN)) {
      events.send(pseudonyms.of("bob"), 0);
      events.send(ann, 1);
      events.flush();

      assertThat(reader.next().data().path("person").asText())
          .as("the first whom the token may read")
          .isEqualTo("caller-ann");
      assertThat(dashboard.get("/v1/people", CALLS_TOKEN).body())
          .contains("\"caller-ann\"")
          .doesNotContain("bob", ann);
      assertThat(dashboard.get("/v1/emotions.csv?person=caller-ann", CALLS_TOKEN).body())
          .contains("caller-ann")
          .doesNotContain(ann);
      assertThat(dashboard.get("/v1/people/bob", CALLS_TOKEN).statusCode()).isEqualTo(403);

      HttpResponse<String> forget = dashboard.send("DELETE", "/v1/people/caller-ann", TOKEN);
      assertThat(forget.statusCode()).as("no topology runs").isEqualTo(202);
      assertThat(new String(firstCommand(cluster).key(), UTF_8)).isEqualTo(ann);
      events.sendForgotten(ann, System.currentTimeMillis() + 1);
      events.flush();
      LocalDashboard.await(() -> status(dashboard, "/v1/people/caller-ann") == 404);
      assertThat(dashboard.get("/v1/emotions.csv?person=caller-ann", TOKEN).body().split("\r\n"))
          .as("the header alone")
          .hasSize(1);
    }
  }

  private static int status(LocalDashboard dashboard, String path) {
    try {
      return dashboard.get(path, TOKEN).statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ConsumerRecord<byte[], byte[]> firstCommand(Cluster cluster) {
    try (var consumer = cluster.observer()) {
      List<TopicPartition> partition = List.of(new TopicPartition(Topics.PERSON_COMMANDS, 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          return record;
        }
      }
    }
  }

  private static DashboardConfig hasty(Pseudonyms pseudonyms) {
    DashboardConfig.Patience patience = CONFIG.patience();
    return new DashboardConfig(
        WebConfig.local(0),
        CONFIG.limits(),
        new DashboardConfig.Patience(
            patience.history(),
            patience.update(),
            patience.idle(),
            patience.ping(),
            patience.reading(),
            patience.download(),
            Duration.ofMillis(200)),
        pseudonyms);
  }
}
