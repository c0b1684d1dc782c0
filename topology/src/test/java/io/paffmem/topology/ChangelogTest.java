package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.topology.config.Changelog;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.format.RowKeys;
import io.paffmem.topology.metrics.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangelogTest {
  private static final Duration INTERVAL = Changelog.WRITE_INTERVAL;

  @Test
  void taskOfWhichNobodyComes_writesTombstonesAtTheClocksTime_soThatSegmentsEnd() {
    try (StreamHarness stream = new StreamHarness(StreamHarness.config())) {
      stream.advance(INTERVAL);
      stream.advance(INTERVAL);

      assertThat(stream.read(Names.CHANGELOG))
          .hasSize(2)
          .allSatisfy(record -> assertThat(record.key()).isEqualTo(RowKeys.none().get()))
          .allSatisfy(record -> assertThat(record.value()).isNull())
          .extracting(record -> record.timestamp())
          .containsExactly(
              StreamHarness.START.plus(INTERVAL).toEpochMilli(),
              StreamHarness.START.plus(INTERVAL.multipliedBy(2)).toEpochMilli());
      assertThat(stream.store().approximateNumEntries()).isZero();
    }
  }

  @Test
  void tombstones_changeNothing_hereOrAfterARestart() {
    try (StreamHarness stream = new StreamHarness(StreamHarness.config());
        StreamHarness undisturbed = new StreamHarness(StreamHarness.config())) {
      List<List<Emotion>> events = new ArrayList<>();
      for (StreamHarness each : List.of(stream, undisturbed)) {
        each.seeded("ann", "s");
        each.frame("bob", "s", 0);
        each.emotions();
      }
      stream.advance(INTERVAL);
      stream.restart();
      stream.advance(INTERVAL);

      for (StreamHarness each : List.of(stream, undisturbed)) {
        each.frame("ann", "s", 3);
        each.answer("bob", "s", 0, 0);
        events.add(each.emotions());
      }

      assertThat(events.get(0)).hasSize(2).isEqualTo(events.get(1));
      assertThat(stream.digest("ann")).isEqualTo(undisturbed.digest("ann"));
      assertThat(stream.digest("bob")).isEqualTo(undisturbed.digest("bob"));
      assertThat(stream.count(Count.CORRUPT_ROWS)).isZero();
    }
  }

  @Test
  void key_isNoRowsAndOfNoScan() {
    byte[] none = RowKeys.none().get();
    PersonHash nobody = RowKeys.NOBODY;

    assertThat(RowKeys.isComplete(none)).isTrue();
    assertThat(RowKeys.isTold(RowKeys.none())).isFalse();
    assertThat(RowKeys.none()).isNotEqualTo(RowKeys.settings());
    assertThat(RowKeys.none())
        .isGreaterThan(RowKeys.lastWaitingPerson())
        .isLessThan(RowKeys.first(new PersonHash(0, 1)));
    assertThat(RowKeys.person(RowKeys.none())).isEqualTo(nobody);
  }
}
