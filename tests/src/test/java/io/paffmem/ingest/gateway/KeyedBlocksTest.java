package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.start.StartException;
import io.paffmem.topology.AffectiveStream;
import io.paffmem.topology.config.TopologyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A topology with a secret blocks people, for gateways that have it and for one that has not. */
@Tag("broker")
final class KeyedBlocksTest {
  private static final PersonHasher KEYED = PersonHasher.keyed(new byte[32]);
  private static final Duration RECEIPT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void block_bySecret_isKnownToGatewaysWithItAndOthersAreNotReady() throws Exception {
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1)) {
      try (AffectiveStream topology = topology(cluster, KEYED);
          PersonCommands commands = new PersonCommands(cluster, RECEIPT);
          BlockedPeople ours = BlockedPeople.start(cluster.client(), KEYED);
          BlockedPeople others = BlockedPeople.start(cluster.client(), PersonHasher.plain())) {
        topology.start();
        assertThat(commands.block("ann", null, true).getProblem()).isNull();
        assertThat(commands.block("bob", "form-1", true).getProblem()).isNull();

        BadInputTest.await(() -> ours.cover("ann", null) && ours.cover("bob", "form-1"));
        assertThat(ours.cover("bob", null) || ours.cover("bob", "form-2")).isFalse();
        assertThat(ours.problem()).isEmpty();
        BadInputTest.await(() -> others.problem().orElse("").contains("another --secret"));
        assertThat(others.cover("ann", null)).isFalse();
      }

      try (AffectiveStream without = topology(cluster, PersonHasher.plain())) {
        without.start();

        Throwable failure = without.whenFailed().get(60, TimeUnit.SECONDS);

        assertThat(StartException.rootOf(failure))
            .as("before any record comes")
            .hasMessageContaining("people are kept here by a secret")
            .hasMessageContaining("would not be found without a secret");
      }

      try (AffectiveStream again = topology(cluster, KEYED);
          PersonCommands commands = new PersonCommands(cluster, RECEIPT);
          BlockedPeople others = BlockedPeople.start(cluster.client(), PersonHasher.plain())) {
        again.start();
        BadInputTest.await(() -> others.problem().orElse("").contains("another --secret"));

        commands.block("ann", null, false);
        commands.block("bob", "form-1", false);

        BadInputTest.await(() -> others.problem().isEmpty());
      }
    }
  }

  private AffectiveStream topology(Cluster cluster, PersonHasher hasher) {
    return new AffectiveStream(
        TopologyConfig.standard("pk-1", 1).toBuilder().hasher(hasher).build(),
        cluster.stream(folder.resolve("state")),
        cluster.serdes());
  }
}
