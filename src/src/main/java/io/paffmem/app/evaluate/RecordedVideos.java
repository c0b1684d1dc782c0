package io.paffmem.app.evaluate;

import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.evaluation.prior.LabelledFaces.Row;
import io.paffmem.ingest.dataset.OmgEmotion;
import io.paffmem.ingest.dataset.Recorded;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.ingest.video.VideoFile;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The faces of the videos of a data set, as the PK sees them, video after video. */
final class RecordedVideos {
  private static final int BATCH = 64;

  private final PriorKnowledge prior;
  private final List<Row> rows = new ArrayList<>();
  private final List<Long> millis = new ArrayList<>();
  private final List<float[]> z = new ArrayList<>();
  private final List<float[]> affect = new ArrayList<>();
  private final List<Row> pendingRows = new ArrayList<>();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Map<String, Integer> leftOut;

  private RecordedVideos(PriorKnowledge prior, Map<String, Integer> leftOut) {
    this.prior = prior;
    this.leftOut = new TreeMap<>(leftOut);
  }

  /**
   * Reads all videos; faces between utterances are seen, too, and have no label.
   *
   * @param progress is told after each file how many are done
   */
  static RecordedVideos of(PriorKnowledge prior, OmgEmotion omg, IntConsumer progress) {
    RecordedVideos videos = new RecordedVideos(prior, omg.leftOut());
    int done = 0;
    for (Map.Entry<Path, List<Recorded.Utterance>> file : files(omg).entrySet()) {
      videos.read(file.getKey(), file.getValue());
      progress.accept(++done);
    }
    return videos;
  }

  /** The utterances of each file. */
  static Map<Path, List<Recorded.Utterance>> files(OmgEmotion omg) {
    Map<Path, List<Recorded.Utterance>> files = new LinkedHashMap<>();
    omg.utterances()
        .forEach(one -> files.computeIfAbsent(one.file(), any -> new ArrayList<>()).add(one));
    return files;
  }

  private void read(Path file, List<Recorded.Utterance> utterances) {
    Recorded.Utterance first = utterances.get(0);
    long beganMillis = first.cut() ? 0 : Math.round(first.startSeconds() * 1000);
    try (VideoFile video = VideoFile.open(file);
        FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      for (Picture picture = video.next(); picture != null; picture = video.next()) {
        Box box = box(finder.find(picture));
        if (box == null) {
          leftOut.merge("no_face", 1, Integer::sum);
          continue;
        }
        Recorded.@Nullable Utterance of = at(utterances, picture.timestampMicros() / 1e6);
        add(
            of == null
                ? new Row(first.video(), "", Float.NaN, Float.NaN)
                : new Row(of.video(), of.utterance(), of.arousal(), of.valence()),
            beganMillis + picture.timestampMicros() / 1000,
            finder.rgb(picture, box));
      }
    } catch (VideoException e) {
      leftOut.merge("unreadable_file", 1, Integer::sum);
    }
    embed();
  }

  private static Recorded.@Nullable Utterance at(
      List<Recorded.Utterance> utterances, double seconds) {
    for (Recorded.Utterance one : utterances) {
      if (!one.cut() || (seconds >= one.startSeconds() && seconds < one.endSeconds())) {
        return one;
      }
    }
    return null;
  }

  private static @Nullable Box box(Sighting sighting) {
    if (sighting instanceof Sighting.Carried carried) {
      return carried.box();
    }
    return sighting instanceof Sighting.Detected detected ? detected.box() : null;
  }

  private void add(Row row, long atMillis, byte[] rgb) {
    pendingRows.add(row);
    millis.add(atMillis);
    pending.writeBytes(rgb);
    if (pendingRows.size() == BATCH) {
      embed();
    }
  }

  private void embed() {
    if (pendingRows.isEmpty()) {
      return;
    }
    Encodings encoded = prior.encode(pending.toByteArray(), pendingRows.size());
    z.add(encoded.z());
    affect.add(encoded.affect());
    rows.addAll(pendingRows);
    pendingRows.clear();
    pending.reset();
  }

  EmbeddedFaces faces() {
    return new EmbeddedFaces(rows, prior.latentSize(), joined(z), joined(affect), 0);
  }

  Map<String, Integer> leftOut() {
    return leftOut;
  }

  /** Each video's faces in their order. */
  List<Order> orders() {
    Map<String, List<Integer>> byVideo = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      byVideo.computeIfAbsent(rows.get(i).person(), any -> new ArrayList<>()).add(i);
    }
    List<Order> orders = new ArrayList<>();
    byVideo.forEach(
        (video, own) ->
            orders.add(
                new Order(
                    video,
                    own.stream().mapToInt(Integer::intValue).toArray(),
                    own.stream().mapToLong(millis::get).toArray())));
    return orders;
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
