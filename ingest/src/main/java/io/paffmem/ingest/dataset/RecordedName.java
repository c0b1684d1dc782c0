package io.paffmem.ingest.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.schemas.PersonKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What frames of a recorded data set are named, so that their events tell where they come from and
 * a replay that is begun again gives the same names: the person {@code omg:1/1f61459b0}, the stream
 * {@code omg:1/1f61459b0/utterance_1.mp4}. The parts are written as in a URL's query.
 *
 * @param dataset its kind
 * @param run tells replays apart that must not go on with one another's memories
 * @param video whose memory it is: a video, or a person of whom there are photographs
 * @param utterance part of the video that has one label; null where there are none
 */
public record RecordedName(String dataset, String run, String video, @Nullable String utterance) {
  /** Characters that a run may have; they need no escape. */
  public static final Pattern RUN = Pattern.compile("[A-Za-z0-9._-]{1,50}");

  /** As long as a run's name may be, for what must fit whatever the run. */
  public static final String LONGEST_RUN = "x".repeat(50);

  private static final Pattern STREAM = Pattern.compile("([^:/]+):([^:/]+)/([^/]+)(?:/([^/]+))?");

  /** What all streams of a replay begin with. */
  public static String prefix(String dataset, String run) {
    return encoded(dataset) + ":" + encoded(run) + "/";
  }

  /** The person, in {@code FrameIdentity}'s terms. */
  public String person() {
    return prefix(dataset, run) + encoded(video);
  }

  /** The stream. */
  public String stream() {
    return utterance == null ? person() : person() + "/" + encoded(utterance);
  }

  /** Whether a frame can have this name. */
  public boolean fits() {
    return stream().length() <= PersonKey.MAX_CHARACTERS;
  }

  /** Reads what {@link #stream} wrote; empty for another kind of stream. */
  public static Optional<RecordedName> ofStream(String stream) {
    Matcher parts = STREAM.matcher(stream);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      String utterance = parts.group(4);
      return Optional.of(
          new RecordedName(
              decoded(parts.group(1)),
              decoded(parts.group(2)),
              decoded(parts.group(3)),
              utterance == null ? null : decoded(utterance)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a percent sign of somebody else's
    }
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, UTF_8);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, UTF_8);
  }
}
