package io.paffmem.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamClientsTest {
  private final List<Long> latencies = new ArrayList<>();
  private final StreamClients.Committed committed =
      new StreamClients(() -> 1_000, latencies::add).new Committed();

  @Test
  void commit_eventsOfTheTransaction_areTimedOnce() {
    committed.begin();
    committed.sent(900);
    committed.sent(750);
    committed.commit();
    committed.begin();
    committed.commit();

    assertThat(latencies).containsExactly(100L, 250L);
  }

  @Test
  void begin_afterATransactionThatWasAborted_forgetsItsEvents() {
    committed.begin();
    committed.sent(900);
    committed.begin();
    committed.sent(990);
    committed.commit();

    assertThat(latencies).containsExactly(10L);
  }

  @Test
  void sent_moreThanAnyTransactionBefore_areAllTimed() {
    committed.begin();
    for (int i = 0; i < 1_000; i++) {
      committed.sent(i);
    }
    committed.commit();

    assertThat(latencies).hasSize(1_000).startsWith(1_000L, 999L).endsWith(1L);
  }
}
