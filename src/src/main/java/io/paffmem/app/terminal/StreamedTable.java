package io.paffmem.app.terminal;

import io.paffmem.evaluation.memory.StreamedEvaluation;
import io.paffmem.evaluation.memory.StreamedEvaluation.Event;
import io.paffmem.evaluation.memory.StreamedEvaluation.Figures;
import io.paffmem.evaluation.memory.StreamedEvaluation.Pair;
import io.paffmem.evaluation.memory.StreamedEvaluation.Prediction;
import io.paffmem.evaluation.memory.StreamedEvaluation.Table;
import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.ingest.dataset.ArousalScale;
import io.paffmem.ingest.dataset.RecordedName;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of a data set that was replayed, as text and files. */
public final class StreamedTable {
  private StreamedTable() {}

  /**
   * An event as the evaluation takes it. Streams of a replayed data set name their video and
   * utterance; of others, the person is the video.
   */
  public static Event event(Emotion emotion) {
    String stream = emotion.getIdentity().getStreamId();
    String person = emotion.getIdentity().getPersonId();
    RecordedName name =
        RecordedName.ofStream(stream).filter(parts -> parts.person().equals(person)).orElse(null);
    Affect label = emotion.getLabel();
    return new Event(
        person,
        name == null ? person : name.video(),
        name == null ? null : name.utterance(),
        stream,
        emotion.getIdentity().getSequence(),
        emotion.getCapturedAtMillis(),
        pair(emotion.getPrior()),
        pair(emotion.getAffect()),
        emotion.getActivity(),
        label == null ? null : pair(label));
  }

  private static Pair pair(Affect affect) {
    return new Pair(affect.getArousal(), affect.getValence());
  }

  public static String text(Figures figures) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d events with a label, of %d videos; %d without a label, %d twice%n",
            figures.events(),
            figures.videos(),
            figures.unlabelled(),
            figures.duplicated()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CCC", "rows", "arousal", "valence", "arousal, mean of videos", "valence"));
    add(rows, "frames", figures.frames());
    Table utterances = figures.utterances();
    if (utterances != null) {
      add(rows, "utterances", utterances);
    }
    return text.append(Tables.render(rows)).toString();
  }

  private static void add(List<List<String>> rows, String level, Table table) {
    rows.add(row(level + ", PK alone", table, table.ccc().prior(), table.meanOfVideos().prior()));
    rows.add(
        row(level + ", with memory", table, table.ccc().memory(), table.meanOfVideos().memory()));
  }

  private static List<String> row(String name, Table table, Axes all, Axes mean) {
    return List.of(
        name,
        Long.toString(table.rows()),
        number(all.arousal()),
        number(all.valence()),
        number(mean.arousal()),
        number(mean.valence()));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.3f", value);
  }

  /**
   * Writes predictions in the layout of the OMG challenge, arousal on the data set's scale.
   *
   * @throws StartException if they are of several runs, which this layout cannot tell apart
   */
  public static void writePredictions(List<Prediction> predictions, ArousalScale scale, Path file) {
    StringBuilder csv = new StringBuilder("video,utterance,arousal,valence\n");
    Map<String, String> people = new HashMap<>();
    for (Prediction one : predictions) {
      String other = people.putIfAbsent(one.video(), one.person());
      if (other != null && !other.equals(one.person())) {
        throw new StartException(
            "--predictions has no column for the run, but video '%s' is of %s and %s; name one run, as in --from-topic=omg:1/"
                .formatted(one.video(), other, one.person()));
      }
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%.6f,%.6f%n",
              one.video(),
              one.utterance(),
              scale.fromSigned(one.arousal()),
              one.valence()));
    }
    OutputFile.write(file, csv.toString());
  }

  public static void writeFigure(StreamedEvaluation evaluation, String video, Path file) {
    if (evaluation.drawnPeople().size() > 1) {
      throw new StartException(
          "video '%s' is of several replays; name one with --figure-of: %s"
              .formatted(video, String.join(", ", evaluation.drawnPeople())));
    }
    String svg =
        evaluation
            .figure()
            .orElseThrow(
                () ->
                    new StartException(
                        "video '"
                            + video
                            + "' has fewer than two events with a label, so there is no figure"));
    OutputFile.write(file, svg);
  }
}
