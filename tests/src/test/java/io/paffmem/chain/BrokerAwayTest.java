package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Paffmem;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.ledger.RunSummary;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stages in processes of their own lose their broker: they say so, and can be stopped. */
@Tag("broker")
final class BrokerAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FRAMES = 600;
  private static final int LATENT_SIZE = 50;

  @TempDir Path folder;
  private Path model = Path.of("");
  private String modelVersion = "";

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void stages_brokerAway_sayThatTheyAreNotReady_stopInTime_andLoseNothing() throws Exception {
    model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    try (SavedModelPrior tiny = SavedModelPrior.load(model, Device.CPU)) {
      modelVersion = tiny.modelVersion();
    }
    try (RestartableBroker broker = RestartableBroker.start(folder.resolve("broker"));
        RegistryServer registry = RegistryServer.start()) {
      String servers = broker.bootstrapServers();
      List<String> options =
          List.of(
              "--bootstrap-servers",
              servers,
              "--kafka-settings",
              broker.clientSettings().toString(),
              "--schema-registry",
              registry.url());
      assertThat(Paffmem.execute(with(options, "topics", "create").toArray(String[]::new)))
          .isZero();
      try (Cluster cluster = Cluster.at(servers, broker.clientProperties(), registry.url());
          EmotionLedger ledger = EmotionLedger.of(cluster, "away")) {
        List<PaffmemProcess> stages = new ArrayList<>();
        try {
          stages.add(start("model-server-1", modelServer(options)));
          stages.add(start("topology-1", topology(options)));
          stages.add(start("gateway-1", with(options, "gateway", "--port", "0")));
          stages.add(start("dashboard-1", with(options, "dashboard", "--port", "0")));
          for (PaffmemProcess stage : stages) {
            stage.awaitReady();
          }
          publish(cluster, ledger, 0);
          stages
              .get(1)
              .awaitBody("/metrics", Pattern.compile("paffmem_event_latency_seconds_count [1-9]"));
          // These are on their way when the broker goes.
          publish(cluster, ledger, FRAMES / 2);

          broker.stop();
          for (PaffmemProcess stage : stages) {
            Pattern away = Pattern.compile("^not ready.*the broker gives no account of the topic");
            assertThat(stage.awaitAnswer("/health/ready", away).statusCode()).isEqualTo(503);
            assertThat(stage.ask("/health/live").statusCode()).isEqualTo(200);
          }
          stages.forEach(PaffmemProcess::stop);
          for (PaffmemProcess stage : stages) {
            stage.assertEnded();
          }
        } finally {
          stages.forEach(PaffmemProcess::close);
        }

        broker.startAgain();
        assertThat(broker.bootstrapServers()).isEqualTo(servers);
        try (PaffmemProcess modelServer = start("model-server-2", modelServer(options));
            PaffmemProcess topology = start("topology-2", topology(options))) {
          ledger.awaitSettled(PATIENCE, Optional::empty);
          RunSummary summary = ledger.summary(0, 0, 1);

          assertThat(summary.faces()).isEqualTo(FRAMES);
          assertThat(summary.events()).isEqualTo(FRAMES);
          assertThat(summary.lost()).isZero();
          assertThat(summary.duplicated()).isZero();
          modelServer.stop();
          topology.stop();
          modelServer.assertEnded();
          topology.assertEnded();
        }
      }
    }
  }

  /** Half of the frames, all at once. */
  private static void publish(Cluster cluster, EmotionLedger ledger, int first) throws IOException {
    byte[] face =
        PngFaces.of(
            new FaceRenderer()
                .faceCrop(new SyntheticPeople(1).heldOut(0), ShownAffect.NEUTRAL, FaceScene.PLAIN));
    try (FramePublisher publisher =
        FramePublisher.connect(cluster.client(), cluster.serdes(), Clock.systemUTC())) {
      FrameStream ann = publisher.stream("ann", "away");
      for (int sequence = first; sequence < first + FRAMES / 2; sequence++) {
        ledger.published("ann", sequence);
        ann.publish(sequence, sequence * 40L, face, null);
      }
    }
  }

  private List<String> modelServer(List<String> options) {
    return with(options, "model-server", "--model", model.toString());
  }

  private List<String> topology(List<String> options) {
    return with(
        options,
        "topology",
        "--state",
        folder.resolve("state").toString(),
        "--model-version",
        modelVersion,
        "--seeding-frames",
        "5");
  }

  private PaffmemProcess start(String name, List<String> args) throws IOException {
    return PaffmemProcess.start(
        folder,
        name,
        Map.of("PAFFMEM_TOKEN", "a token of this test", "PAFFMEM_OPERATIONS_PORT", "0"),
        args);
  }

  private static List<String> with(List<String> options, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(options);
    return args;
  }
}
