package io.paffmem.topology.person;

import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.memory.guard.PersonLook;
import io.paffmem.schemas.PersonHash;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One person, decoded: all that a task keeps of them but the pairs of seeds. What changes here is
 * written to their rows. Mutable.
 */
public final class Person {
  /** Streams of which it is known what was seen. */
  public static final int MOST_STREAMS = 256;

  private static final Comparator<Map.Entry<TextHash, StreamWindow>> SILENT_FOR_LONGEST_FIRST =
      Comparator.<Map.Entry<TextHash, StreamWindow>>comparingLong(
              entry -> entry.getValue().lastSeenMillis())
          .thenComparingLong(entry -> entry.getKey().high())
          .thenComparingLong(entry -> entry.getKey().low());

  private final PersonHash hash;
  private final PersonRows rows;
  private final PersonHeader header;
  private final SeedOutcomes outcomes;
  private MemoryState memory;
  private PersonLook look = new PersonLook();
  private @Nullable FormerMemory former;
  private boolean damaged;

  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private int queuedResets;
  private int queuedLessons;

  /** Of each frame that waits, the last: a stream that starts over may bring its numbers again. */
  private final Map<FrameKey, Waiting.Frame> waitingFrames = new HashMap<>();

  private long queueBytes;
  private final Map<TextHash, StreamWindow> streams = new HashMap<>();

  /** Those that are to be written when the record is done. */
  private final Set<TextHash> changedStreams = new LinkedHashSet<>();

  /** A person with an empty memory, for prototypes of that many dimensions. */
  public Person(PersonHash hash, PersonRows rows, PersonHeader header, int dimensions) {
    this.hash = hash;
    this.rows = rows;
    this.header = header;
    this.memory = new MemoryState(dimensions);
    this.outcomes = new SeedOutcomes(rows);
  }

  /** Stands for the name. */
  public PersonHash hash() {
    return hash;
  }

  public PersonHeader header() {
    return header;
  }

  public MemoryState memory() {
    return memory;
  }

  /** How the person looks. */
  public PersonLook look() {
    return look;
  }

  /** What was answered to the person's seed requests. */
  public SeedOutcomes outcomes() {
    return outcomes;
  }

  /** The memory of the model before, while the present one is being seeded. */
  public @Nullable FormerMemory former() {
    return former;
  }

  /** Whether damaged rows went, so that what waits may have to ask again or be free to go. */
  public boolean isDamaged() {
    return damaged;
  }

  public void markDamaged() {
    damaged = true;
  }

  /** What waits has asked again, or gone. */
  public void markMended() {
    damaged = false;
  }

  /** Writes what has changed and is no row yet. */
  public void save() {
    rows.save(this);
  }

  // ---- the queue

  public Iterable<Waiting> queue() {
    return queue;
  }

  public @Nullable Waiting head() {
    return queue.peekFirst();
  }

  public boolean isWaiting(FrameKey frame) {
    return waitingFrames.containsKey(frame);
  }

  public int waitingFrames() {
    return queue.size() - queuedResets - queuedLessons;
  }

  public int queuedLessons() {
    return queuedLessons;
  }

  public int queuedResets() {
    return queuedResets;
  }

  /** Takes over what rows say. */
  public void restore(Waiting waiting) {
    queue.addLast(waiting);
    queueBytes += waiting.heapBytes();
    if (waiting instanceof Waiting.Frame frame) {
      waitingFrames.put(frame.face().key(), frame);
    } else {
      count(waiting, 1);
    }
    // Rows and header are written together; a header that starts over must not give places twice.
    header.takePlace(waiting.index());
  }

  private void count(Waiting other, int by) {
    if (other instanceof Waiting.Teaching) {
      queuedLessons += by;
    } else {
      queuedResets += by;
    }
  }

  public void enqueue(Waiting waiting) {
    restore(waiting);
    rows.put(waiting);
  }

  /** A frame that waits has asked for seeds. */
  public void noteAsked(Waiting.Frame frame, int generation) {
    frame.ask(generation);
    rows.put(frame);
  }

  /**
   * An answer is lost: a frame that waits for it has to ask for another one, and the view of one
   * that does not is vacant.
   */
  public void forgetAnswer(SeedOutcome.Key answer) {
    if (answer.generation() == header.generation()) {
      header.seeding().vacate(answer.frame());
    }
    Waiting.Frame frame = waitingFrames.get(answer.frame());
    if (frame != null && frame.askedGeneration() == answer.generation()) {
      noteAsked(frame, Waiting.Frame.NOT_ASKED);
    }
  }

  public void removeHead() {
    Waiting head = queue.removeFirst();
    queueBytes -= head.heapBytes();
    if (head instanceof Waiting.Frame frame) {
      waitingFrames.remove(frame.face().key(), frame);
    } else {
      count(head, -1);
    }
    rows.deleteWaiting(head.index());
  }

  public void clearQueue() {
    queue.clear();
    queuedResets = 0;
    queuedLessons = 0;
    queueBytes = 0;
    waitingFrames.clear();
    rows.deleteQueue();
  }

  // ---- streams

  public @Nullable StreamWindow stream(TextHash stream) {
    return streams.get(stream);
  }

  /** Takes over what rows say. */
  public void restore(TextHash stream, StreamWindow window) {
    streams.put(stream, window);
  }

  public void keep(TextHash stream, StreamWindow window) {
    streams.put(stream, window);
    changedStreams.add(stream);
  }

