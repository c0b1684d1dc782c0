package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.statistics.Axes;
import io.paffmem.evaluation.statistics.ByAnswer;
import io.paffmem.metric.Concordance;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of a recorded data set, from events as they stream by. It keeps sums, and a bit an
 * event to know what comes twice; the events themselves only of the video that a figure is to be
 * of.
 */
public final class StreamedEvaluation {
  /** Bits of a part of a stream; numbers far apart, such as times, take a part each. */
  private static final int CHUNK = 1024;

  private final @Nullable String figureOf;

  /** By person. */
  private final Map<String, Video> videos = new TreeMap<>();

  private final Scores frames = new Scores();
  private final List<Event> drawn = new ArrayList<>();
  private final Set<String> drawnPeople = new TreeSet<>();
  private long unlabelled;
  private long duplicated;

  /**
   * An event.
   *
   * @param person whose memory answered; each counts as a video
   * @param video the person's name for people to read: without the run, where a data set was
   *     replayed
   * @param utterance part of the video that has one label; null where there are none
   * @param stream the video's or utterance's stream
   * @param sequence of the frame in its stream, 0 or more
   * @param millis when it was seen
   * @param prior the PK's own
   * @param answer that was given
   * @param activity of the best-matching unit
   * @param label the truth; null if nobody knows
   */
  public record Event(
      String person,
      String video,
      @Nullable String utterance,
      String stream,
      long sequence,
      long millis,
      Pair prior,
      Pair answer,
      float activity,
      @Nullable Pair label) {}

  /** Two coordinates, each in [-1, 1]. */
  public record Pair(double arousal, double valence) {}

  /**
   * All figures. One that does not exist, because a series is constant, is null.
   *
   * @param events with a label, each counted once
   * @param unlabelled events without one
   * @param duplicated events of a frame that had one before
   * @param videos with an event
   * @param frames over frames
   * @param utterances over utterances, whose answer is the mean of its frames' answers; null where
   *     no event is of an utterance
   */
  public record Figures(
      long events,
      long unlabelled,
      long duplicated,
      int videos,
      Table frames,
      @Nullable Table utterances) {}

  /**
   * One level of the table.
   *
   * @param rows that were compared
   * @param ccc over all rows
   * @param meanOfVideos mean of each video's own, of those that have one
   * @param videosWithCcc how many these are, by axis and answer the fewest
   */
  public record Table(
      long rows, ByAnswer<Axes> ccc, ByAnswer<Axes> meanOfVideos, int videosWithCcc) {}

  /** The memory's answer to an utterance; person and video as in {@link Event}. */
  public record Prediction(
      String person, String video, String utterance, double arousal, double valence) {}

  /**
   * An evaluation of nothing yet.
   *
   * @param figureOf the video, or person, that {@link #figure} can draw; null for none
   */
  public StreamedEvaluation(@Nullable String figureOf) {
    this.figureOf = figureOf;
  }

  /** Takes an event in, in any order. */
  public void add(Event event) {
    Pair label = event.label;
    if (label == null) {
      unlabelled++;
      return;
    }
    Video video = videos.computeIfAbsent(event.person, any -> new Video(event.video));
    BitSet seen =
        video
            .seen
            .computeIfAbsent(event.stream, any -> new HashMap<>())
            .computeIfAbsent(Math.floorDiv(event.sequence, CHUNK), any -> new BitSet());
    int bit = Math.floorMod(event.sequence, CHUNK);
    if (seen.get(bit)) {
      duplicated++;
      return;
    }
    seen.set(bit);
    frames.add(event.prior, event.answer, label);
    video.frames.add(event.prior, event.answer, label);
    if (event.utterance != null) {
      video.utterances.computeIfAbsent(event.utterance, any -> new Utterance(label)).add(event);
    }
    if (event.video.equals(figureOf) || event.person.equals(figureOf)) {
      drawn.add(event);
      drawnPeople.add(event.person);
    }
  }

  /** Events taken in. */
  public long events() {
    return frames.rows();
  }

  /** The table so far. */
  public Figures figures() {
    Scores utterances = new Scores();
    List<Scores> frameScores = new ArrayList<>();
    List<Scores> utteranceScores = new ArrayList<>();
    for (Video video : videos.values()) {
      Scores own = new Scores();
      for (Utterance one : video.utterances.values()) {
        utterances.add(one.prior(), one.answer(), one.label);
        own.add(one.prior(), one.answer(), one.label);
      }
      frameScores.add(video.frames);
      utteranceScores.add(own);
    }
    return new Figures(
        frames.rows(),
        unlabelled,
        duplicated,
        videos.size(),
        table(frames, frameScores),
        utterances.rows() == 0 ? null : table(utterances, utteranceScores));
  }

  /** By video and utterance, numbers in their names counted as numbers. */
  public List<Prediction> predictions() {
    List<Prediction> predictions = new ArrayList<>();
    videos.forEach(
        (person, video) ->
            video.utterances.forEach(
                (utterance, sums) -> {
                  Pair answer = sums.answer();
                  predictions.add(
                      new Prediction(
                          person, video.name, utterance, answer.arousal, answer.valence));
                }));
    return predictions;
  }

