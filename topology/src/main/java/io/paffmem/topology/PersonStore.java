package io.paffmem.topology;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryLoader;
import io.paffmem.memory.MemoryState;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.Rows.HeaderRow;
import io.paffmem.topology.Rows.MalformedRowException;
import io.paffmem.topology.SeedAnswer.SeedPairs;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Persons as rows of the task's store. A person is loaded by one range scan; what changes later is
 * written row by row, so that a frame costs its neurons and not the whole memory.
 *
 * <p>Rows that are damaged or do not fit together never stop the task: that row, or that person's
 * memory, begins anew, {@code corrupt-rows} counts it, and a dead letter holds the row.
 */
final class PersonStore {
  private static final Logger LOG = LoggerFactory.getLogger(PersonStore.class);
  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> rows;
  private final AffectiveMemory learning;
  private final int latentSize;
  private final Counters counters;
  private final Consumer<byte[]> damagedRows;
  private boolean settingsKept;

  /** Where the next look for silent persons begins; null for the first of all. */
  private @Nullable Bytes nextSilent;

  /**
   * Persons in those rows.
   *
   * @param memory the parameters that their memories learn by
   * @param damagedRows gets each damaged row as it stood; empty where one is missing
   */
  PersonStore(
      KeyValueStore<Bytes, byte[]> rows,
      MemoryConfig memory,
      Counters counters,
      Consumer<byte[]> damagedRows) {
    this.rows = rows;
    this.learning = new AffectiveMemory(memory);
    this.latentSize = memory.latentSize();
    this.counters = counters;
    this.damagedRows = damagedRows;
  }

  void put(Bytes key, byte[] row) {
    rows.put(key, row);
  }

  /** Writes a tombstone; unlike the store's own delete it reads nothing. */
  void delete(Bytes key) {
    rows.put(key, null);
  }

  /** Writes to the changelog and changes nothing. */
  void writeNothing() {
    delete(RowKeys.none());
  }

  void deleteAll(PersonHash person, byte kind) {
    for (Bytes key : keys(RowKeys.firstOf(person, kind), RowKeys.lastOf(person, kind))) {
      delete(key);
    }
  }

  /** Deletes the pairs of a person but those with such numbers. */
  void deletePairsBut(PersonHash person, Set<Long> numbers) {
    for (Bytes key :
        keys(RowKeys.firstOf(person, RowKeys.PAIRS), RowKeys.lastOf(person, RowKeys.PAIRS))) {
      ByteBuffer own = RowKeys.own(key);
      if (own.remaining() != Long.BYTES || !numbers.contains(own.getLong())) {
        delete(key);
      }
    }
  }

  /** Pairs of one answer; null if they are not there or damaged. */
  @Nullable SeedPairs pairs(PersonHash person, long number) {
    byte[] row = rows.get(RowKeys.pairs(person, number));
    if (row == null) {
      damaged(person, "pairs are missing", NOTHING);
      return null;
    }
    try {
      return Rows.pairs(row, latentSize);
    } catch (MalformedRowException e) {
      damaged(person, e.getMessage(), row);
      return null;
    }
  }

  /** Writes what changed: the faces that were learnt, or the neurons, and the header. */
  void save(Person person) {
    if (person.journal.accountsFor(person.memory)) {
      saveFaces(person);
    } else {
      saveNeurons(person);
    }
    byte[] header = Rows.header(person.header, person.journal, person.memory.course());
    if (person.storedHeader == null || !Arrays.equals(header, person.storedHeader)) {
      put(RowKeys.header(person.hash), header);
      person.storedHeader = header;
    }
  }

  private void saveFaces(Person person) {
    int place = person.journal.written();
    for (Journal.Face face : person.journal.pending()) {
      put(RowKeys.journal(person.hash, place++), Rows.journal(face));
    }
    person.journal.markWritten();
  }

  private void saveNeurons(Person person) {
    for (int place = 0; place < person.journal.written(); place++) {
      delete(RowKeys.journal(person.hash, place));
    }
    MemoryState memory = person.memory;
    for (int k = 0; k < memory.removedCount(); k++) {
      delete(RowKeys.neuron(person.hash, memory.removedId(k)));
    }
    for (int slot = 0; slot < memory.size(); slot++) {
      if (memory.isDirty(slot)) {
        put(RowKeys.neuron(person.hash, memory.neuronId(slot)), Rows.neuron(memory, slot));
      }
    }
    memory.markClean();
    person.journal.beginWith(memory);
  }

