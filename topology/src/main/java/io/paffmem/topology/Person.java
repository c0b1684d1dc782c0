package io.paffmem.topology;

import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One person, decoded: all that a task keeps of them but the pairs of seeds. Mutable. */
final class Person {
  /** Streams of which it is known what was seen. */
  static final int MOST_STREAMS = 256;

  private static final Comparator<Map.Entry<TextHash, StreamWindow>> SILENT_FOR_LONGEST_FIRST =
      Comparator.<Map.Entry<TextHash, StreamWindow>>comparingLong(
              entry -> entry.getValue().lastSeenMillis)
          .thenComparingLong(entry -> entry.getKey().high())
          .thenComparingLong(entry -> entry.getKey().low());

  final PersonHash hash;
  final PersonHeader header;
  MemoryState memory;
  final Journal journal = new Journal();
  final SeedOutcomes outcomes;

  /** The memory of the model before, while the present one is being seeded. */
  @Nullable FormerMemory former;

  /** Whether damaged rows went, so that what waits may have to ask again or be free to go. */
  boolean damaged;

  /** The header's row as it stands in the store; null if there is none. */
  byte @Nullable [] storedHeader;

  private final PersonStore store;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private int queuedResets;

  /** Of each frame that waits, the last: a stream that began anew may bring its numbers again. */
  private final Map<FrameKey, Waiting.Frame> waitingFrames = new HashMap<>();

  private long queueBytes;
  private final Map<TextHash, StreamWindow> streams = new HashMap<>();

  Person(
      PersonHash hash,
      PersonStore store,
      PersonHeader header,
      MemoryState memory,
      SeedOutcomes outcomes) {
    this.hash = hash;
    this.store = store;
    this.header = header;
    this.memory = memory;
    this.outcomes = outcomes;
  }

  // ---- the queue

  Iterable<Waiting> queue() {
    return queue;
  }

  @Nullable Waiting head() {
    return queue.peekFirst();
  }

  boolean isWaiting(FrameKey frame) {
    return waitingFrames.containsKey(frame);
  }

  int waitingFrames() {
    return queue.size() - queuedResets;
  }

  int queuedResets() {
    return queuedResets;
  }

  void restore(Waiting waiting) {
    queue.addLast(waiting);
    queueBytes += waiting.heapBytes();
    if (waiting instanceof Waiting.Frame frame) {
      waitingFrames.put(frame.face.key, frame);
    } else {
      queuedResets++;
    }
    // Rows and header are written together; a header begun anew must not give places twice.
    header.nextWaitingIndex = Math.max(header.nextWaitingIndex, waiting.index() + 1);
  }

  void enqueue(Waiting waiting) {
    restore(waiting);
    write(waiting);
  }

  void write(Waiting waiting) {
    store.put(RowKeys.waiting(hash, waiting.index()), Rows.waiting(waiting));
  }

  /** An answer is lost: a frame that waits for it has to ask for another one. */
  void forgetAnswer(SeedOutcomes.Key answer) {
    Waiting.Frame frame = waitingFrames.get(answer.frame());
    if (frame != null && frame.askedGeneration == answer.generation()) {
      frame.askedGeneration = Waiting.Frame.NOT_ASKED;
      write(frame);
    }
  }

  void removeHead() {
    Waiting head = queue.removeFirst();
    queueBytes -= head.heapBytes();
    if (head instanceof Waiting.Frame frame) {
      waitingFrames.remove(frame.face.key, frame);
    } else {
      queuedResets--;
    }
    store.delete(RowKeys.waiting(hash, head.index()));
  }

  void clearQueue() {
    queue.clear();
    queuedResets = 0;
    queueBytes = 0;
    waitingFrames.clear();
    store.deleteAll(hash, RowKeys.WAITING);
  }

  // ---- streams

  @Nullable StreamWindow stream(TextHash stream) {
    return streams.get(stream);
  }

  void restore(TextHash stream, StreamWindow window) {
    streams.put(stream, window);
  }

  void keep(TextHash stream, StreamWindow window) {
    streams.put(stream, window);
    store.put(RowKeys.stream(hash, stream), Rows.stream(window));
  }

  /** Forgets streams of which nothing came since a time. */
  void expireStreams(long silentSinceMillis) {
    Iterator<Map.Entry<TextHash, StreamWindow>> each = streams.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<TextHash, StreamWindow> entry = each.next();
      if (entry.getValue().isSilentSince(silentSinceMillis)) {
        store.delete(RowKeys.stream(hash, entry.getKey()));
        each.remove();
      }
    }
  }

  /**
   * Makes room for one more stream: where there is none, those silent for longest go. Returns how
   * many these were.
   */
  int evictStreams() {
    List<TextHash> evicted =
        streams.entrySet().stream()
            .sorted(SILENT_FOR_LONGEST_FIRST)
            .limit(Math.max(0, streams.size() + 1 - MOST_STREAMS))
            .map(Map.Entry::getKey)
            .toList();
    for (TextHash stream : evicted) {
      store.delete(RowKeys.stream(hash, stream));
      streams.remove(stream);
    }
    return evicted.size();
  }

  void forgetStreams() {
    streams.clear();
    store.deleteAll(hash, RowKeys.STREAM);
  }

  // ---- the memory

  /** An empty memory of a new generation; answers to the old ones are dropped. */
  void beginGeneration(int generation) {
    store.deleteAll(hash, RowKeys.NEURON);
    store.deleteAll(hash, RowKeys.JOURNAL);
    memory = new MemoryState(memory.dimensions());
    journal.beginWith(memory);
    header.generation = generation;
    header.seeded = 0;
    header.seedingSinceMillis = PersonHeader.NO_FRAME;
    header.framesPerceived = 0;
    outcomes.dropUpTo(generation - 1);
  }

  /** Keeps the present memory beside the one that is to begin, in the place of an earlier one. */
  void retire() {
    dropFormer();
    FormerMemory retired =
        new FormerMemory(header.modelVersion, header.seeded, header.framesPerceived, memory);
    store.put(RowKeys.former(hash), Rows.former(retired));
    for (int slot = 0; slot < memory.size(); slot++) {
      store.put(RowKeys.formerNeuron(hash, memory.neuronId(slot)), Rows.neuron(memory, slot));
    }
    former = retired;
  }

  void dropFormer() {
    if (former != null) {
      former = null;
      dropFormerRows();
    }
  }

  void dropFormerRows() {
    store.deleteAll(hash, RowKeys.FORMER);
    store.deleteAll(hash, RowKeys.FORMER_NEURON);
  }

  /** Takes a memory over in the place of an empty one, as the present generation. */
  void take(MemoryState other, int seeded, long framesPerceived) {
    for (int slot = 0; slot < other.size(); slot++) {
      store.put(RowKeys.neuron(hash, other.neuronId(slot)), Rows.neuron(other, slot));
    }
    memory = other;
    memory.markClean();
    journal.beginWith(memory);
    header.seeded = seeded;
    header.framesPerceived = framesPerceived;
  }

  /** About how many bytes of heap this person takes. */
  long heapBytes() {
    return 1024
        + memory.heapBytes()
        + (former == null ? 0 : former.memory().heapBytes())
        + queueBytes
        + 200L * outcomes.size()
        + streams.size() * (200L + StreamWindow.SIZE / 8);
  }
}
