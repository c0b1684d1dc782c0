package io.paffmem.bench.command;

import io.paffmem.ledger.AnswerListener;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What newcomers, and the known people beside them, were answered, and when. */
final class NewcomerAnswers implements AnswerListener {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** When one newcomer came how far; the largest number where that has not come so far. */
  private static final class Course {
    final long begun;
    long firstOfMemory = Long.MAX_VALUE;
    long seeded = Long.MAX_VALUE;

    Course(long begun) {
      this.begun = begun;
    }

    boolean isSeeded() {
      return seeded < Long.MAX_VALUE;
    }
  }

  private final Set<String> newcomers;
  private final long lastAlone;

  // Guarded by this.
  private final Map<String, Course> courses = new LinkedHashMap<>();
  private final List<Double> ofPrior = new ArrayList<>();
  private final List<Double> ofMemory = new ArrayList<>();
  private final List<Double> alone = new ArrayList<>();
  private final List<Double> beside = new ArrayList<>();

  /**
   * Nothing so far.
   *
   * @param newcomers by name; everybody else is known
   * @param lastAlone sequence of the last frame of each known person before the newcomers come;
   *     their frame 0 counts for nothing
   */
  NewcomerAnswers(Set<String> newcomers, long lastAlone) {
    this.newcomers = Set.copyOf(newcomers);
    this.lastAlone = lastAlone;
  }

  @Override
  public synchronized void answered(Emotion event, long publishedAtNanos, long readAtNanos) {
    double millis = (readAtNanos - publishedAtNanos) / NANOS_PER_MILLI;
    String person = event.getIdentity().getPersonId();
    long sequence = event.getIdentity().getSequence();
    if (!newcomers.contains(person)) {
      if (sequence > 0) {
        (sequence <= lastAlone ? alone : beside).add(millis);
      }
      return;
    }
    Course course = courses.computeIfAbsent(person, any -> new Course(publishedAtNanos));
    boolean isOfMemory = event.getSource() == Source.MEMORY;
    (isOfMemory ? ofMemory : ofPrior).add(millis);
    if (isOfMemory) {
      course.firstOfMemory = Math.min(course.firstOfMemory, readAtNanos);
    }
    if (event.getFramesToSeed() == 0) {
      course.seeded = Math.min(course.seeded, readAtNanos);
    }
  }

  /** Newcomers an event of whom says that their memory is seeded. */
  synchronized int seeded() {
    return (int) courses.values().stream().filter(Course::isSeeded).count();
  }

  /**
   * The figures by name; those of which there is nothing to tell are not there. Percentiles are by
   * nearest rank.
   */
  synchronized Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("priorFrames", ofPrior.size());
    putMillis(figures, "prior", ofPrior);
    figures.put("memoryFrames", ofMemory.size());
    putMillis(figures, "memory", ofMemory);
    List<Double> firsts = new ArrayList<>();
    long begin = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Course course : courses.values()) {
      if (course.firstOfMemory < Long.MAX_VALUE) {
        firsts.add((course.firstOfMemory - course.begun) / NANOS_PER_SECOND);
      }
      begin = Math.min(begin, course.begun);
      end = Math.max(end, course.seeded);
    }
    if (!firsts.isEmpty()) {
      figures.put("firstOfMemoryP50Seconds", percentile(firsts, 50));
      figures.put("firstOfMemoryMostSeconds", percentile(firsts, 100));
    }
    figures.put("seeded", seeded());
    if (seeded() == newcomers.size()) {
      figures.put("allSeededSeconds", (end - begin) / NANOS_PER_SECOND);
    }
    putMillis(figures, "knownAlone", alone);
    putMillis(figures, "knownBeside", beside);
    if (!alone.isEmpty() && !beside.isEmpty()) {
      figures.put("knownP99Ratio", percentile(beside, 99) / percentile(alone, 99));
    }
    return figures;
  }

  private static void putMillis(Map<String, Object> figures, String name, List<Double> millis) {
    if (!millis.isEmpty()) {
      figures.put(name + "P50Millis", percentile(millis, 50));
      figures.put(name + "P99Millis", percentile(millis, 99));
    }
  }

  /**
   * By nearest rank.
   *
   * @param values at least one
   * @param percent in (0, 100]
   */
  static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
  }
}
