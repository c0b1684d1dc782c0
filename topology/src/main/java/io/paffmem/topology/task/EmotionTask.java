package io.paffmem.topology.task;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonHash;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.Topics;
import io.paffmem.topology.config.Names;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.format.StoredMemoryException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.TextHash;
import io.paffmem.topology.rules.Checked;
import io.paffmem.topology.rules.Checked.Accepted;
import io.paffmem.topology.rules.Checked.Refused;
import io.paffmem.topology.rules.PersonRules;
import io.paffmem.topology.rules.SentTeaching;
import io.paffmem.topology.rules.WaitingPersons;
import io.paffmem.topology.store.CacheBudget;
import io.paffmem.topology.store.PersonCache;
import io.paffmem.topology.store.PersonStore;
import io.paffmem.topology.store.StoredMemory;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What lives and dies with one task: the persons of one partition.
 *
 * <p>It checks a record, finds its person, lets {@link PersonRules} act, and writes what changed
 * before it returns. Input is checked before anything is changed; an exception beyond that evicts
 * the person, so that nobody sees half a change, and stops the task.
 */
final class EmotionTask implements MemoryOwner, AutoCloseable {
  private static final QueryAnswer BUSY =
      new QueryAnswer.Unavailable("the person's task is busy, or waits for the broker");

  private final ProcessorContext<byte[], byte[]> context;
  private final TopologyConfig config;
  private final PersonHasher hasher;
  private final StoredSettings settings;
  private final MemoryQueries queries;
  private final Turns turns = new Turns();
  private final Counters counters;
  private final InputCheck check;
  private final RecordOutbox outbox;
  private final AffectiveMemory memory;
  private final PersonStore store;
  private final PersonCache cache;
  private final WaitingPersons waitingPersons;
  private final PersonRules rules;
  private final TaskClock clock;

  /** Key of the record that is being processed; null while the clock has its turn. */
  private byte @Nullable [] currentKey;

  /** Whether the store may be gone. */
  private boolean closed;

  private long insertionsCounted;
  private long capacityHitsCounted;

  EmotionTask(
      ProcessorContext<byte[], byte[]> context,
      TopologyConfig config,
      AvroSerdes serdes,
      MemoryQueries queries,
      CacheBudget cacheBudget,
      Counters counters) {
    this.context = context;
    this.config = config;
    this.hasher = config.hasher();
    this.settings = StoredSettings.of(config);
    this.queries = queries;
    this.counters = counters;
    this.check = new InputCheck(serdes, config.latentSize(), hasher);
    this.outbox = new RecordOutbox(context, serdes, config.layout(), hasher, counters);
    this.memory = new AffectiveMemory(config.memory());
    KeyValueStore<Bytes, byte[]> rows = context.getStateStore(Names.STORE);
    this.store =
        new PersonStore(rows, config.memory(), counters, row -> outbox.corruptRow(currentKey, row));
    store.checkSettings(settings);
    this.cache = new PersonCache(store, cacheBudget, counters);
    this.waitingPersons = new WaitingPersons(store.waitingIndex(), counters);
    this.rules = new PersonRules(config, memory, outbox, counters, waitingPersons);
    this.clock = new TaskClock(context, turns, store, cache, waitingPersons, rules, this::update);
    clock.start(config);
    queries.open(partition(), this);
  }

  void process(Record<byte[], byte[]> record) {
    turns.work(() -> take(record));
  }

  private void take(Record<byte[], byte[]> record) {
    currentKey = record.key();
    try {
      route(record);
    } finally {
      currentKey = null;
    }
  }

  private void route(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    byte[] key = record.key();
    boolean resent = record.headers().lastHeader(RecordOutbox.RESENT) != null;
    if (key != null && !resent && !isAtHome(key, at.partition())) {
      outbox.resend(record, at.topic());
      return;
    }
    if (at.topic().equals(Topics.EMBEDDINGS)) {
      counters.count(Count.FRAMES_IN);
    }
    if (key == null) {
      refuse(record, at, "missing_key");
    } else if (!isAtHome(key, at.partition())) {
      // Sent on once and astray again: the number of partitions is not what it was said to be.
      refuse(record, at, "misrouted");
    } else {
      apply(record, at);
    }
  }

