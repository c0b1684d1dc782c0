package io.paffmem.topology.format;

import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.person.FrameKey;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.TextHash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Keys of rows: 16 bytes of the person, one of the kind, then the row's own, big endian, so that
 * one range holds one person, kind after kind and each kind in order. Pairs and moments come last
 * and outside of that range: pairs are large and wanted one at a time, moments seldom.
 */
public final class RowKeys {
  public static final byte HEADER = 1;
  public static final byte NEURON = 2;
  public static final byte WAITING = 3;
  public static final byte OUTCOME = 4;
  public static final byte VIEWS = 5;
  public static final byte STREAM = 6;
  public static final byte FORMER = 7;
  public static final byte FORMER_NEURON = 8;
  public static final byte LOOK = 9;

  public static final byte TAUGHT = 11;
  public static final byte FORMER_TAUGHT = 12;

  /** Of a row that never is. */
  private static final byte NONE = 14;

  private static final byte END_OF_PERSON = 15;
  public static final byte PAIRS = 16;
  public static final byte MOMENT = 17;

  /** No person's hash, but for one chance in 2^128: names the persons with waiting frames. */
  private static final PersonHash INDEX = new PersonHash(0, 0);

  /** Whose rows are nobody's. */
  public static final PersonHash NOBODY = INDEX;

  private static final int OWN = PersonHash.BYTES + 1;

  /** The own part of an outcome's key. */
  private static final int OUTCOME_BYTES = Integer.BYTES + 3 * Long.BYTES;

  private RowKeys() {}

  public static Bytes first(PersonHash person) {
    return done(begin(person, HEADER, 0));
  }

  public static Bytes last(PersonHash person) {
    return done(begin(person, END_OF_PERSON, 0));
  }

  public static Bytes firstOf(PersonHash person, byte kind) {
    return done(begin(person, kind, 0));
  }

  public static Bytes lastOf(PersonHash person, byte kind) {
    return done(begin(person, (byte) (kind + 1), 0));
  }

  public static Bytes header(PersonHash person) {
    return first(person);
  }

  public static Bytes neuron(PersonHash person, int id) {
    return done(begin(person, NEURON, Integer.BYTES).putInt(id));
  }

  public static Bytes waiting(PersonHash person, long index) {
    return done(begin(person, WAITING, Long.BYTES).putLong(index));
  }

  public static Bytes outcome(PersonHash person, SeedOutcome.Key answer) {
    FrameKey frame = answer.frame();
    return done(
        begin(person, OUTCOME, OUTCOME_BYTES)
            .putInt(answer.generation())
            .putLong(frame.stream().high())
            .putLong(frame.stream().low())
            .putLong(frame.sequence()));
  }

  /** Whether a key is that of an outcome, and whole. */
  public static boolean isOutcome(Bytes key) {
    return kind(key) == OUTCOME && own(key).remaining() == OUTCOME_BYTES;
  }

  /**
   * Whose answer an outcome's key names.
   *
   * @throws BufferUnderflowException if it is cut off
   */
  public static SeedOutcome.Key answer(Bytes key) {
    ByteBuffer own = own(key);
    int generation = own.getInt();
    TextHash stream = new TextHash(own.getLong(), own.getLong());
    return new SeedOutcome.Key(generation, new FrameKey(stream, own.getLong()));
  }

  public static Bytes views(PersonHash person) {
    return done(begin(person, VIEWS, 0));
  }

  public static Bytes stream(PersonHash person, TextHash stream) {
    return done(begin(person, STREAM, 2 * Long.BYTES).putLong(stream.high()).putLong(stream.low()));
  }

  public static Bytes former(PersonHash person) {
    return done(begin(person, FORMER, 0));
  }

  public static Bytes formerNeuron(PersonHash person, int id) {
    return done(begin(person, FORMER_NEURON, Integer.BYTES).putInt(id));
  }

  public static Bytes look(PersonHash person) {
    return done(begin(person, LOOK, 0));
  }

  /** Of a taught moment; the id stands in the row. */
  public static Bytes taught(PersonHash person, String id) {
    return ofId(person, TAUGHT, id);
  }

  public static Bytes formerTaught(PersonHash person, String id) {
    return ofId(person, FORMER_TAUGHT, id);
  }

  private static Bytes ofId(PersonHash person, byte kind, String id) {
    TextHash hash = TextHash.of(id);
    return done(begin(person, kind, 2 * Long.BYTES).putLong(hash.high()).putLong(hash.low()));
  }

  public static Bytes moment(PersonHash person, int place) {
    return done(begin(person, MOMENT, Short.BYTES).putShort((short) place));
  }

  public static Bytes pairs(PersonHash person, long number) {
    return done(begin(person, PAIRS, Long.BYTES).putLong(number));
  }

  public static Bytes firstWaitingPerson() {
    return firstOf(INDEX, WAITING);
  }

  public static Bytes lastWaitingPerson() {
    return lastOf(INDEX, WAITING);
  }

  public static Bytes waitingPerson(PersonHash person) {
    return done(
        begin(INDEX, WAITING, PersonHash.BYTES).putLong(person.high()).putLong(person.low()));
  }

  /** Whether a key is long enough for a person and a kind. */
  public static boolean isComplete(byte @Nullable [] key) {
    return key != null && key.length >= OWN;
  }

  public static PersonHash person(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    return new PersonHash(bytes.getLong(), bytes.getLong());
  }

  /** What the memories of the store are made with: one row, nobody's. */
  public static Bytes settings() {
    return header(INDEX);
  }

  /** No row's key, so that deleting it changes nothing. */
  public static Bytes none() {
    return done(begin(INDEX, NONE, 0));
  }

  /** The end of all rows. */
  public static Bytes end() {
    byte[] end = new byte[OWN];
    Arrays.fill(end, (byte) 0xff);
    return Bytes.wrap(end);
  }

  /** Where the person after that one begins; null after the last one that there can be. */
  public static @Nullable Bytes after(PersonHash person) {
    long low = person.low() + 1;
    long high = low == 0 ? person.high() + 1 : person.high();
    return low == 0 && high == 0 ? null : header(new PersonHash(high, low));
  }

  public static byte kind(Bytes key) {
    return key.get()[PersonHash.BYTES];
  }

  /** Whether the rows of that kind are what is told of a person outside of the task. */
  public static boolean isTold(Bytes key) {
    byte kind = kind(key);
    return kind == HEADER
        || kind == NEURON
        || kind == WAITING
        || kind == FORMER
        || kind == LOOK
        || kind == TAUGHT;
  }

  /** The row's own part of its key. */
  public static ByteBuffer own(Bytes key) {
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
