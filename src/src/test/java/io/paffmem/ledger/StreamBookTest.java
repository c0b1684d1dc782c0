package io.paffmem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StreamBookTest {
  private static final long FAR = 3_000_000_000L;

  private final StreamBook book = new StreamBook();

  @Test
  void knows_fromTheFirstToTheLastPublished() {
    assertThat(book.knows(0)).as("nothing yet").isFalse();
    book.publish(5, 10);
    book.publish(FAR, 20);

    assertThat(book.knows(5)).isTrue();
    assertThat(book.knows(FAR)).isTrue();
    assertThat(book.knows(4)).isFalse();
    assertThat(book.knows(-1)).isFalse();
    assertThat(book.knows(FAR + 1)).isFalse();
  }

  @Test
  void answer_eachOnce_whenItWasPublishedAndThenForgotten() {
    book.publish(3, 10);
    book.publish(FAR, 40);
    assertThat(book.waiting()).isEqualTo(2);

    assertThat(book.answer(3)).isEqualTo(10);
    assertThat(book.answer(3)).as("a second event").isNull();
    assertThat(book.answer(FAR)).isEqualTo(40);
    assertThat(book.waiting()).isZero();
    assertThat(book.knows(3)).as("so that a second event counts").isTrue();
  }

  @Test
  void publish_sequenceThatDoesNotGrow_refused() {
    book.publish(3, 10);

    assertThatThrownBy(() -> book.publish(3, 20)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isSeededBefore_seededTwice_theFirstTimeCounts() {
    assertThat(book.isSeededBefore(10)).isFalse();

    book.seeded(20);
    book.seeded(50);

    assertThat(book.isSeededBefore(20)).as("at that very moment").isFalse();
    assertThat(book.isSeededBefore(30)).isTrue();
  }
}
