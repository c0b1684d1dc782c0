package io.paffmem.topology.person;

import static io.paffmem.topology.person.StreamWindow.Verdict.DUPLICATE;
import static io.paffmem.topology.person.StreamWindow.Verdict.FRESH;
import static io.paffmem.topology.person.StreamWindow.Verdict.TOO_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamWindowTest {
  @Test
  void look_randomSequences_agreesWithASet() {
    for (int seed = 0; seed < 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long at = random.nextLong(-5000, 5000);
      StreamWindow window = StreamWindow.beginningAt(at);
      Set<Long> seen = new HashSet<>();
      long highest = at;
      for (int i = 0; i < 5000; i++) {
        at += random.nextInt(-40, 45) + (random.nextInt(400) == 0 ? 900 : 0);
        StreamWindow.Verdict expected =
            at <= highest - StreamWindow.SIZE ? TOO_LATE : seen.contains(at) ? DUPLICATE : FRESH;
        assertThat(window.look(at)).as("seed %d step %d", seed, i).isEqualTo(expected);
        if (expected == FRESH) {
          window.note(at, i);
          seen.add(at);
          highest = Math.max(highest, at);
        }
      }
    }
  }

  @Test
  void look_edgesOfTheWindow() {
    StreamWindow window = StreamWindow.beginningAt(5000);
    window.note(5000, 0);

    assertThat(window.look(5000 - 1023)).isEqualTo(FRESH);
    assertThat(window.look(5000 - 1024)).isEqualTo(TOO_LATE);
    assertThat(window.look(5000)).isEqualTo(DUPLICATE);
  }

  @Test
  void look_extremeSequences_doNotOverflow() {
    StreamWindow window = StreamWindow.beginningAt(Long.MIN_VALUE);
    window.note(Long.MIN_VALUE, 0);
    assertThat(window.look(Long.MAX_VALUE)).isEqualTo(FRESH);

    window.note(Long.MAX_VALUE, 0);

    assertThat(window.look(Long.MAX_VALUE)).isEqualTo(DUPLICATE);
    assertThat(window.look(Long.MIN_VALUE)).isEqualTo(TOO_LATE);
    assertThat(window.look(Long.MAX_VALUE - 1)).isEqualTo(FRESH);
  }
}