  /** Reads one person; one of whom there are no rows is new. */
  Person load(PersonHash hash) {
    byte[] headerRow = rows.get(RowKeys.header(hash));
    HeaderRow header = headerRow == null ? null : readHeader(hash, headerRow);
    Person person =
        new Person(
            hash,
            this,
            header == null ? new PersonHeader() : header.header(),
            new MemoryState(MemoryConfig.dimensionsFor(latentSize)),
            new SeedOutcomes(hash, this));
    if (header == null) {
      salvage(person, headerRow != null);
      return person;
    }
    person.storedHeader = headerRow;
    Loading loading = new Loading(person, MemoryConfig.dimensionsFor(latentSize));
    loading.neurons.course(header.course());
    boolean sound = true;
    int neurons = 0;
    List<KeyValue<Bytes, byte[]>> unreadable = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.first(hash), RowKeys.last(hash))) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        byte kind = RowKeys.kind(row.key);
        boolean ofMemory = kind == RowKeys.NEURON || kind == RowKeys.JOURNAL;
        neurons += kind == RowKeys.NEURON ? 1 : 0;
        try {
          restore(loading, row.key, row.value);
        } catch (MalformedRowException e) {
          damaged(hash, e.getMessage(), row.value);
          if (ofMemory) {
            sound = false;
          } else {
            unreadable.add(row);
          }
        }
      }
    }
    unreadable.forEach(row -> drop(person, row));
    int faces = loading.faces.size();
    Optional<MemoryState> memory =
        sound
                && neurons == header.neurons()
                && faces == header.journalFaces()
                && (neurons == 0) == (person.header.seeded == 0)
                && (neurons > 0 || faces == 0)
            ? loading.neurons.load(header.nextNeuronId())
            : Optional.empty();
    if (memory.isPresent()) {
      person.memory = memory.get();
      person.journal.beginWith(person.memory);
      Journal.relearn(learning, person.memory, loading.faces);
      person.journal.restore(faces);
    } else {
      if (sound) {
        damaged(
            hash,
            "%d of %d neurons, %d of %d faces"
                .formatted(neurons, header.neurons(), faces, header.journalFaces()),
            NOTHING);
      }
      person.beginGeneration(person.header.generation + 1);
      person.damaged = true;
    }
    restoreFormer(loading);
    return person;
  }

  /**
   * Reads one person and changes nothing, whatever is damaged; empty if there are no rows.
   *
   * @throws StoredMemoryException if a row is a newer release's
   */
  Optional<StoredMemory> read(PersonHash hash, StoredSettings settings) {
    NavigableMap<Bytes, byte[]> own = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.first(hash), RowKeys.last(hash))) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        if (StoredRows.holds(row.key)) {
          own.put(row.key, row.value);
        }
      }
    }
    return StoredRows.decode(hash, own, new StoredRows.Learning(Optional.of(settings)));
  }

  /** A former memory is whole or goes. */
  private void restoreFormer(Loading loading) {
    Rows.FormerRow row = loading.former;
    if (row == null && loading.formerCount == 0) {
      return;
    }
    Optional<MemoryState> memory =
        row != null && loading.formerCount == row.neurons()
            ? loading.formerNeurons.course(row.course()).load(row.nextNeuronId())
            : Optional.empty();
    if (row != null && memory.isPresent() && memory.get().size() > 0) {
      loading.person.former =
          new FormerMemory(row.modelVersion(), row.seeded(), row.framesPerceived(), memory.get());
    } else {
      damaged(loading.person.hash, "a former memory that is not whole", NOTHING);
      loading.person.dropFormerRows();
    }
  }

  /** What a scan has come by so far. */
  private static final class Loading {
    final Person person;
    final MemoryLoader neurons;
    final MemoryLoader formerNeurons;
    final List<Journal.Face> faces = new ArrayList<>();
    int nextFace;
    Rows.@Nullable FormerRow former;
    int formerCount;

    Loading(Person person, int dimensions) {
      this.person = person;
      neurons = new MemoryLoader(dimensions);
      formerNeurons = new MemoryLoader(dimensions);
    }
  }

  /**
   * A person without a readable header begins anew, in a generation after all that the rows tell
   * of. Frames that wait stay, and what is known of streams, so that none is lost or answered
   * twice.
   */
  private void salvage(Person person, boolean known) {
    int generation = -1;
    boolean found = known;
    List<Bytes> stale = new ArrayList<>();
    List<KeyValue<Bytes, byte[]>> unreadable = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.first(person.hash), RowKeys.last(person.hash))) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        byte kind = RowKeys.kind(row.key);
        if (!found) {
          damaged(person.hash, "no header", NOTHING);
          found = true;
        }
        if (kind != RowKeys.WAITING && kind != RowKeys.STREAM) {
          if (kind == RowKeys.OUTCOME && RowKeys.own(row.key).remaining() >= Integer.BYTES) {
            generation = Math.max(generation, RowKeys.own(row.key).getInt());
          }
          stale.add(row.key);
          continue;
        }
        try {
          restore(new Loading(person, MemoryConfig.dimensionsFor(latentSize)), row.key, row.value);
        } catch (MalformedRowException e) {
          damaged(person.hash, e.getMessage(), row.value);
          unreadable.add(row);
        }
      }
    }
    stale.forEach(this::delete);
    unreadable.forEach(row -> drop(person, row));
    if (found) {
      person.damaged = true;
      for (Waiting waiting : person.queue()) {
        if (waiting instanceof Waiting.Frame frame) {
          generation = Math.max(generation, frame.askedGeneration);
        }
      }
      person.header.generation = generation + 1;
      deleteAll(person.hash, RowKeys.PAIRS);
    }
  }

  /**
   * Removes a damaged row. A frame that waited in it is as good as one that could not be read; one
   * that waited for the answer in it asks again.
   */
  private void drop(Person person, KeyValue<Bytes, byte[]> row) {
    byte kind = RowKeys.kind(row.key);
    if (kind == RowKeys.WAITING && !Rows.isQueuedReset(row.value)) {
      counters.count(Counter.DEAD_FRAMES);
    } else if (RowKeys.isOutcome(row.key)) {
      person.forgetAnswer(RowKeys.answer(row.key));
    }
    delete(row.key);
    person.damaged = true;
  }

  /**
   * Writes what the memories are made with, where something else or nothing is written.
   *
   * @throws IllegalStateException if memories that are there mean something else
   */
  void keepSettings(StoredSettings settings) {
    if (settingsKept) {
      return;
    }
    byte[] row = Rows.settings(settings);
    byte[] before = rows.get(RowKeys.settings());
    if (!Arrays.equals(row, before)) {
      if (before != null) {
        checkSameMeaning(settings, before);
      }
      put(RowKeys.settings(), row);
    }
    settingsKept = true;
  }

  /** Other parameters change what a memory does from now on; these, what its numbers are. */
  private void checkSameMeaning(StoredSettings settings, byte[] row) {
    StoredSettings before;
    try {
      before = Rows.settings(row);
    } catch (MalformedRowException e) {
      counters.count(Counter.CORRUPT_ROWS);
      damagedRows.accept(row);
      return;
    }
    for (String parameter : List.of("dimensions", "reading.priorWeight")) {
      String now = settings.memory().get(parameter);
      String then = before.memory().getOrDefault(parameter, now);
      if (!String.valueOf(now).equals(then)) {
        throw new IllegalStateException(
            "the memories of this store were made with %s = %s and would be misread with %s: start with %s again, or delete the topic %s and the folders of --state, and with them every memory"
                .formatted(parameter, then, now, then, Names.CHANGELOG));
      }
    }
  }

  /**
   * Looks at the headers of the next so many persons, beginning again with the first after the
   * last, and returns those who have a memory and of whom no frame came since a time.
   */
  List<PersonHash> silentSince(long silentMillis, int persons) {
    List<PersonHash> silent = new ArrayList<>();
    for (int looked = 0; looked < persons; looked++) {
      Bytes from = nextSilent;
      KeyValue<Bytes, byte[]> row = from == null ? null : firstFrom(from);
      if (row == null) {
        nextSilent = RowKeys.first(new PersonHash(0, 0));
        return silent;
      }
      PersonHash person = RowKeys.person(row.key);
      if (row.key.equals(RowKeys.header(person)) && !row.key.equals(RowKeys.settings())) {
        if (isSilent(row.value, silentMillis)) {
          silent.add(person);
        }
      }
      nextSilent = RowKeys.after(person);
    }
    return silent;
  }

  private static boolean isSilent(byte[] headerRow, long silentMillis) {
    try {
      HeaderRow header = Rows.header(headerRow);
      long last = header.header().lastFrameMillis;
      return header.neurons() > 0 && last != PersonHeader.NO_FRAME && last < silentMillis;
    } catch (MalformedRowException e) {
      return false; // found and counted when the person is loaded
    }
  }

  private @Nullable KeyValue<Bytes, byte[]> firstFrom(Bytes from) {
    try (KeyValueIterator<Bytes, byte[]> each = rows.range(from, RowKeys.end())) {
      return each.hasNext() ? each.next() : null;
    }
  }

  /** Persons with waiting frames. */
  List<PersonHash> waitingPersons() {
    List<PersonHash> persons = new ArrayList<>();
    List<Bytes> damaged = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(RowKeys.firstWaitingPerson(), RowKeys.lastWaitingPerson())) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> row = each.next();
        ByteBuffer own = RowKeys.own(row.key);
        PersonHash hash = new PersonHash(own.getLong(), own.getLong());
        persons.add(hash); // what counts stands in the key
        try {
          Rows.waitingPerson(row.value);
        } catch (MalformedRowException e) {
          damaged(hash, e.getMessage(), row.value);
          damaged.add(row.key);
        }
      }
    }
    damaged.forEach(key -> put(key, Rows.waitingPerson()));
    return persons;
  }

  /** Frames of a person that wait, without loading anything else of theirs. */
  int waitingFrames(PersonHash person) {
    int frames = 0;
    try (KeyValueIterator<Bytes, byte[]> each =
        rows.range(
            RowKeys.firstOf(person, RowKeys.WAITING), RowKeys.lastOf(person, RowKeys.WAITING))) {
      while (each.hasNext()) {
        frames += Rows.isQueuedReset(each.next().value) ? 0 : 1;
      }
    }
    return frames;
  }

  private @Nullable HeaderRow readHeader(PersonHash hash, byte[] row) {
    try {
      return Rows.header(row);
    } catch (MalformedRowException e) {
      damaged(hash, e.getMessage(), row);
      return null;
    }
  }

  private void restore(Loading loading, Bytes key, byte[] row) throws MalformedRowException {
    try {
      restore(loading, RowKeys.own(key), key, row);
    } catch (BufferUnderflowException e) {
      throw new MalformedRowException("key of " + key.get().length + " bytes", e);
    }
  }

  private void restore(Loading loading, ByteBuffer own, Bytes key, byte[] row)
      throws MalformedRowException {
    Person person = loading.person;
    switch (RowKeys.kind(key)) {
      case RowKeys.HEADER -> {} // read before
      case RowKeys.NEURON -> Rows.neuron(own.getInt(), row, loading.neurons);
      case RowKeys.JOURNAL -> {
        int place = own.getInt();
        boolean next = place == loading.nextFace;
        loading.nextFace = place + 1;
        if (!next) {
          throw new MalformedRowException("journal, a face before is missing", null);
        }
        loading.faces.add(Rows.journal(row, latentSize));
      }
      case RowKeys.FORMER -> loading.former = Rows.former(row);
      case RowKeys.FORMER_NEURON -> {
        Rows.neuron(own.getInt(), row, loading.formerNeurons);
        loading.formerCount++;
      }
      case RowKeys.WAITING -> {
        Waiting waiting = Rows.waiting(own.getLong(), row);
        if (waiting instanceof Waiting.Frame frame && frame.face.z.length != latentSize) {
          throw new MalformedRowException("waiting, z of " + frame.face.z.length, null);
        }
        person.restore(waiting);
      }
      case RowKeys.OUTCOME -> person.outcomes.restore(RowKeys.answer(key), Rows.outcome(row));
      case RowKeys.LATE -> {
        Rows.late(row);
        person.outcomes.restoreLate(own.getInt(), own.getLong());
      }
      case RowKeys.STREAM ->
          person.restore(new TextHash(own.getLong(), own.getLong()), Rows.stream(row));
      default -> throw new MalformedRowException("kind " + RowKeys.kind(key), null);
    }
  }

  private List<Bytes> keys(Bytes from, Bytes to) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> each = rows.range(from, to)) {
      while (each.hasNext()) {
        keys.add(each.next().key);
      }
    }
    return keys;
  }

  private void damaged(PersonHash person, @Nullable String what, byte[] row) {
    counters.count(Counter.CORRUPT_ROWS);
    damagedRows.accept(row);
    LOG.warn("Person {} has damaged rows and begins anew there: {}", person.shortHex(), what);
  }
}
