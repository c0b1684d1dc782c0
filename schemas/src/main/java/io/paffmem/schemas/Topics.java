package io.paffmem.schemas;

import io.paffmem.schemas.avro.Embedding;
import io.paffmem.schemas.avro.Emotion;
import io.paffmem.schemas.avro.Frame;
import io.paffmem.schemas.avro.MemoryImport;
import io.paffmem.schemas.avro.PersonCommand;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.SeedRequest;
import io.paffmem.schemas.avro.Seeds;
import io.paffmem.schemas.avro.Teaching;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Every topic, once: names, and how each is kept. */
public final class Topics {
  /** {@code Frame}: one picture of one person. */
  public static final String FRAMES = "frames";

  /** {@code Embedding}: what the PK sees in a frame. */
  public static final String EMBEDDINGS = "embeddings";

  /** {@code SeedRequest}: a memory asks for imagined faces. */
  public static final String SEED_REQUESTS = "seed-requests";

  /** {@code Seeds}: the answer, pairs or a refusal. */
  public static final String SEEDS = "seeds";

  /** {@code Emotion}: arousal and valence, one event a frame. */
  public static final String EMOTIONS = "emotions";

  /** {@code PersonCommand}: forget or reset a person. */
  public static final String PERSON_COMMANDS = "person-commands";

  /** {@code PersonReceipt}: what a command did. */
  public static final String PERSON_RECEIPTS = "person-receipts";

  /**
   * Whose frames are refused: the key is a {@link BlockKey}, the value one byte, or none where it
   * was taken back. Compacted.
   */
  public static final String PERSON_BLOCKS = "person-blocks";

  /** {@code MemoryImport}: an exported memory for a person. */
  public static final String MEMORY_IMPORTS = "memory-imports";

  /** {@code Teaching}: what a person's face showed at a moment, said by somebody who knows. */
  public static final String TEACHINGS = "teachings";

  /** Bytes that no stage can use, as they came; see {@link DeadLetters}. */
  public static final String DEAD_LETTERS = "dead-letters";

  /** Largest record batch of every topic but {@link #DEAD_LETTERS}. */
  public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /** Above the others', so that a record of the largest size still fits with its headers. */
  public static final int MAX_DEAD_LETTER_BYTES = 5 * 1024 * 1024;

  /** How long a gateway that was away may learn that a block was taken back. */
  private static final Duration TOMBSTONES = Duration.ofDays(1);

  private static final Duration WEEK = Duration.ofDays(7);
  private static final int LARGE_SEGMENT_BYTES = 64 * 1024 * 1024;
  private static final int SMALL_SEGMENT_BYTES = 16 * 1024 * 1024;

  /**
   * What shows a face, or can be turned back into one, stays for half a day, which is why imports
   * are no commands; the answers a week. Commands and receipts are not compacted: a compacted
   * receipt would keep the name of a person who was forgotten for ever, and a replay needs every
   * command, not each person's last. Receipts stay two days longer: they say which events of the
   * week are of somebody who was forgotten, and an event may outlive its week by a segment.
   */
  private static final List<TopicDefinition> DEFINITIONS =
      List.of(
          biometric(FRAMES, Frame.class),
          biometric(EMBEDDINGS, Embedding.class),
          biometric(SEED_REQUESTS, SeedRequest.class),
          biometric(SEEDS, Seeds.class),
          kept(EMOTIONS, Emotion.class, WEEK, LARGE_SEGMENT_BYTES),
          kept(PERSON_COMMANDS, PersonCommand.class, WEEK, SMALL_SEGMENT_BYTES),
          kept(PERSON_RECEIPTS, PersonReceipt.class, WEEK.plusDays(2), SMALL_SEGMENT_BYTES),
          biometric(MEMORY_IMPORTS, MemoryImport.class),
          kept(TEACHINGS, Teaching.class, WEEK, SMALL_SEGMENT_BYTES),
          new TopicDefinition(
              PERSON_BLOCKS,
              null,
              true,
              false,
              TOMBSTONES,
              Duration.ofDays(1),
              SMALL_SEGMENT_BYTES,
              MAX_MESSAGE_BYTES),
          new TopicDefinition(
              DEAD_LETTERS,
              null,
              false,
              false,
              Duration.ofHours(12),
              Duration.ofHours(1),
              LARGE_SEGMENT_BYTES,
              MAX_DEAD_LETTER_BYTES));

  private Topics() {}

  /** All topics, in the order of the flow. */
  public static List<TopicDefinition> definitions() {
    return DEFINITIONS;
  }

  private static TopicDefinition biometric(String name, Class<? extends SpecificRecord> type) {
    return new TopicDefinition(
        name,
        type,
        false,
        true,
        Duration.ofHours(12),
        Duration.ofHours(1),
        LARGE_SEGMENT_BYTES,
        MAX_MESSAGE_BYTES);
  }

  private static TopicDefinition kept(
      String name, Class<? extends SpecificRecord> type, Duration retention, int segmentBytes) {
    return new TopicDefinition(
        name, type, false, true, retention, Duration.ofDays(1), segmentBytes, MAX_MESSAGE_BYTES);
  }
}
