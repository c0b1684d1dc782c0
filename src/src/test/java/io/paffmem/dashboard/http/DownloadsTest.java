package io.paffmem.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.dashboard.live.DashboardCounters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DownloadsTest {
  private static final long MOST_BEHIND = TimeUnit.SECONDS.toNanos(60);
  private static final byte[] SECONDS_WORTH = new byte[LeastPace.LEAST_BYTES_PER_SECOND];

  private final DashboardCounters counters = new DashboardCounters();
  private long nanos;
  private final Downloads downloads = new Downloads("files", 1, () -> nanos, counters);

  @Test
  void look_takenABitTooSlowly_isBrokenOffAndThePlaceIsFree() throws IOException {
    Line slow = new Line(TimeUnit.MILLISECONDS.toNanos(1_500));

    // Each is half a second too late.
    assertThatThrownBy(() -> write(slow, 1_000)).isInstanceOf(IOException.class);

    assertThat(slow.written).isBetween(110, 125);
    assertThat(counters.slowReaders.sum()).isEqualTo(1);
    write(new Line(0), 1);
  }

  @Test
  void look_takenAtTheLeastPace_goesOnForHours() throws IOException {
    Line steady = new Line(TimeUnit.SECONDS.toNanos(1));

    write(steady, 10_000);

    assertThat(steady.written).isEqualTo(10_000);
    assertThat(counters.slowReaders.sum()).isZero();
  }

  @Test
  void look_fastAtFirstAndThenNothing_isBrokenOffAsSoon() {
    Line line = new Line(0);

    assertThatThrownBy(
            () ->
                downloads.write(
                    line,
                    line::breakOff,
                    out -> {
                      for (int i = 0; i < 10_000; i++) {
                        out.write(SECONDS_WORTH);
                      }
                      line.nanosEach = MOST_BEHIND + 1;
                      out.write(SECONDS_WORTH);
                    }))
        .isInstanceOf(IOException.class);

    assertThat(counters.slowReaders.sum()).isEqualTo(1);
  }

  @Test
  void look_whatIsWrittenIsLongInComing_isNobodysFault() throws IOException {
    Line line = new Line(0);

    downloads.write(
        line,
        line::breakOff,
        out -> {
          nanos += 2 * MOST_BEHIND;
          downloads.look(MOST_BEHIND);
          out.write(SECONDS_WORTH);
        });

    assertThat(line.written).isEqualTo(1);
  }

  @Test
  void write_noPlace_isRefused() throws IOException {
    downloads.write(
        new Line(0),
        () -> {},
        out ->
            assertThatThrownBy(() -> write(new Line(0), 1))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("1 files are under way"));
  }

  private void write(Line line, int seconds) throws IOException {
    downloads.write(
        line,
        line::breakOff,
        out -> {
          for (int i = 0; i < seconds; i++) {
            out.write(SECONDS_WORTH);
          }
        });
  }

  /** Takes each write after so long, while which the keeper looks. */
  private final class Line extends OutputStream {
    long nanosEach;
    int written;
    private boolean broken;

    Line(long nanosEach) {
      this.nanosEach = nanosEach;
    }

    void breakOff() {
      broken = true;
    }

    @Override
    public void write(int b) {
      throw new AssertionError("one byte at a time");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      nanos += nanosEach;
      downloads.look(MOST_BEHIND);
      if (broken) {
        throw new IOException("broken off");
      }
      written++;
    }
  }
}