  /** What each topic's records do. */
  private void apply(Record<byte[], byte[]> record, RecordMetadata at) {
    switch (at.topic()) {
      case Topics.EMBEDDINGS ->
          apply(
              record,
              at,
              check.embedding(record),
              FaceFrame::personId,
              (person, face) -> frame(person, face, record.headers()));
      case Topics.SEEDS ->
          apply(
              record,
              at,
              check.seeds(record),
              InputCheck.CheckedSeeds::personId,
              (person, seeds) -> {
                rules.seeds(person, seeds.answer(), now());
                return Optional.ofNullable(seeds.problem());
              });
      case Topics.PERSON_COMMANDS ->
          apply(
              record,
              at,
              check.command(record),
              Command::personId,
              (person, command) -> {
                long now = now();
                long latestMillis = IngestTime.latest(record.headers(), record.timestamp(), now);
                rules.command(person, command, latestMillis, now);
                return Optional.empty();
              });
      case Topics.MEMORY_IMPORTS ->
          apply(
              record,
              at,
              check.memoryImport(record),
              sent -> sent.command().personId(),
              (person, sent) -> {
                rules.memoryImport(person, sent);
                return Optional.empty();
              });
      case Topics.TEACHINGS ->
          apply(
              record,
              at,
              check.teaching(record),
              sent -> sent.command().personId(),
              (person, sent) -> {
                rules.teaching(person, sent);
                return Optional.empty();
              });
      default -> throw new IllegalStateException("a record of topic " + at.topic());
    }
  }

  /**
   * Lets a record that passed its check act on its person.
   *
   * @param rule returns the reason why the record is a dead letter all the same, if it is one
   */
  private <T> void apply(
      Record<byte[], byte[]> record,
      RecordMetadata at,
      Checked<T> checked,
      Function<T, String> personId,
      BiFunction<Person, T, Optional<String>> rule) {
    if (checked instanceof Refused<T> refused) {
      refuse(record, at, refused.reason());
    } else if (checked instanceof Accepted<T> accepted) {
      T input = accepted.value();
      change(hasher.of(personId.apply(input)), person -> rule.apply(person, input))
          .ifPresent(reason -> refuse(record, at, reason));
    }
  }

  private Optional<String> frame(Person person, FaceFrame face, Headers headers) {
    String consent = FrameHeaders.consent(headers);
    if (rules.isBlocked(person, consent == null ? null : TextHash.of(hasher.of(consent)))) {
      return Optional.empty();
    }
    clock.note(face.timestampMillis());
    Optional<String> refused = rules.frame(person, face, now());
    if (refused.isEmpty() && FrameHeaders.teaches(headers)) {
      SentTeaching.by(face).ifPresent(sent -> rules.teaching(person, sent));
    }
    return refused;
  }

  /** Lets a person be changed, then writes what changed. */
  private <T> T change(PersonHash hash, Function<Person, T> action) {
    try {
      store.keepSettings(settings);
      Person person = cache.get(hash);
      rules.resume(person, now());
      T result = action.apply(person);
      person.save();
      cache.keep(person);
      countMemory();
      return result;
    } catch (RuntimeException e) {
      cache.evict(hash); // half changed; the next look is a cold load
      throw e;
    }
  }

  private void update(PersonHash hash, Consumer<Person> action) {
    change(
        hash,
        person -> {
          action.accept(person);
          return person;
        });
  }

  // ---- queries, by other threads

  @Override
  public Optional<QueryAnswer> memory(String personId) {
    PersonHash hash = hasher.of(personId);
    return turns
        .ask(() -> closed ? Optional.<QueryAnswer>empty() : Optional.of(look(hash)))
        .orElseGet(() -> Optional.of(BUSY));
  }

  /** Changes nothing: rows that are damaged are left for the person's next record. */
  private QueryAnswer look(PersonHash hash) {
    Person person = cache.peek(hash);
    Optional<StoredMemory> found;
    try {
      found = person == null ? store.read(hash) : Optional.of(StoredMemory.of(person));
    } catch (StoredMemoryException e) {
      return new QueryAnswer.Unavailable(String.valueOf(e.getMessage()));
    }
    return found
        .filter(memory -> !memory.isForgotten())
        .<QueryAnswer>map(memory -> new QueryAnswer.Found(memory, settings))
        .orElseGet(QueryAnswer.Unknown::new);
  }

  private void refuse(Record<byte[], byte[]> record, RecordMetadata at, String reason) {
    if (at.topic().equals(Topics.EMBEDDINGS)) {
      counters.count(Count.DEAD_FRAMES);
    }
    outbox.deadLetter(record, at, reason);
  }

  private boolean isAtHome(byte[] key, int partition) {
    return PersonKey.partition(key, config.partitions()) == partition;
  }

  private void countMemory() {
    counters.count(Count.NEURONS_INSERTED, memory.insertions() - insertionsCounted);
    insertionsCounted = memory.insertions();
    counters.count(Count.CAPACITY_HITS, memory.capacityHits() - capacityHitsCounted);
    capacityHitsCounted = memory.capacityHits();
  }

  private long now() {
    return context.currentSystemTimeMs();
  }

  @Override
  public void close() {
    queries.close(partition(), this);
    turns.work(
        () -> {
          closed = true;
          cache.close();
          waitingPersons.close();
        });
  }

  private int partition() {
    return context.taskId().partition();
  }
}
