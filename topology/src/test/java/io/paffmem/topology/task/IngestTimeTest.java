package io.paffmem.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class IngestTimeTest {
  private final IngestTime times = new IngestTime();

  @Test
  void recordWithATime_keepsIt() {
    ConsumerRecord<Object, Object> record = record(7);

    assertThat(times.extract(record, 9)).isEqualTo(7);
    assertThat(record.headers()).isEmpty();
    assertThat(IngestTime.latest(record.headers(), 7, 1_000)).isEqualTo(7);
  }

  @Test
  void recordWithoutATime_isAsOldAsTheNewestBeforeIt_andMarked() {
    ConsumerRecord<Object, Object> record = record(ConsumerRecord.NO_TIMESTAMP);

    assertThat(times.extract(record, 9)).isEqualTo(9);
    assertThat(record.headers()).hasSize(1);
    assertThat(IngestTime.latest(record.headers(), 9, 1_000)).isEqualTo(1_000);
  }

  @Test
  void firstRecordOfAPartition_withoutATime_isOf1970() {
    assertThat(times.extract(record(-5), -1)).isZero();
  }

  private static ConsumerRecord<Object, Object> record(long timestampMillis) {
    return new ConsumerRecord<>(
        "embeddings",
        0,
        0,
        timestampMillis,
        TimestampType.CREATE_TIME,
        3,
        3,
        "ann",
        "any",
        new RecordHeaders(),
        Optional.empty());
  }
}
