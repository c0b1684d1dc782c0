package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.gateway.frames.ByteBudget;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MessageBufferTest {
  private static final int MOST = 100_000;

  private final ByteBudget budget = new ByteBudget(250_000);
  private final MessageBuffer buffer = new MessageBuffer(MOST, budget);

  @Test
  void take_pieces_areTheMessageAndNothingIsHeldAfterwards() {
    byte[] message = new byte[MOST];
    new Random(1).nextBytes(message);
    for (int at = 0; at < MOST; at += 777) {
      buffer.add(ByteBuffer.wrap(message, at, Math.min(777, MOST - at)));
    }

    assertThat(buffer.state()).isEqualTo(MessageBuffer.State.WHOLE);
    assertThat(budget.held()).isEqualTo(MOST);
    assertThat(Arrays.equals(buffer.take(), message)).isTrue();
    assertThat(budget.held()).isZero();
  }

  @Test
  void add_oneByteTooMany_isTooLargeAndHoldsNothing() {
    buffer.add(ByteBuffer.allocate(MOST));
    buffer.add(ByteBuffer.allocate(1));
    buffer.add(ByteBuffer.allocate(50));

    assertThat(buffer.state()).isEqualTo(MessageBuffer.State.TOO_LARGE);
    assertThat(budget.held()).isZero();
    buffer.clear();
    assertThat(buffer.state()).isEqualTo(MessageBuffer.State.WHOLE);
  }

  @Test
  void add_budgetUsedUpByOthers_thereIsNoRoom() {
    assertThat(budget.tryHold(240_000)).isTrue();

    buffer.add(ByteBuffer.allocate(1));

    assertThat(buffer.state()).isEqualTo(MessageBuffer.State.NO_ROOM);
    assertThat(budget.held()).isEqualTo(240_000);
  }
}
