package io.paffmem.app.run;

import io.paffmem.access.OwnerOnly;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.replay.ReplayListener;
import io.paffmem.ingest.replay.Sight;
import io.paffmem.ingest.video.Picture;
import io.paffmem.ingest.video.VideoException;
import io.paffmem.ingest.video.VideoSource;
import io.paffmem.ingest.video.VideoWriter;
import io.paffmem.ledger.AnswerListener;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.start.StartException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A recording with what came out of it laid over its pictures. While the recording is replayed this
 * remembers where the faces are and what is answered, which takes some hundred bytes a face; the
 * pictures are read a second time afterwards, when all answers are known.
 */
final class SavedVideo implements ReplayListener, AnswerListener {
  /** Where a rate cannot be told. */
  private static final double USUAL_RATE = 25;

  private static final double HIGHEST_RATE = 120;

  /** One face: whose, where, and whether it was found or carried. */
  private record Seen(String person, Box box, boolean carried) {}

  private final Path file;
  private final UnaryOperator<String> names;

  // Guarded by this: pictures come from the feed's thread, answers from the ledger's.
  private final Map<Long, List<Seen>> seen = new HashMap<>();
  private final Map<String, Map<Long, VideoOverlay.Answer>> answers = new HashMap<>();
  private long lastIndex;
  private long lastMicros;

  /**
   * Writes nothing yet.
   *
   * @param names from what a person is called inside to what stands beside their face
   */
  SavedVideo(Path file, UnaryOperator<String> names) {
    this.file = file;
    this.names = names;
  }

  @Override
  public synchronized void seen(Picture picture, List<Sight> sights) {
    List<Seen> all = new ArrayList<>();
    for (Sight sight : sights) {
      all.add(new Seen(sight.stream().personId(), sight.box(), sight.face() == null));
    }
    seen.put(picture.index(), all);
    lastIndex = picture.index();
    lastMicros = picture.timestampMicros();
  }

  @Override
  public synchronized void answered(Emotion event, long publishedAtNanos, long readAtNanos) {
    answers
        .computeIfAbsent(event.getIdentity().getPersonId(), any -> new HashMap<>())
        .put(
            event.getIdentity().getSequence(),
            new VideoOverlay.Answer(
                event.getAffect().getArousal(), event.getAffect().getValence()));
  }

  /**
   * Writes the video: up to the last picture that was replayed.
   *
   * @param again opens the recording once more
   * @throws StartException if it cannot be read again or written; no file is left then
   */
  synchronized void write(Supplier<VideoSource> again) {
    Path unfinished =
        file.resolveSibling(".unfinished-" + ProcessHandle.current().pid() + "-" + name());
    try (VideoSource source = again.get()) {
      // FFmpeg fills the file that is there, which its owner alone may read: it shows people.
      OwnerOnly.create(unfinished, new byte[0]);
      writeAll(source, unfinished);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (VideoException | IOException e) {
      throw new StartException("--save-video: " + e.getMessage(), e);
    } finally {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException e) {
        // It stays; the error that matters is thrown already.
      }
    }
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }

  private void writeAll(VideoSource source, Path into) {
    double rate = lastIndex > 0 && lastMicros > 0 ? 1e6 * lastIndex / lastMicros : USUAL_RATE;
    VideoWriter writer = null;
    @Nullable VideoOverlay overlay = null;
    try {
      for (Picture picture = source.next();
          picture != null && picture.index() <= lastIndex;
          picture = source.next()) {
        if (writer == null || overlay == null) {
          writer =
              VideoWriter.create(
                  into, picture.width(), picture.height(), Math.min(HIGHEST_RATE, rate));
          overlay = new VideoOverlay(picture.width(), picture.height());
        }
        writer.write(drawn(picture, overlay), overlay.width(), picture.timestampMicros());
      }
    } finally {
      if (writer != null) {
        writer.close();
      }
    }
    if (writer == null) {
      throw new VideoException("the recording has no pictures");
    }
  }

  private byte[] drawn(Picture picture, VideoOverlay overlay) {
    BufferedImage image =
        new BufferedImage(overlay.width(), overlay.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    // A recording may change its size; what does not fit is left black.
    int columns = Math.min(picture.width(), overlay.width());
    for (int y = 0; y < Math.min(picture.height(), overlay.height()); y++) {
      System.arraycopy(
          picture.bgr(), 3 * y * picture.width(), pixels, 3 * y * overlay.width(), 3 * columns);
    }
    List<VideoOverlay.Mark> marks = new ArrayList<>();
    for (Seen one : seen.getOrDefault(picture.index(), List.of())) {
      marks.add(
          new VideoOverlay.Mark(
              names.apply(one.person),
              one.box,
              one.carried,
              answers.getOrDefault(one.person, Map.of()).get(picture.index())));
    }
    overlay.draw(image, picture.timestampMicros(), marks);
    return pixels;
  }
}
