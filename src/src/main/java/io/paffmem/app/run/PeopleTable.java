package io.paffmem.app.run;

import io.paffmem.app.terminal.Tables;
import io.paffmem.schemas.avro.Emotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/** The newest event of each person as lines of text, at most 80 columns wide. */
final class PeopleTable {
  private static final int MOST_PEOPLE = 20;

  private PeopleTable() {}

  /**
   * The table, each line with its line feed; the PK's own values stand after those of the answer.
   *
   * @param latest newest event by person
   * @param lag faces of a person that wait for their event
   */
  static String of(Map<String, Emotion> latest, ToIntFunction<String> lag) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("person", "arousal", "PK", "valence", "PK", "from", "neurons", "frames", "lag"));
    latest.entrySet().stream()
        .limit(MOST_PEOPLE)
        .forEach(entry -> rows.add(row(entry.getKey(), entry.getValue(), lag)));
    String more =
        latest.size() > MOST_PEOPLE ? "... and " + (latest.size() - MOST_PEOPLE) + " more\n" : "";
    return Tables.render(rows) + more;
  }

  private static List<String> row(String person, Emotion event, ToIntFunction<String> lag) {
    return List.of(
        Tables.name(person),
        signed(event.getAffect().getArousal()),
        signed(event.getPrior().getArousal()),
        signed(event.getAffect().getValence()),
        signed(event.getPrior().getValence()),
        event.getSource().name().toLowerCase(Locale.ROOT),
        Integer.toString(event.getNeurons()),
        Long.toString(event.getFramesPerceived()),
        Integer.toString(lag.applyAsInt(person)));
  }

  private static String signed(float value) {
    return String.format(Locale.ROOT, "%+.2f", value);
  }
}
