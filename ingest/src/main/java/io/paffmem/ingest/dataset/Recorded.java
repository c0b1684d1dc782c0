package io.paffmem.ingest.dataset;

import io.paffmem.ingest.face.Box;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A labelled piece of a data set, in the order in which it is to be seen. */
public sealed interface Recorded {
  /** Whose memory sees it: a person, or a video. */
  String video();

  /** -1 to 1. */
  float arousal();

  /** -1 to 1. */
  float valence();

  /**
   * A photograph.
   *
   * @param place among the photographs of the same person, from 0
   * @param box where the face is; null if the picture is the face
   */
  record Photograph(
      String video, Path image, int place, @Nullable Box box, float arousal, float valence)
      implements Recorded {}

  /**
   * A part of a video.
   *
   * @param file the utterance alone, or a longer video that holds it
   * @param cut whether the file is longer, and from {@code startSeconds} to {@code endSeconds} is
   *     the utterance
   */
  record Utterance(
      String video,
      String utterance,
      Path file,
      boolean cut,
      double startSeconds,
      double endSeconds,
      float arousal,
      float valence)
      implements Recorded {}
}
