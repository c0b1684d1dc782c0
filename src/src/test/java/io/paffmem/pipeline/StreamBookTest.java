package io.paffmem.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreamBookTest {
  private final StreamBook book = new StreamBook();

  @Test
  void knows_onlyWhatWasPublished() {
    book.publish(0, 10);
    book.publish(1_000, 20);

    assertThat(book.knows(0)).isTrue();
    assertThat(book.knows(1_000)).isTrue();
    assertThat(book.knows(999)).isFalse();
    assertThat(book.knows(-1)).isFalse();
    assertThat(book.knows(Long.MAX_VALUE)).isFalse();
    assertThat(book.knows(1L << 32)).as("0 once cut to an int").isFalse();
    assertThat(book.faces()).isEqualTo(2);
  }

  @Test
  void answer_secondTime_falseAndCountedOnce() {
    book.publish(3, 10);

    assertThat(book.answer(3)).isTrue();
    assertThat(book.answer(3)).isFalse();
    assertThat(book.answers()).isEqualTo(1);
  }

  @Test
  void publishedAfterSeeding_seededTwice_theFirstTimeCounts() {
    book.publish(0, 10);
    assertThat(book.publishedAfterSeeding(0)).isFalse();

    book.seeded(20);
    book.seeded(50);
    book.publish(1, 20);
    book.publish(2, 30);

    assertThat(book.publishedAfterSeeding(0)).isFalse();
    assertThat(book.publishedAfterSeeding(1)).as("at that very moment").isFalse();
    assertThat(book.publishedAfterSeeding(2)).isTrue();
  }

  @Test
  void latencyNanos_farSequence_fromItsOwnPublishing() {
    book.publish(0, 10);
    book.publish(5_000, 40);

    assertThat(book.latencyNanos(0, 100)).isEqualTo(90);
    assertThat(book.latencyNanos(5_000, 100)).isEqualTo(60);
  }
}
