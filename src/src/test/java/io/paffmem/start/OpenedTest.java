package io.paffmem.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenedTest {
  private final List<String> closed = new ArrayList<>();
  private final Opened opened = new Opened();

  private AutoCloseable part(String name) {
    return () -> closed.add(name + (Thread.currentThread().isInterrupted() ? " interrupted" : ""));
  }

  @Test
  void close_oneFails_theRestInReverseOrder() {
    var first = opened.keep(part("first"));
    opened.keep(
        (AutoCloseable)
            () -> {
              throw new IllegalStateException("cannot be closed");
            });
    opened.keep(part("last"));

    opened.close();
    opened.close();

    assertThat(closed).containsExactly("last", "first");
    assertThat(first).isNotNull();
  }

  @Test
  void close_interrupted_partsAreNotAndTheThreadStaysSo() {
    opened.keep(part("only"));
    Thread.currentThread().interrupt();

    opened.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("only");
  }
}
