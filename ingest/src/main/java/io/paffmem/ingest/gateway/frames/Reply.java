package io.paffmem.ingest.gateway.frames;

import io.paffmem.ingest.face.Box;
import java.util.List;

/** What became of one frame. */
public sealed interface Reply {
  /**
   * The broker has acknowledged it.
   *
   * @param faces who was published, of a stream of many; else empty
   * @param others how many other faces the picture, or one just before, shows
   * @param readable whether the picture shows its one face well enough; of a stream of many each
   *     face has its own
   */
  record Accepted(long sequence, List<SeenFace> faces, int others, boolean readable)
      implements Reply {
    /** One face that was looked for alone, or came cut out. */
    public Accepted(long sequence) {
      this(sequence, List.of(), 0, true);
    }

    /** Whether it shows a face that cannot be read. */
    public boolean hasUnreadable() {
      return !readable || faces.stream().anyMatch(face -> !face.readable());
    }
  }

  /** Who is where in a picture, in its pixels, and whether it shows them well enough. */
  record SeenFace(String person, Box box, boolean readable) {}

  /**
   * It is not on the topic; after {@link Refusal#BUSY} it may be, if the broker did not answer in
   * time.
   *
   * @param message what is wrong and what to do
   */
  record Refused(Refusal reason, String message) implements Reply {}

  /** A refusal. */
  static Reply refused(Refusal reason, String message) {
    return new Refused(reason, message);
  }
}
