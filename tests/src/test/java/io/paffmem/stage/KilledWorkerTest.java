package io.paffmem.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.chain.PngFaces;
import io.paffmem.cluster.Cluster;
import io.paffmem.ingest.publish.FramePublisher;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ledger.EmotionLedger;
import io.paffmem.ledger.RunSummary;
import io.paffmem.pipeline.Pipeline;
import io.paffmem.prior.TinyPrior;
import io.paffmem.prior.tensorflow.Device;
import io.paffmem.prior.tensorflow.SavedModelPrior;
import io.paffmem.topology.config.TopologyConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
final class KilledWorkerTest {
  private static final int PEOPLE = 8;
  private static final int FATAL_TRANSACTION = 12;
  private static final int LATENT_SIZE = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /**
   * Two model servers share the partitions; one process dies with a transaction open. The kill is
   * real: another process, halted. Frames are published until it has died and then some.
   */
  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void modelServer_killedBetweenSendAndCommit_nothingLostNothingTwice() throws Exception {
    Path model = TinyPrior.write(folder.resolve("model"), LATENT_SIZE);
    try (SavedModelPrior prior = SavedModelPrior.load(model, Device.CPU);
        Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 4);
        Pipeline pipeline =
            Pipeline.start(
                cluster,
                prior,
                TopologyConfig.standard(prior.modelVersion(), 4).toBuilder()
                    .seedingFrames(1)
                    .build(),
                folder);
        EmotionLedger ledger = EmotionLedger.of(cluster, "kill-test");
        FramePublisher publisher =
            FramePublisher.connect(cluster.client(), cluster.serdes(), Clock.systemUTC())) {
      Process doomed = startDoomed(cluster.clientSettings().orElseThrow(), model);
      try {
        byte[] face = face();
        List<FrameStream> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
          people.add(publisher.stream("person-" + i, "kill-test"));
        }
        int sequence = 0;
        while (doomed.isAlive()) {
          publishRound(people, ledger, sequence++, face);
          assertThat(doomed.waitFor(40, TimeUnit.MILLISECONDS) || sequence < 3_000)
              .as("the doomed process gets work and dies")
              .isTrue();
        }
        assertThat(doomed.exitValue()).isEqualTo(137);

        long died = System.nanoTime();
        int roundAfterDeath = sequence++;
        publishRound(people, ledger, roundAfterDeath, face);
        publisher.flush();
        ledger.awaitSettled(PATIENCE, pipeline::failure);
        double secondsToRecover = (System.nanoTime() - died) / 1e9;
        RunSummary summary = ledger.summary(0, 0, 1);

        assertThat(pipeline.failure()).isEmpty();
        assertThat(summary.lost()).isZero();
        assertThat(summary.duplicated()).isZero();
        assertThat(summary.deadLetters()).isZero();
        assertThat(summary.events()).isEqualTo((long) PEOPLE * sequence);
        System.out.printf(
            "killed after %d frames; all settled %.1f s after the kill%n",
            PEOPLE * sequence, secondsToRecover);
      } finally {
        doomed.destroyForcibly();
      }
    }
  }

  private static void publishRound(
      List<FrameStream> people, EmotionLedger ledger, int sequence, byte[] face) {
    for (FrameStream person : people) {
      ledger.published(person.personId(), sequence);
      person.publish(sequence, sequence * 40L, face, null);
    }
  }

  private Process startDoomed(Path client, Path model) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dorg.bytedeco.javacpp.cachedir="
                + System.getProperty("org.bytedeco.javacpp.cachedir"),
            "-cp",
            System.getProperty("java.class.path"),
            DoomedModelServer.class.getName(),
            client.toString(),
            "doomed",
            Integer.toString(FATAL_TRANSACTION),
            model.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("doomed.log").toFile())
        .start();
  }

  private static byte[] face() throws IOException {
    return PngFaces.of(
        new FaceRenderer()
            .faceCrop(new SyntheticPeople(1).heldOut(0), ShownAffect.NEUTRAL, FaceScene.PLAIN));
  }
}
