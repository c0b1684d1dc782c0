package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In milliseconds: a frame takes 40, and a jump of more than 10,000 is none that was meant. */
final class PictureTimesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "as they should be        | 0     | 0 40 80 120              | 0 40 80 120",
        "of a varying rate        | 0     | 0 33 100 5000            | 0 33 100 5000",
        "sound begins first       | 0     | 500 540                  | 500 540",
        "begins at ten hours      | 36000000 | 36000000 36000040     | 0 40",
        "begins below zero        | -400  | -400 -360 -320           | 0 40 80",
        "begins before it begins  | 400   | 0 40 80                  | 0 40 80",
        "begins far too late      | 0     | 90000 90040              | 0 40",
        "no times at all          | none  | none none none           | 0 40 80",
        "all at one time          | 0     | 0 0 0 0                  | 0 40 80 120",
        "stands, then goes on     | 0     | 0 0 0 0 160 200          | 0 40 80 120 160 200",
        "stands, and loses time   | 0     | 0 0 0 0 40 80            | 0 40 80 120 160 200",
        "jumps back               | 0     | 0 40 80 0 40 80          | 0 40 80 120 160 200",
        "jumps back below zero    | 0     | 0 40 -5000 -4960         | 0 40 80 120",
        "jumps ahead              | 0     | 0 40 90000 90040 90080   | 0 40 80 120 160",
        "some times are missing   | 0     | 0 none none 120 160      | 0 40 80 120 160",
      })
  void next_timesOfAContainer_riseFromTheBeginning(
      String what, String begin, String raw, String expected) {
    PictureTimes times = new PictureTimes(micros(begin), 40_000, 10_000_000);

    List<Long> millis = new ArrayList<>();
    for (String one : raw.strip().split(" ", -1)) {
      millis.add(times.next(micros(one)) / 1000);
    }

    assertThat(millis).as(what).containsExactlyElementsOf(longs(expected));
  }

  private static OptionalLong micros(String millis) {
    return millis.equals("none")
        ? OptionalLong.empty()
        : OptionalLong.of(1000 * Long.parseLong(millis));
  }

  private static List<Long> longs(String text) {
    List<Long> all = new ArrayList<>();
    for (String one : text.strip().split(" ", -1)) {
      all.add(Long.parseLong(one));
    }
    return all;
  }
}
