package io.paffmem.topology.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * What the stream counts. At any time {@code frames-in} is the sum of {@code events-memory}, {@code
 * events-prior}, {@code dead-frames} (those refused), {@code duplicates}, {@code forgotten} and the
 * frames that wait; {@code SumTest} checks it.
 */
public enum Count {
  FRAMES_IN("frames-in", "frames", ""),
  EVENTS_MEMORY("events-memory", "events", "memory"),
  EVENTS_PRIOR("events-prior", "events", "prior"),
  /** Frames that do not look like the person; {@code events-prior} holds them too. */
  EVENTS_STRANGER("events-stranger"),
  /** Frames whose picture shows the face too badly; {@code events-prior} holds them too. */
  EVENTS_UNREADABLE("events-unreadable"),
  DUPLICATES("duplicates"),
  FORGOTTEN("forgotten"),
  /** Records of {@code embeddings} among the dead letters, and rows of frames that were damaged. */
  DEAD_FRAMES("dead-frames"),
  /** Frames too late among the dead ones. */
  TOO_LATE("too-late"),
  /** Frames whose own time cannot be right, so that the time of ingest counts. */
  IMPLAUSIBLE_TIMES("implausible-times"),
  /** Streams of which it is no longer known what was seen, since their person has too many. */
  EVICTED_STREAMS("evicted-streams"),
  /** From every topic. */
  DEAD_LETTERS("dead-letters"),
  SEED_REQUESTS("seed-requests"),
  SEEDED_FRAMES("seeded-frames"),
  /** Requests for which there will be no faces. */
  REFUSED_SEEDS("refused-seeds"),
  /** Frames that wait no longer: at once, after the limit, or because too many wait. */
  REFUSED_FRAMES("refused-frames"),
  /** Of these, frames that were refused because too many of their person wait. */
  QUEUE_FULL("queue-full"),
  /** Faces for a frame that had been refused. */
  LATE_SEEDS("late-seeds"),
  IGNORED_SEEDS("ignored-seeds"),
  /** Answers to frames that did not come yet, beyond what is kept of them. */
  OVERFLOWING_SEEDS("overflowing-seeds"),
  REPEATED_COMMANDS("repeated-commands"),
  /** Commands to forget up to a time that is yet to come. */
  REFUSED_COMMANDS("refused-commands"),
  IMPORTED_MEMORIES("imported-memories"),
  /** Exported memories that are none, damaged, of another model, or of somebody forgotten since. */
  REFUSED_IMPORTS("refused-imports"),
  TEACHINGS("teachings"),
  UNDONE_TEACHINGS("undone-teachings"),
  /** Teachings that changed nothing; their receipts say why. */
  REFUSED_TEACHINGS("refused-teachings"),
  MISROUTED("misrouted"),
  /** Damaged rows, each of which starts over, alone or with its person. */
  CORRUPT_ROWS("corrupt-rows"),
  /** Memories that went because no frame of their person came for too long. */
  IDLE_MEMORIES_REMOVED("idle-memories-removed"),
  /** Persons whose memory started over because another model is the active one. */
  MODEL_CHANGES("model-changes"),
  /** Of these, persons whose new memory is seeded, so that the old one went. */
  MODEL_CHANGES_DONE("model-changes-done"),
  /** Persons who got their old memory back, because its model is the active one again. */
  MODEL_CHANGES_UNDONE("model-changes-undone"),
  /** Frames of the model before that its memory answered; {@code events-memory} holds them too. */
  EVENTS_FORMER("events-former"),
  /** Looks for a person who was decoded already. */
  CACHE_HITS("cache-hits"),
  /** Looks for a person whose rows had to be read. */
  CACHE_LOADS("cache-loads"),
  /** Decoded persons who made room for others. */
  CACHE_EVICTIONS("cache-evictions"),
  NEURONS_INSERTED("neurons-inserted"),
  CAPACITY_HITS("capacity-hits");

  private final String metric;
  private final String meter;

  /** What answered, where the meter counts by it; empty where it does not. */
  private final String source;

  Count(String metric) {
    this(metric, metric.replace('-', '.'), "");
  }

  Count(String metric, String meter, String source) {
    this.metric = metric;
    this.meter = "paffmem.topology." + meter;
    this.source = source;
  }

  /** As docs and tests call it. */
  public String metric() {
    return metric;
  }

  /** Its meter's name. */
  String meter() {
    return meter;
  }

  Tags tags() {
    return source.isEmpty() ? Tags.empty() : Tags.of("source", source);
  }
}
