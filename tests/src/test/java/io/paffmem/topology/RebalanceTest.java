package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances share the partitions. While frames keep coming, one is killed, started again, and
 * stopped; then everybody's events and memories are those of a run that nothing disturbed.
 */
@Tag("broker")
final class RebalanceTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void instances_oneKilledStartedAndStoppedUnderLoad_sameEventsAndMemoriesAsUndisturbed()
      throws Exception {
    Load.Run disturbed;
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), Load.PARTITIONS);
        AffectiveStream one = stream(cluster, "one");
        Load load = new Load(cluster)) {
      one.start();
      Path client = cluster.clientSettings().orElseThrow();
      try (AnotherInstance two = AnotherInstance.start(client, folder.resolve("two"))) {
        load.goOnUntil(
            () -> account(one, two),
            () -> one.activeTasks() > 0 && one.activeTasks() < Load.PARTITIONS);
        load.goOnFor(400, () -> account(one, two));
        two.kill();
        load.goOnUntil(() -> account(one, two), () -> one.activeTasks() == Load.PARTITIONS);
      }
      try (AnotherInstance two = AnotherInstance.start(client, folder.resolve("two"))) {
        load.goOnUntil(() -> account(one, two), () -> one.activeTasks() < Load.PARTITIONS);
        load.goOnFor(400, () -> account(one, two));
        assertThat(two.stop()).as("the instance ends when asked").isTrue();
        load.goOnFor(400, () -> account(one, two));
      }
      disturbed = load.finish();
      assertThat(one.failure()).isEmpty();
    }

    Load.Run undisturbed;
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), Load.PARTITIONS);
        AffectiveStream alone = stream(cluster, "alone");
        Load load = new Load(cluster)) {
      alone.start();
      load.goOnFor(disturbed.frames(), () -> "one instance alone");
      undisturbed = load.finish();
    }

    assertThat(disturbed.digests()).hasSize(Load.PEOPLE).isEqualTo(undisturbed.digests());
    assertThat(disturbed.events()).isEqualTo(undisturbed.events());
  }

  private static String account(AffectiveStream one, AnotherInstance two) {
    return "this instance is %s with %d tasks; %s"
        .formatted(one.state(), one.activeTasks(), two.account());
  }

  private AffectiveStream stream(Cluster cluster, String name) {
    return new AffectiveStream(
        Load.CONFIG, Load.settings(cluster, folder.resolve(name)), cluster.serdes());
  }
}
