package io.paffmem.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.access.Pseudonyms;
import io.paffmem.broker.EmbeddedBrokerConfig;
import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("broker")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ForgettingTest {
  @Test
  void carryOut_askedForTooLongAgo_sendsNothing() {
    AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    try (Cluster cluster = Cluster.embedded(EmbeddedBrokerConfig.temporary(), 1)) {
      Forgetting forgetting =
          new Forgetting(
              cluster,
              Duration.ofMillis(200),
              Optional::empty,
              Pseudonyms.none(),
              () -> Instant.ofEpochMilli(millis.get()));
      Forgetting.Request late = forgetting.request("ann");
      millis.addAndGet(40_000);
      Forgetting.Request inTime = forgetting.request("bob");
      millis.addAndGet(20_000);

      assertThatThrownBy(() -> forgetting.carryOut(late)).isInstanceOf(RefusedException.class);
      assertThat(commands(cluster)).isZero();
      assertThat(forgetting.carryOut(inTime).json())
          .as("as of when it was asked for")
          .contains("\"cutoff\":1700000040000,");
      assertThat(commands(cluster)).isEqualTo(1);
    }
  }

  private static long commands(Cluster cluster) {
    TopicPartition only = new TopicPartition(Topics.PERSON_COMMANDS, 0);
    try (Consumer<byte[], byte[]> consumer = cluster.observer()) {
      return consumer.endOffsets(List.of(only)).getOrDefault(only, 0L);
    }
  }
}
