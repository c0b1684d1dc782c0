package io.paffmem.topology.person;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a checked teaching says: what the person's face showed at a moment, or that an earlier
 * teaching is taken back.
 *
 * @param undoes the teaching that is taken back; null if this one teaches
 * @param stream where the face was seen; null for all streams of the person
 * @param sequence of the frame that shows it; null where a stretch of time is meant
 * @param fromMillis the stretch's beginning; of a frame it says nothing
 * @param toMillis its end, that moment included
 * @param neutral whether the face was at rest; then both labels are 0
 * @param arousal what it showed, [-1, 1]
 * @param valence likewise
 */
public record Lesson(
    @Nullable String undoes,
    @Nullable TextHash stream,
    @Nullable Long sequence,
    long fromMillis,
    long toMillis,
    boolean neutral,
    float arousal,
    float valence) {

  /**
   * A face that was answered. A person's memory keeps the last {@value #MOST_MOMENTS}: of a slice
   * of a stream's time the first that can be taught, and the first that cannot. So a frame that is
   * not kept itself is what the last one before it on its stream is.
   *
   * @param z as it is kept, a little coarser than it was seen; empty where it cannot be taught
   * @param readArousal what was read, before anything was taken off
   * @param readValence likewise
   * @param refusal why it cannot be taught; null where it can
   */
  public record Moment(
      TextHash stream,
      long sequence,
      long seenAtMillis,
      float[] z,
      float readArousal,
      float readValence,
      @Nullable Outcome refusal) {

    /** One that cannot be taught. */
    public static Moment refused(
        TextHash stream, long sequence, long seenAtMillis, Outcome refusal) {
      return new Moment(stream, sequence, seenAtMillis, new float[0], 0, 0, refusal);
    }

    public boolean isTeachable() {
      return refusal == null;
    }
  }

  /**
   * Moments of a person that are kept: a minute of one stream of five pictures a second or more.
   */
  public static final int MOST_MOMENTS = 300;

  /** The slice of time of which the first faces are kept. */
  public static final long SLICE_MILLIS = 200;

  /** What came of a teaching, as receipts say it. */
  public enum Outcome {
    TAUGHT("taught", null),
    UNDONE("undone", null),
    DUPLICATE("duplicate", "a teaching of this id is in the memory already"),
    UNKNOWN_MOMENT(
        "unknown_moment",
        "the person's memory answered no face there: check the stream and the frame, or wait for"
            + " the answer"),
    NOT_THE_PERSON(
        "not_the_person",
        "the face there does not look like the person; teach a moment at which it does"),
    NOT_READABLE(
        "not_readable",
        "the face there is too small, blurred, turned away or cut off to be read; teach a moment at"
            + " which it is not"),
    TOO_LATE(
        "too_late", "only the last minute can be taught; teach it soon after the answer is there"),
    NOT_CALM(
        "not_calm",
        "the face was not at rest, by what the PK reads: it changed, or is far from neutral; look"
            + " at the camera calmly for three seconds and teach it again"),
    NOT_YET("not_yet", "the memory has no neurons yet; teach once it answers"),
    FULL(
        "full", "the memory holds as many teachings as it can; take one back, or reset the memory"),
    UNKNOWN_TEACHING("unknown_teaching", "the memory holds no teaching of that id"),
    FORGOTTEN("forgotten", "the person was forgotten since");

    private final String word;
    private final @Nullable String problem;

    Outcome(String word, @Nullable String problem) {
      this.word = word;
      this.problem = problem;
    }

    /** In one word. */
    public String word() {
      return word;
    }

    /** Why nothing was done, and what to do; empty if something was. */
    public Optional<String> problem() {
      return Optional.ofNullable(problem);
    }
  }
}
