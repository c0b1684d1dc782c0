package io.paffmem.app.run;

import io.paffmem.cluster.HeldFrames;
import io.paffmem.ingest.dataset.Recorded;
import io.paffmem.ingest.dataset.RecordedName;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.face.Face;
import io.paffmem.ingest.face.FaceConfig;
import io.paffmem.ingest.face.FaceCrop;
import io.paffmem.ingest.face.FaceFinder;
import io.paffmem.ingest.face.Sighting;
import io.paffmem.ingest.publish.FrameStream;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.ingest.video.VideoFile;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.FaceBox;
import io.paffmem.schemas.avro.FaceQuality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the pieces of a data set under names that are the same each time ({@link
 * RecordedName}). Pieces come one after the other, and an utterance is confirmed by the broker
 * before the next begins, so what the topics hold tells where a replay was broken off.
 */
final class DatasetReplay implements AutoCloseable {
  /** Photographs have no time: each stands alone, as in the evaluation without Kafka. */
  private static final long APART_MILLIS = Duration.ofHours(1).toMillis();

  /** Data sets do not say when they were recorded; their time counts from here. */
  private static final long BEGINNING_MILLIS = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

  /** Leaves room for the record around the picture. */
  private static final int MOST_IMAGE_BYTES = Topics.MAX_MESSAGE_BYTES - 16 * 1024;

  private final String dataset;
  private final String run;
  private final SourceRun everything;
  private final SortedMap<String, Integer> leftOut;
  private final int teach;

  /** Of each person, those that teach among the pieces so far. */
  private final Map<String, Integer> teaching = new HashMap<>();

  private long frames;
  private long faces;
  private long carried;
  private long faceless;
  private int alreadyThere;
  private final Set<Path> reported = new HashSet<>();
  private final List<String> incomplete = new ArrayList<>();
  private boolean isTeaching;
  private @Nullable Path open;
  private @Nullable VideoFile video;
  private @Nullable Picture pending;

  /**
   * A replay that has not begun.
   *
   * @param dataset its kind, for the names
   * @param run for the names
   * @param leftOut rows that cannot be published, by reason
   * @param teach of how many pieces of each person, the first, the label teaches
   */
  DatasetReplay(
      String dataset,
      String run,
      SourceRun everything,
      SortedMap<String, Integer> leftOut,
      int teach) {
    this.dataset = dataset;
    this.run = run;
    this.everything = everything;
    this.leftOut = new TreeMap<>(leftOut);
    this.teach = teach;
  }

  /**
   * Publishes what the topics do not hold yet.
   *
   * @param progress is told after each piece how many are done
   */
  void publish(List<? extends Recorded> pieces, HeldFrames held, IntConsumer progress)
      throws InterruptedException {
    int resumed = lastHeldUtterance(pieces, held);
    for (int i = 0; i < pieces.size(); i++) {
      Recorded piece = pieces.get(i);
      isTeaching = teaching.merge(piece.video(), 1, Integer::sum) <= teach;
      if (piece instanceof Recorded.Photograph photograph) {
        publish(photograph, held);
      } else if (piece instanceof Recorded.Utterance utterance) {
        if (i < resumed && holds(held, utterance)) {
          alreadyThere++;
        } else {
          publish(utterance, held);
        }
      }
      progress.accept(i + 1);
      stopIfAsked();
    }
  }

  /** Those before it are complete, or not there at all. */
  private int lastHeldUtterance(List<? extends Recorded> pieces, HeldFrames held) {
    for (int i = pieces.size() - 1; i > 0; i--) {
      if (pieces.get(i) instanceof Recorded.Utterance one && holds(held, one)) {
        return i;
      }
    }
    return 0;
  }

  private boolean holds(HeldFrames held, Recorded.Utterance one) {
    return held.highest().containsKey(name(one.video(), one.utterance()).stream());
  }

  private void publish(Recorded.Photograph photograph, HeldFrames held) {
    RecordedName name = name(photograph.video(), null);
    if (photograph.place() <= held.highest().getOrDefault(name.stream(), -1L)) {
      alreadyThere++;
      return;
    }
    byte[] image;
    try {
      image = Files.readAllBytes(photograph.image());
    } catch (NoSuchFileException e) {
      leaveOut("missing_file");
      return;
    } catch (IOException e) {
      leaveOut("unreadable_file");
      return;
    }
    if (!isJpegOrPng(image)) {
      leaveOut("not_jpeg_or_png");
    } else if (image.length > MOST_IMAGE_BYTES) {
      leaveOut("too_large");
    } else {
      frames++;
      send(
          everything.stream(name.person(), name.stream()),
          photograph.place(),
          photograph.place() * APART_MILLIS,
          image,
          faceBox(photograph.box()),
          null,
          photograph);
    }
  }

