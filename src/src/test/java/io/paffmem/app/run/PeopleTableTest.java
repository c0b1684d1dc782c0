package io.paffmem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.FrameIdentity;
import io.paffmem.schemas.avro.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PeopleTableTest {
  @Test
  void of_twoPeople_aRowEach() {
    Map<String, Emotion> latest = new LinkedHashMap<>();
    latest.put("zoe", event("zoe", 0.5f, -0.25f, Source.MEMORY));
    latest.put("ann", event("ann", -1, 0.004f, Source.PRIOR));

    String table = PeopleTable.of(latest, person -> person.equals("ann") ? 12 : 0);

    assertThat(table)
        .isEqualTo(
            """
            person  arousal     PK  valence     PK    from  neurons  frames  lag
            zoe       +0.50  +0.10    -0.25  -0.20  memory       31     250    0
            ann       -1.00  +0.10    +0.00  -0.20   prior       31     250   12
            """);
  }

  @Test
  void of_nobodyYet_onlyTheHeads() {
    assertThat(PeopleTable.of(Map.of(), person -> 0).lines()).hasSize(1);
  }

  @Test
  void of_manyPeopleWithLongNames_fitsTheTerminal() {
    Map<String, Emotion> latest = new LinkedHashMap<>();
    for (int i = 0; i < 23; i++) {
      String person = "somebody with a very long name, number " + i;
      latest.put(person, event(person, 0, 0, Source.MEMORY));
    }

    String table = PeopleTable.of(latest, person -> 100);

    assertThat(table).endsWith("... and 3 more\n");
    assertThat(table.lines()).hasSize(22).allMatch(line -> line.length() <= 80);
  }

  private static Emotion event(String person, float arousal, float valence, Source source) {
    return Emotion.newBuilder()
        .setIdentity(new FrameIdentity(person, "run", 1L))
        .setCapturedAtMillis(0)
        .setAffect(new Affect(arousal, valence))
        .setSource(source)
        .setPrior(new Affect(0.1f, -0.2f))
        .setActivity(1)
        .setBestMatchingUnit(0)
        .setNeurons(31)
        .setFramesPerceived(250)
        .setModelVersion("pk")
        .build();
  }
}
