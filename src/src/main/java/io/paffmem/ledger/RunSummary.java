package io.paffmem.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param frames pictures that the source gave
 * @param faces faces published, those of carried boxes included
 * @param carriedBoxes faces that were cut out where the last detection was, since this picture had
 *     none
 * @param events distinct published faces that came out as events
 * @param memoryEvents events answered by a memory
 * @param priorEvents events answered by the PK alone
 * @param strangers of these, faces that did not look like the person, so that nothing was learnt
 * @param unreadable of these, faces that their picture shows too badly, so that nothing was learnt
 * @param lost published faces with neither event nor dead letter, and not forgotten
 * @param duplicated events beyond the first of a face
 * @param deadLetters dead letters of these people
 * @param forgotten published faces that waited when their person was forgotten
 * @param seedRequests requests for imagined faces
 * @param seeds requests answered with pairs
 * @param people people with a published face
 * @param seconds from the first picture to the last event
 * @param framesPerSecond events a second
 * @param latencyMillis from publishing a face to reading its event
 * @param neurons by person, after the last event
 * @param ccc against the labels, where frames had labels
 * @param deadLetterReasons {@code deadLetters} by the reason in their headers
 * @param incomplete recordings that ended before their end or had damaged pictures, and how
 * @param interrupted whether a recording was still going on when the process was asked to end
 * @param otherFaces most faces at once that were nobody's who was watched
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    long frames,
    long faces,
    long carriedBoxes,
    long events,
    long memoryEvents,
    long priorEvents,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long strangers,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long unreadable,
    long lost,
    long duplicated,
    long deadLetters,
    long forgotten,
    long seedRequests,
    long seeds,
    int people,
    double seconds,
    double framesPerSecond,
    Latency latencyMillis,
    Map<String, Integer> neurons,
    @Nullable Agreement ccc,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> deadLetterReasons,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> incomplete,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean interrupted,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int otherFaces) {

  /** The same of a run whose recordings ended early, or that was asked to end. */
  public RunSummary ended(List<String> incompleteRecordings, boolean wasInterrupted) {
    return with(neurons, List.copyOf(incompleteRecordings), wasInterrupted, otherFaces);
  }

  /** The same, each person by another name. */
  public RunSummary named(UnaryOperator<String> name) {
    Map<String, Integer> named = new TreeMap<>();
    neurons.forEach((person, count) -> named.put(name.apply(person), count));
    return with(named, incomplete, interrupted, otherFaces);
  }

  /** The same of a run that saw that many faces beside those whom it watched. */
  public RunSummary withOthers(int faces) {
    return with(neurons, incomplete, interrupted, faces);
  }

  private RunSummary with(
      Map<String, Integer> byPerson, List<String> ended, boolean asked, int others) {
    return new RunSummary(
        frames,
        faces,
        carriedBoxes,
        events,
        memoryEvents,
        priorEvents,
        strangers,
        unreadable,
        lost,
        duplicated,
        deadLetters,
        forgotten,
        seedRequests,
        seeds,
        people,
        seconds,
        framesPerSecond,
        latencyMillis,
        byPerson,
        ccc,
        deadLetterReasons,
        ended,
        asked,
        others);
  }

  /** Of frames published before their person's memory was seeded, and after; absent if none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Latency(@Nullable LatencyMillis seeding, @Nullable LatencyMillis steady) {}

  /** Nearest-rank percentiles, exact to 0.1 %. */
  public record LatencyMillis(double p50, double p99) {}

  /** Concordance with the labels: the PK's own answers, and those that were given. */
  public record Agreement(AxisCcc prior, AxisCcc memory) {}

  /** CCC in [-1, 1]; null where a series is constant. */
  public record AxisCcc(@Nullable Double arousal, @Nullable Double valence) {}
}
