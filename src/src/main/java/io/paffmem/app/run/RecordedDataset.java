package io.paffmem.app.run;

import io.paffmem.app.options.Dataset;
import io.paffmem.ingest.dataset.AffectNet;
import io.paffmem.ingest.dataset.CategorisedFace;
import io.paffmem.ingest.dataset.FacialExpressions;
import io.paffmem.ingest.dataset.FerPlus;
import io.paffmem.ingest.dataset.OmgEmotion;
import io.paffmem.ingest.dataset.RatedFace;
import io.paffmem.ingest.dataset.Recorded;
import io.paffmem.ingest.dataset.RecordedName;
import io.paffmem.start.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a data set, in the order in which they are published.
 *
 * @param leftOut rows that cannot be published, by reason
 */
record RecordedDataset(List<? extends Recorded> pieces, SortedMap<String, Integer> leftOut) {

  /**
   * Reads the annotations; pictures and videos are not opened.
   *
   * @throws io.paffmem.ingest.dataset.DatasetException if the folder has another layout or cannot
   *     be read
   * @throws StartException if nothing in it can be used
   */
  static RecordedDataset read(Dataset kind, RecordedOptions options, Path folder) {
    RecordedDataset read = readAny(kind, options, folder);
    if (read.pieces.isEmpty()) {
      throw new StartException(
          "%s in %s has no usable row; left out: %s"
              .formatted(
                  kind.spelled(), folder, read.leftOut.isEmpty() ? "nothing" : read.leftOut));
    }
    return read;
  }

  private static RecordedDataset readAny(Dataset kind, RecordedOptions options, Path folder) {
    return switch (kind) {
      case OMG -> {
        OmgEmotion omg = OmgEmotion.read(folder, options.arousalScale());
        yield new RecordedDataset(omg.utterances(), omg.leftOut());
      }
      case AFFECTNET -> affectNet(AffectNet.read(folder), options.split());
      case FACES -> faces(FacialExpressions.read(folder));
      case FERPLUS -> ferPlus(FerPlus.read(folder), options.split());
      case SYNTHETIC -> throw new IllegalArgumentException(kind + " is not replayed");
    };
  }

  private static RecordedDataset affectNet(AffectNet read, RecordedOptions.@Nullable Split split) {
    boolean training =
        split == null ? read.validation().isEmpty() : split == RecordedOptions.Split.TRAINING;
    return rated(Dataset.AFFECTNET, training ? read.training() : read.validation(), read.leftOut());
  }

  private static RecordedDataset ferPlus(FerPlus read, RecordedOptions.@Nullable Split split) {
    FerPlus.Part part =
        split == null ? FerPlus.Part.VALIDATION : FerPlus.Part.valueOf(split.name());
    return rated(
        Dataset.FERPLUS,
        read.part(part).stream().map(FerPlus.VotedFace::face).toList(),
        read.leftOut());
  }

  private static RecordedDataset rated(
      Dataset kind, List<RatedFace> faces, SortedMap<String, Integer> unusable) {
    List<Recorded.Photograph> pieces = new ArrayList<>();
    SortedMap<String, Integer> leftOut = new TreeMap<>(unusable);
    Map<String, Integer> places = new HashMap<>();
    for (RatedFace face : faces) {
      if (fits(kind.spelled(), face.person())) {
        int place = places.merge(face.person(), 1, Integer::sum) - 1;
        pieces.add(
            new Recorded.Photograph(
                face.person(), face.image(), place, face.box(), face.arousal(), face.valence()));
      } else {
        leftOut.merge("name_too_long", 1, Integer::sum);
      }
    }
    return new RecordedDataset(pieces, leftOut);
  }

  private static RecordedDataset faces(FacialExpressions read) {
    List<Recorded.Photograph> pieces = new ArrayList<>();
    SortedMap<String, Integer> leftOut = new TreeMap<>();
    count(leftOut, "missing_file", read.missingImages());
    count(leftOut, "no_label", read.unknownExpressions());
    count(leftOut, "malformed_row", read.malformedRows());
    Map<String, Integer> places = new HashMap<>();
    for (CategorisedFace face : read.faces()) {
      if (fits("faces", face.person())) {
        int place = places.merge(face.person(), 1, Integer::sum) - 1;
        pieces.add(
            new Recorded.Photograph(
                face.person(),
                face.image(),
                place,
                null,
                face.expression().arousal(),
                face.expression().valence()));
      } else {
        count(leftOut, "name_too_long", 1);
      }
    }
    return new RecordedDataset(pieces, leftOut);
  }

  private static boolean fits(String dataset, String person) {
    return new RecordedName(dataset, RecordedName.LONGEST_RUN, person, null).fits();
  }

  private static void count(SortedMap<String, Integer> leftOut, String reason, int rows) {
    if (rows > 0) {
      leftOut.merge(reason, rows, Integer::sum);
    }
  }
}