  /**
   * The last answer on a stream, to be changed; one that is forgotten by now begins again, and
   * nothing of it is kept.
   */
  public Course course(TextHash stream) {
    StreamWindow window = streams.get(stream);
    if (window == null) {
      return new Course();
    }
    changedStreams.add(stream);
    return window.course();
  }

  /** Hands over the streams that changed; asked once, they count as written. */
  public Map<TextHash, StreamWindow> takeChangedStreams() {
    Map<TextHash, StreamWindow> changed = new LinkedHashMap<>();
    for (TextHash stream : changedStreams) {
      StreamWindow window = streams.get(stream);
      if (window != null) { // else its row is deleted
        changed.put(stream, window);
      }
    }
    changedStreams.clear();
    return changed;
  }

  /** Forgets streams of which nothing came since a time. */
  public void expireStreams(long silentSinceMillis) {
    Iterator<Map.Entry<TextHash, StreamWindow>> each = streams.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<TextHash, StreamWindow> entry = each.next();
      if (entry.getValue().isSilentSince(silentSinceMillis)) {
        rows.deleteStream(entry.getKey());
        each.remove();
      }
    }
  }

  /**
   * Makes room for one more stream: where there is none, those silent for longest go. Returns how
   * many these were.
   */
  public int evictStreams() {
    List<TextHash> evicted =
        streams.entrySet().stream()
            .sorted(SILENT_FOR_LONGEST_FIRST)
            .limit(Math.max(0, streams.size() + 1 - MOST_STREAMS))
            .map(Map.Entry::getKey)
            .toList();
    for (TextHash stream : evicted) {
      rows.deleteStream(stream);
      streams.remove(stream);
    }
    return evicted.size();
  }

  public void forgetStreams() {
    streams.clear();
    rows.deleteStreams();
  }

  // ---- the look

  /** Takes over what rows say. */
  public void restore(PersonLook kept) {
    look = kept;
  }

  /** It is no longer known how the person looks; the next frames say it. */
  public void forgetLook() {
    look.clear();
    streams.forEach(
        (stream, window) -> {
          if (window.look().isBegun()) {
            window.look().clear();
            changedStreams.add(stream);
          }
        });
  }

  /** How the person looks is what another store knew of it. */
  public void take(PersonLook other) {
    forgetLook();
    look = other.copy();
    rows.put(look);
  }

  // ---- the memory

  /** Takes over what rows say. */
  public void restore(MemoryState kept) {
    memory = kept;
  }

  /** Takes over what rows say. */
  public void restore(List<View> views) {
    header.seeding().restore(views);
  }

  /**
   * An empty memory of a new generation; answers to the old ones are dropped, and nothing that it
   * says is joined with what the old one said.
   */
  public void beginGeneration() {
    rows.deleteMemory();
    memory = new MemoryState(memory.dimensions());
    header.beginGeneration();
    streams.forEach(
        (stream, window) -> {
          boolean isChanged = window.forgetKept();
          if (window.course().isBegun()) {
            window.course().clear();
            isChanged = true;
          }
          if (isChanged) {
            changedStreams.add(stream);
          }
        });
    outcomes.dropUpTo(header.generation() - 1);
  }

  /**
   * Keeps a face that was answered, in the place of the oldest of as many as are kept, if the one
   * that was kept before it on its stream does not speak for it.
   */
  public void keep(Lesson.Moment moment) {
    StreamWindow window = streams.get(moment.stream());
    if (window != null) {
      StreamWindow.LastKept kept =
          new StreamWindow.LastKept(moment.sequence(), moment.seenAtMillis(), moment.isTeachable());
      if (!window.isToBeKept(kept)) {
        return;
      }
      window.noteKept(kept);
      changedStreams.add(moment.stream());
    }
    rows.put(header.takeMomentPlace(), moment);
  }

  /** The faces that are kept, in no order. */
  public List<Lesson.Moment> moments() {
    return rows.moments();
  }

  /** The memory is taught a moment. */
  public void teach(TaughtMoment moment) {
    memory.taught().add(moment);
    rows.put(moment);
  }

  /** A teaching is taken back. */
  public void unteach(String id) {
    memory.taught().remove(id);
    rows.deleteTaught(id);
  }

  /** Keeps the present memory beside the one that is to begin, in the place of an earlier one. */
  public void retire() {
    dropFormer();
    FormerMemory retired =
        new FormerMemory(header.modelVersion(), header.seeded(), header.framesPerceived(), memory);
    rows.put(retired);
    former = retired;
  }

  /** Takes over what rows say. */
  public void restore(FormerMemory kept) {
    former = kept;
  }

  public void dropFormer() {
    if (former != null) {
      former = null;
      rows.deleteFormer();
    }
  }

  /** Takes a memory over in the place of an empty one, as the present generation. */
  public void take(MemoryState other, int seeded, long framesPerceived) {
    rows.putMemory(other);
    memory = other;
    memory.markClean();
    header.begin(seeded, framesPerceived);
  }

  /** About how many bytes of heap this person takes. */
  public long heapBytes() {
    return 1024
        + memory.heapBytes()
        + look.heapBytes()
        + (former == null ? 0 : former.memory().heapBytes())
        + queueBytes
        + 200L * outcomes.size()
        + header.seeding().heapBytes()
        + streams.size() * (330L + StreamWindow.SIZE / 8);
  }
}
