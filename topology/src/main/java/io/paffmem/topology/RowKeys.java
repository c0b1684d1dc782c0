package io.paffmem.topology;

import io.paffmem.schemas.PersonHash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Keys of rows: 16 bytes of the person, one of the kind, then the row's own, big endian, so that
 * one range holds one person, kind after kind and each kind in order. Pairs come last and outside
 * of that range: they are large and wanted one at a time.
 */
final class RowKeys {
  static final byte HEADER = 1;
  static final byte NEURON = 2;
  static final byte WAITING = 3;
  static final byte OUTCOME = 4;
  static final byte LATE = 5;
  static final byte STREAM = 6;
  static final byte FORMER = 7;
  static final byte FORMER_NEURON = 8;
  static final byte JOURNAL = 9;

  /** Of a row that never is. */
  private static final byte NONE = 14;

  private static final byte END_OF_PERSON = 15;
  static final byte PAIRS = 16;

  /** No person's hash, but for one chance in 2^128: names the persons with waiting frames. */
  private static final PersonHash INDEX = new PersonHash(0, 0);

  private static final int OWN = PersonHash.BYTES + 1;

  /** The own part of an outcome's key. */
  private static final int OUTCOME_BYTES = Integer.BYTES + 3 * Long.BYTES;

  private RowKeys() {}

  static Bytes first(PersonHash person) {
    return done(begin(person, HEADER, 0));
  }

  static Bytes last(PersonHash person) {
    return done(begin(person, END_OF_PERSON, 0));
  }

  static Bytes firstOf(PersonHash person, byte kind) {
    return done(begin(person, kind, 0));
  }

  static Bytes lastOf(PersonHash person, byte kind) {
    return done(begin(person, (byte) (kind + 1), 0));
  }

  static Bytes header(PersonHash person) {
    return first(person);
  }

  static Bytes neuron(PersonHash person, int id) {
    return done(begin(person, NEURON, Integer.BYTES).putInt(id));
  }

  static Bytes waiting(PersonHash person, long index) {
    return done(begin(person, WAITING, Long.BYTES).putLong(index));
  }

  static Bytes outcome(PersonHash person, int generation, FrameKey frame) {
    return done(
        begin(person, OUTCOME, OUTCOME_BYTES)
            .putInt(generation)
            .putLong(frame.stream().high())
            .putLong(frame.stream().low())
            .putLong(frame.sequence()));
  }

  /** Whether a key is that of an outcome, and whole. */
  static boolean isOutcome(Bytes key) {
    return kind(key) == OUTCOME && own(key).remaining() == OUTCOME_BYTES;
  }

  /**
   * Whose answer an outcome's key names.
   *
   * @throws BufferUnderflowException if it is cut off
   */
  static SeedOutcomes.Key answer(Bytes key) {
    ByteBuffer own = own(key);
    int generation = own.getInt();
    TextHash stream = new TextHash(own.getLong(), own.getLong());
    return new SeedOutcomes.Key(generation, new FrameKey(stream, own.getLong()));
  }

  static Bytes late(PersonHash person, int generation, long number) {
    return done(begin(person, LATE, Integer.BYTES + Long.BYTES).putInt(generation).putLong(number));
  }

  static Bytes stream(PersonHash person, TextHash stream) {
    return done(begin(person, STREAM, 2 * Long.BYTES).putLong(stream.high()).putLong(stream.low()));
  }

  static Bytes former(PersonHash person) {
    return done(begin(person, FORMER, 0));
  }

  static Bytes formerNeuron(PersonHash person, int id) {
    return done(begin(person, FORMER_NEURON, Integer.BYTES).putInt(id));
  }

  static Bytes journal(PersonHash person, int place) {
    return done(begin(person, JOURNAL, Integer.BYTES).putInt(place));
  }

  static Bytes pairs(PersonHash person, long number) {
    return done(begin(person, PAIRS, Long.BYTES).putLong(number));
  }

  static Bytes firstWaitingPerson() {
    return firstOf(INDEX, WAITING);
  }

  static Bytes lastWaitingPerson() {
    return lastOf(INDEX, WAITING);
  }

  static Bytes waitingPerson(PersonHash person) {
    return done(
        begin(INDEX, WAITING, PersonHash.BYTES).putLong(person.high()).putLong(person.low()));
  }

  /** Whether a key is long enough to bear a person and a kind. */
  static boolean isComplete(byte @Nullable [] key) {
    return key != null && key.length >= OWN;
  }

  static PersonHash person(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    return new PersonHash(bytes.getLong(), bytes.getLong());
  }

  /** What the memories of the store are made with: one row, nobody's. */
  static Bytes settings() {
    return header(INDEX);
  }

  /** No row's key, so that deleting it changes nothing. */
  static Bytes none() {
    return done(begin(INDEX, NONE, 0));
  }

  /** The end of all rows. */
  static Bytes end() {
    byte[] end = new byte[OWN];
    Arrays.fill(end, (byte) 0xff);
    return Bytes.wrap(end);
  }

  /** Where the person after that one begins; null after the last one that there can be. */
  static @Nullable Bytes after(PersonHash person) {
    long low = person.low() + 1;
    long high = low == 0 ? person.high() + 1 : person.high();
    return low == 0 && high == 0 ? null : header(new PersonHash(high, low));
  }

  static byte kind(Bytes key) {
    return key.get()[PersonHash.BYTES];
  }

  /** The row's own part of its key. */
  static ByteBuffer own(Bytes key) {
    return ByteBuffer.wrap(key.get(), OWN, key.get().length - OWN).slice();
  }

  private static ByteBuffer begin(PersonHash person, byte kind, int more) {
    return ByteBuffer.allocate(OWN + more).putLong(person.high()).putLong(person.low()).put(kind);
  }

  private static Bytes done(ByteBuffer key) {
    byte[] bytes = new byte[key.position()];
    key.flip().get(bytes);
    return Bytes.wrap(bytes);
  }
}
