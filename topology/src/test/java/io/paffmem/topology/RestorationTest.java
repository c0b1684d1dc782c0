package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paffmem.topology.config.Names;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestorationTest {
  private static final TopicPartition ONE = new TopicPartition(Names.CHANGELOG, 1);
  private static final TopicPartition TWO = new TopicPartition(Names.CHANGELOG, 2);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Restoration restoration = new Restoration(meters);

  @Test
  void problem_whilePartitionsAreRead_saysHowManyRowsAreLeft() {
    assertThat(restoration.problem()).isEmpty();

    restoration.onRestoreStart(ONE, Names.STORE, 100, 1_100);
    restoration.onRestoreStart(TWO, Names.STORE, 0, 500);
    restoration.onBatchRestored(ONE, Names.STORE, 700, 600);

    assertThat(restoration.problem())
        .contains("the memories of 2 partitions are being read back from Kafka, 900 rows to go");
    assertThat(meters.get("paffmem.topology.restoring.partitions").gauge().value()).isEqualTo(2);
    assertThat(meters.get("paffmem.topology.restoring.rows").gauge().value()).isEqualTo(900);
    restoration.onRestoreEnd(ONE, Names.STORE, 1_000);
    restoration.onRestoreSuspended(TWO, Names.STORE, 0);
    assertThat(restoration.problem()).isEmpty();
    assertThat(meters.get("paffmem.topology.restored.rows").counter().count()).isEqualTo(600);
  }
}
