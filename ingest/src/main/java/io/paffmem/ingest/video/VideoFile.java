package io.paffmem.ingest.video;

import io.paffmem.schemas.CaptureTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A recording with an end, in whatever container and codec FFmpeg knows. */
public final class VideoFile implements VideoSource {
  private final DecodedPictures pictures;
  private final long startedAtMillis;
  private boolean ended;

  /**
   * A recording that is open.
   *
   * @param pictures closed with this
   * @param otherwiseMillis when it was taken, if the recording does not say
   */
  VideoFile(DecodedPictures pictures, long otherwiseMillis) {
    this.pictures = pictures;
    long nowMillis = Clock.systemUTC().millis();
    this.startedAtMillis =
        started(
            writtenMillis(pictures),
            otherwiseMillis,
            Math.max(0, pictures.lengthMicros() / 1000),
            nowMillis);
  }

  /**
   * Opens a video.
   *
   * @throws VideoException if there is no such file, it is a folder, it cannot be read, it is no
   *     video, or it holds no pictures; the message names the file and what to do
   */
  public static VideoFile open(Path path) {
    return open(path, null);
  }

  /**
   * As {@link #open(Path)}, but of one of its streams of pictures.
   *
   * @param videoStream from 1; null for the one that players show
   */
  static VideoFile open(Path path, @Nullable Integer videoStream) {
    if (Files.isDirectory(path)) {
      throw new VideoException(path + " is a folder; name one video file in it.");
    }
    if (!Files.exists(path)) {
      throw new VideoException("There is no file " + path + "; check the path of the video.");
    }
    if (!Files.isReadable(path)) {
      throw new VideoException(path + " cannot be read; check the permissions of the video.");
    }
    long changedMillis;
    try {
      changedMillis = Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      throw new VideoException(path + " cannot be read any more; check that it is still there.", e);
    }
    return new VideoFile(
        DecodedPictures.open(
            new InputConfig(
                path.toString(),
                "file:" + path.toAbsolutePath(),
                null,
                // A playlist or a script given as a video must not make FFmpeg open anything else.
                InputConfig.containers("file", false),
                videoStream,
                "check that it is complete, or convert it, for example to MP4; pictures, playlists"
                    + " and scripts are no videos.")),
        changedMillis);
  }

  /**
   * When a recording was begun: as it says, unless that cannot be (devices without a clock write
   * the epoch of their format), and never so that it would end in the future.
   *
   * @param writtenMillis what the recording device wrote
   * @param otherwiseMillis when the file was changed, commonly the recording's end
   * @param lengthMillis 0 if it is not known
   */
  static long started(
      OptionalLong writtenMillis, long otherwiseMillis, long lengthMillis, long nowMillis) {
    long millis =
        writtenMillis.isPresent() && CaptureTime.isPlausible(writtenMillis.getAsLong(), nowMillis)
            ? writtenMillis.getAsLong()
            : otherwiseMillis;
    return Math.min(millis, nowMillis - lengthMillis);
  }

  /** What the recording device wrote. */
  private static OptionalLong writtenMillis(DecodedPictures pictures) {
    String written = pictures.metadata("creation_time");
    if (written != null) {
      try {
        return OptionalLong.of(Instant.parse(written).toEpochMilli());
      } catch (DateTimeParseException e) {
        // A free text field of the container: whatever is no time is as good as absent.
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public @Nullable Picture next() {
    Picture picture = pictures.next();
    ended = picture == null;
    return picture;
  }

  @Override
  public Optional<String> shortfall() {
    return ended ? Optional.ofNullable(pictures.shortfall()) : Optional.empty();
  }

  @Override
  public long startedAtMillis() {
    return startedAtMillis;
  }

  @Override
  public OptionalLong estimatedPictures() {
    long estimate = pictures.estimatedPictures();
    return estimate > 0 ? OptionalLong.of(estimate) : OptionalLong.empty();
  }

  @Override
  public void close() {
    pictures.close();
  }
}