  /** Whom {@link #figure} would be of: several people where runs share the video's name. */
  public Set<String> drawnPeople() {
    return drawnPeople;
  }

  /** Figure 3 of the paper along the chosen video; empty if it has fewer than two events. */
  public Optional<String> figure() {
    if (drawn.size() < 2) {
      return Optional.empty();
    }
    List<Event> events = new ArrayList<>(drawn);
    events.sort(Comparator.comparingLong(Event::millis).thenComparingLong(Event::sequence));
    int n = events.size();
    float[] prior = new float[2 * n];
    float[] labels = new float[2 * n];
    float[] answers = new float[2 * n];
    float[] activities = new float[n];
    long[] millis = new long[n];
    for (int i = 0; i < n; i++) {
      Event event = events.get(i);
      put(event.prior, prior, i);
      put(event.answer, answers, i);
      put(event.label == null ? event.answer : event.label, labels, i);
      activities[i] = event.activity;
      millis[i] = event.millis;
    }
    LabelledStream stream =
        new LabelledStream(
            events.get(0).video,
            Collections.nCopies(n, ""),
            0,
            new float[0],
            prior,
            labels,
            millis,
            List.of());
    return Optional.of(TimeFigure.svg(stream, new MemoryRun(answers, activities, 0, 0, 0, 0)));
  }

  private static void put(Pair pair, float[] values, int row) {
    values[2 * row] = (float) pair.arousal;
    values[2 * row + 1] = (float) pair.valence;
  }

  private static Table table(Scores all, List<Scores> byVideo) {
    Mean[] means = {new Mean(), new Mean(), new Mean(), new Mean()};
    for (Scores own : byVideo) {
      for (int i = 0; i < means.length; i++) {
        means[i].add(own.axes[i].ccc());
      }
    }
    return new Table(
        all.rows(),
        all.ccc(),
        new ByAnswer<>(
            new Axes(means[0].value(), means[1].value()),
            new Axes(means[2].value(), means[3].value())),
        Math.min(
            Math.min(means[0].count, means[1].count), Math.min(means[2].count, means[3].count)));
  }

  /** What is kept of a video. */
  private static final class Video {
    final String name;

    /** By stream and part of it. */
    final Map<String, Map<Long, BitSet>> seen = new HashMap<>();

    final Scores frames = new Scores();
    final Map<String, Utterance> utterances = new TreeMap<>(StreamedEvaluation::byNumber);

    Video(String name) {
      this.name = name;
    }
  }

  /** Sums over the frames of an utterance; those without a face are not among them. */
  private static final class Utterance {
    final Pair label;
    private final double[] sums = new double[4];
    private int count;

    Utterance(Pair label) {
      this.label = label;
    }

    void add(Event event) {
      sums[0] += event.prior.arousal;
      sums[1] += event.prior.valence;
      sums[2] += event.answer.arousal;
      sums[3] += event.answer.valence;
      count++;
    }

    Pair prior() {
      return new Pair(sums[0] / count, sums[1] / count);
    }

    Pair answer() {
      return new Pair(sums[2] / count, sums[3] / count);
    }
  }

  /** Concordance of the PK and of the answers, arousal and valence each. */
  private static final class Scores {
    final Concordance[] axes = {
      new Concordance(), new Concordance(), new Concordance(), new Concordance()
    };

    void add(Pair prior, Pair answer, Pair label) {
      axes[0].add(prior.arousal, label.arousal);
      axes[1].add(prior.valence, label.valence);
      axes[2].add(answer.arousal, label.arousal);
      axes[3].add(answer.valence, label.valence);
    }

    long rows() {
      return axes[0].rows();
    }

    ByAnswer<Axes> ccc() {
      return new ByAnswer<>(
          new Axes(boxed(axes[0].ccc()), boxed(axes[1].ccc())),
          new Axes(boxed(axes[2].ccc()), boxed(axes[3].ccc())));
    }
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static final class Mean {
    double sum;
    int count;

    void add(OptionalDouble value) {
      if (value.isPresent()) {
        sum += value.getAsDouble();
        count++;
      }
    }

    @Nullable Double value() {
      return count == 0 ? null : sum / count;
    }
  }

  /** {@code utterance_2} before {@code utterance_10}. */
  static int byNumber(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      int iEnd = digits(one, i);
      int jEnd = digits(other, j);
      if (iEnd > i && jEnd > j) {
        String a = one.substring(i, iEnd).replaceFirst("^0+(?=.)", "");
        String b = other.substring(j, jEnd).replaceFirst("^0+(?=.)", "");
        int order =
            a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        if (order != 0) {
          return order;
        }
        i = iEnd;
        j = jEnd;
      } else if (one.charAt(i) != other.charAt(j)) {
        return Character.compare(one.charAt(i), other.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    int order = Integer.compare(one.length() - i, other.length() - j);
    return order == 0 ? one.compareTo(other) : order;
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
