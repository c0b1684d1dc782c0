package io.paffmem.schemas;

import java.util.List;

/** What came of reading one message: the record, or why there is none. */
public sealed interface Decoded<T> {

  /** The record. */
  record Value<T>(T value) implements Decoded<T> {}

  /**
   * Bytes that hold no such record; they go to {@link Topics#DEAD_LETTERS}.
   *
   * @param reason one of {@link Reason}'s codes, in snake case, for a header and a counter
   */
  record Malformed<T>(String reason) implements Decoded<T> {}

  /** The codes of {@link Malformed}. */
  final class Reason {
    /** Null, too short, or not in Confluent's wire format. */
    public static final String NOT_AVRO = "not_avro";

    /** In the wire format, with a schema id that the registry does not know. */
    public static final String UNKNOWN_SCHEMA = "unknown_schema";

    /** Written with a schema from which this record cannot be read: another record's, say. */
    public static final String OTHER_SCHEMA = "other_schema";

    /** The schema is known and fits, the bytes behind it do not: truncated, too long, garbled. */
    public static final String GARBLED = "garbled";

    /** All of them. */
    public static final List<String> ALL = List.of(NOT_AVRO, UNKNOWN_SCHEMA, OTHER_SCHEMA, GARBLED);

    private Reason() {}
  }
}