  private void publish(Recorded.Utterance one, HeldFrames held) throws InterruptedException {
    RecordedName name = name(one.video(), one.utterance());
    FrameStream stream = everything.stream(name.person(), name.stream());
    long heldUpTo = held.highest().getOrDefault(name.stream(), -1L);
    long fromMicros = one.cut() ? Math.round(one.startSeconds() * 1e6) : 0;
    long toMicros = one.cut() ? Math.round(one.endSeconds() * 1e6) : Long.MAX_VALUE;
    long beganMillis = one.cut() ? 0 : Math.round(one.startSeconds() * 1000);
    boolean seen = false;
    // A finder of its own, so that the same faces are found wherever a replay begins.
    try (FaceFinder finder = new FaceFinder(FaceConfig.defaults())) {
      long sequence = 0;
      Picture picture = first(one, fromMicros);
      for (; picture != null && picture.timestampMicros() < toMicros; picture = next()) {
        stopIfAsked();
        Sighting sighting = finder.find(picture);
        Box box = box(sighting);
        frames++;
        if (box == null) {
          faceless++;
        } else {
          seen = true;
          if (sequence > heldUpTo) {
            Face face = sighting instanceof Sighting.Detected found ? found.face() : null;
            FaceCrop crop = finder.crop(picture, box, face);
            send(
                stream,
                sequence,
                beganMillis + picture.timestampMicros() / 1000,
                crop.jpeg(),
                null,
                crop.quality(),
                one);
          }
        }
        sequence++;
      }
      pending = picture;
      stream.flush();
      if (!seen) {
        leaveOut(sequence == 0 ? "no_picture" : "no_face");
      }
      if (picture == null && video != null) {
        video.shortfall().ifPresent(shortfall -> noteIncomplete(one, shortfall));
      }
    } catch (VideoException e) {
      close();
      stream.flush();
      leaveOut("unreadable_file");
    }
  }

  /** What came before stays published. */
  private void noteIncomplete(Recorded.Utterance one, String shortfall) {
    leaveOut("incomplete_file");
    if (reported.add(one.file())) {
      incomplete.add(one.file().getFileName() + " " + shortfall);
    }
  }

  private @Nullable Box box(Sighting sighting) {
    if (sighting instanceof Sighting.Carried held) {
      carried++;
      return held.box();
    }
    return sighting instanceof Sighting.Detected detected ? detected.box() : null;
  }

  private void send(
      FrameStream stream,
      long sequence,
      long offsetMillis,
      byte[] image,
      @Nullable FaceBox box,
      @Nullable FaceQuality quality,
      Recorded piece) {
    everything.publishing(stream.personId(), stream.streamId(), sequence);
    stream.publish(
        sequence,
        BEGINNING_MILLIS + offsetMillis,
        image,
        box,
        quality,
        new Affect(piece.arousal(), piece.valence()),
        isTeaching);
    isTeaching = false; // its first face, once
    faces++;
  }

  // ---- videos

  /** The first picture of an utterance; utterances of one video follow one another. */
  private @Nullable Picture first(Recorded.Utterance one, long fromMicros) {
    Picture picture = pending;
    pending = null;
    if (!one.file().equals(open)
        || !one.cut()
        || picture == null
        || picture.timestampMicros() > fromMicros) {
      close();
      open = one.file();
      video = VideoFile.open(one.file());
      picture = next();
    }
    while (picture != null && picture.timestampMicros() < fromMicros) {
      picture = next();
    }
    return picture;
  }

  private @Nullable Picture next() {
    return video == null ? null : video.next();
  }

  @Override
  public void close() {
    if (video != null) {
      video.close();
      video = null;
      open = null;
      pending = null;
    }
  }

  // ---- what was done

  /** Pictures that were looked at. */
  long frames() {
    return frames;
  }

  long carried() {
    return carried;
  }

  /** Recordings that ended early or had damaged pictures, and how. */
  List<String> incomplete() {
    return List.copyOf(incomplete);
  }

  /** What was published, and what was not and why. */
  String report() {
    String reasons =
        leftOut.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return "%d faces published, %d pieces were there already, %d pictures without a face%nleft out: %s%n"
        .formatted(faces, alreadyThere, faceless, reasons.isEmpty() ? "nothing" : reasons);
  }

  private void leaveOut(String reason) {
    leftOut.merge(reason, 1, Integer::sum);
  }

  private RecordedName name(String video, @Nullable String utterance) {
    return new RecordedName(dataset, run, video, utterance);
  }

  private static @Nullable FaceBox faceBox(@Nullable Box box) {
    return box == null
        ? null
        : new FaceBox(
            Math.round(box.x()),
            Math.round(box.y()),
            Math.round(box.width()),
            Math.round(box.height()));
  }

  /** By their first bytes; whether they can be decoded, the encoding stage says. */
  private static boolean isJpegOrPng(byte[] image) {
    return image.length > 4
        && ((image[0] == (byte) 0xFF && image[1] == (byte) 0xD8)
            || (image[0] == (byte) 0x89 && image[1] == 'P' && image[2] == 'N' && image[3] == 'G'));
  }

  private static void stopIfAsked() throws InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("stopped while publishing");
    }
  }
}
