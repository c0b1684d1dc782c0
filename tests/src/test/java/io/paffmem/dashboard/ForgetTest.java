package io.paffmem.dashboard;

import static io.paffmem.dashboard.LocalDashboard.CONFIG;
import static io.paffmem.dashboard.LocalDashboard.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.dashboard.config.DashboardConfig;
import io.paffmem.dashboard.config.DashboardConfig.Patience;
import io.paffmem.schemas.BlockKey;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.Topics;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.web.WebConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A forget by HTTP, with a real topology that carries it out. */
@Tag("broker")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class ForgetTest {
  @TempDir Path folder;

  @Test
  void delete_person_isGoneFromEveryDashboardAndTheReceiptSaysWhatExpires() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 2);
        Events events = new Events(cluster);
        AffectiveStream topology =
            new AffectiveStream(
                TopologyConfig.standard("pk-1", 2),
                cluster.stream(folder.resolve("state")),
                cluster.serdes());
        LocalDashboard dashboard = new LocalDashboard(CONFIG, cluster, folder);
        LocalDashboard other = new LocalDashboard(CONFIG, cluster, folder);
        SseReader list = other.stream("/v1/people")) {
      topology.start();
      events.send("ann", 0);
      events.send("bob", 0);
      events.flush();
      LocalDashboard.await(() -> dashboard.dashboard.counts().people() == 2);
      LocalDashboard.await(() -> other.dashboard.counts().people() == 2);
      LocalDashboard.await(() -> topology.problem().isEmpty());

      HttpResponse<String> response = dashboard.send("DELETE", "/v1/people/ann", TOKEN);

      JsonNode receipt = LocalDashboard.json(response);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(receipt.path("state").asText()).isEqualTo("FORGOTTEN");
      assertThat(receipt.path("neuronsRemoved").asInt()).isZero();
      assertThat(receipt.path("expires").findValuesAsText("topic"))
          .contains("frames", "emotions", "paffmem-topology-affective-memories-changelog");
      assertThat(receipt.path("expires").get(0).path("by").asLong())
          .isGreaterThan(receipt.path("cutoff").asLong());
      assertThat(list.next(event -> event.type().equals("gone")).data().path("person").asText())
          .isEqualTo("ann");
      assertThat(other.get("/v1/people/ann", TOKEN).statusCode()).isEqualTo(404);
      assertThat(other.get("/v1/people/bob", TOKEN).statusCode()).isEqualTo(200);
      // What the topic still has is shown no more: as CSV, or by a dashboard that starts later.
      assertThat(other.get("/v1/emotions.csv?person=ann", TOKEN).body().split("\r\n")).hasSize(1);
      try (LocalDashboard later = new LocalDashboard(CONFIG, cluster, folder)) {
        assertThat(later.get("/v1/people/ann", TOKEN).statusCode()).isEqualTo(404);
        assertThat(later.get("/v1/people/bob", TOKEN).statusCode()).isEqualTo(200);
      }

      // Who comes again begins anew.
      events.send("ann", 1);
      LocalDashboard.await(() -> other.dashboard.counts().people() == 2);
      assertThat(other.json("/v1/people/ann").path("history")).hasSize(1);
      assertThat(other.get("/v1/emotions.csv?person=ann", TOKEN).body().split("\r\n")).hasSize(2);
    }
  }

  @Test
  void put_block_isToldByHashAndTakenBackByDelete() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        AffectiveStream topology =
            new AffectiveStream(
                TopologyConfig.standard("pk-1", 1),
                cluster.stream(folder.resolve("state")),
                cluster.serdes());
        LocalDashboard dashboard = new LocalDashboard(CONFIG, cluster, folder)) {
      topology.start();
      LocalDashboard.await(() -> topology.problem().isEmpty());
      String path = "/v1/people/caller-ann/block?consent=form%2012";

      HttpResponse<String> blocked = dashboard.send("PUT", path, TOKEN);
      HttpResponse<String> back = dashboard.send("DELETE", path, TOKEN);

      assertThat(blocked.statusCode()).isEqualTo(200);
      assertThat(blocked.body())
          .isEqualTo("{\"person\":\"caller-ann\",\"state\":\"BLOCKED\",\"consent\":\"form 12\"}");
      assertThat(LocalDashboard.json(back).path("state").asText()).isEqualTo("UNBLOCKED");
      assertThat(dashboard.send("PUT", path, LocalDashboard.CALLS_TOKEN).statusCode())
          .as("without the right to forget")
          .isEqualTo(403);
      assertThat(dashboard.send("PUT", path + "&x=1", TOKEN).statusCode()).isEqualTo(400);
      try (var consumer = cluster.observer()) {
        List<TopicPartition> partition = List.of(new TopicPartition(Topics.PERSON_BLOCKS, 0));
        consumer.assign(partition);
        consumer.seekToBeginning(partition);
        List<ConsumerRecord<byte[], byte[]>> told = new ArrayList<>();
        while (told.size() < 2) {
          consumer.poll(Duration.ofMillis(200)).forEach(told::add);
        }
        assertThat(told)
            .extracting(record -> BlockKey.of(record.key()))
            .containsOnly(BlockKey.of(PersonHasher.plain(), "caller-ann", "form 12"));
        assertThat(told).extracting(record -> record.value() == null).containsExactly(false, true);
      }
    }
  }

  @Test
  void csv_receiptsAreNotReadYet_isRefusedAndShowsNobody() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        Events events = new Events(cluster);
        // Receipts wait for a registry that never answers.
        Cluster mute =
            Cluster.at(
                cluster.bootstrapServers(), cluster.clientProperties(), "http://127.0.0.1:1")) {
      events.send("ann", 0);
      events.sendForgotten("ann", System.currentTimeMillis() + 1);
      events.flush();

      try (LocalDashboard starting = LocalDashboard.listening(CONFIG, mute, folder)) {
        HttpResponse<String> response = starting.get("/v1/emotions.csv?person=ann", TOKEN);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(LocalDashboard.json(response).path("error").asText()).isEqualTo("starting");
      }
      try (LocalDashboard ready = new LocalDashboard(CONFIG, cluster, folder)) {
        assertThat(ready.get("/v1/emotions.csv?person=ann", TOKEN).body().split("\r\n")).hasSize(1);
      }
    }
  }

  @Test
  void delete_noTopologyRuns_saysThatTheCommandStands() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        LocalDashboard dashboard =
            new LocalDashboard(waiting(Duration.ofMillis(200)), cluster, folder)) {
      HttpResponse<String> response = dashboard.send("DELETE", "/v1/people/ann", TOKEN);

      assertThat(response.statusCode()).isEqualTo(202);
      assertThat(LocalDashboard.json(response).path("state").asText()).isEqualTo("PENDING");
      assertThat(LocalDashboard.json(response).has("neuronsRemoved")).isFalse();
    }
  }

  @Test
  void delete_manyWhileNoTopologyRuns_whoWouldWaitTooLongIsRefusedAtOnce() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1);
        LocalDashboard dashboard =
            new LocalDashboard(waiting(Duration.ofMinutes(5)), cluster, folder)) {
      // Four wait for their receipts, and eight for those.
      List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
      CompletableFuture<HttpResponse<String>> refused = new CompletableFuture<>();
      for (int i = 0; i < 13; i++) {
        CompletableFuture<HttpResponse<String>> response =
            dashboard.http.sendAsync(
                HttpRequest.newBuilder(dashboard.uri("/v1/people/person-" + i))
                    .DELETE()
                    .header("Authorization", "Bearer " + TOKEN)
                    .build(),
                BodyHandlers.ofString());
        responses.add(response);
        var unused = response.thenAccept(refused::complete);
      }

      HttpResponse<String> first = refused.get(30, TimeUnit.SECONDS);

      assertThat(first.statusCode()).isEqualTo(503);
      assertThat(LocalDashboard.json(first).path("error").asText()).isEqualTo("busy");
      assertThat(responses).filteredOn(CompletableFuture::isDone).hasSize(1);
    }
  }

  private static DashboardConfig waiting(Duration receipt) {
    Patience patience = CONFIG.patience();
    return new DashboardConfig(
        WebConfig.local(0),
        CONFIG.limits(),
        new Patience(
            patience.history(),
            patience.update(),
            patience.idle(),
            patience.ping(),
            patience.reading(),
            patience.download(),
            receipt));
  }
}
