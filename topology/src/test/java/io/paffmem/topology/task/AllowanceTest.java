package io.paffmem.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final AtomicLong rows = new AtomicLong(1_000_000);
  private final Allowance allowance = new Allowance(nanos::get, rows::get);

  @Test
  void takePerson_beyondTheMostPersons_isRefused() {
    for (int person = 0; person < Allowance.PERSONS; person++) {
      assertThat(allowance.takePerson()).isTrue();
    }

    assertThat(allowance.takePerson()).isFalse();
  }

  @Test
  void takePerson_afterTheTime_isRefused() {
    nanos.addAndGet(Allowance.NANOS - 1);
    assertThat(allowance.takePerson()).isTrue();
    nanos.incrementAndGet();

    assertThat(allowance.takePerson()).isFalse();
  }

  @Test
  void takePerson_afterTheRowsOfFullMemories_isRefused() {
    rows.addAndGet(Allowance.ROWS - 1);
    assertThat(allowance.takePerson()).isTrue();
    rows.incrementAndGet();

    assertThat(allowance.takePerson()).isFalse();
  }
}
