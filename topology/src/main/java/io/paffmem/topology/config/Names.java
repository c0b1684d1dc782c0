package io.paffmem.topology.config;

/**
 * Every name that Kafka sees, once. Renaming a store or the application loses the state behind it.
 */
public final class Names {
  public static final String APPLICATION = "paffmem-topology";

  public static final String READ_EMBEDDINGS = "read-embeddings";
  public static final String READ_SEEDS = "read-seeds";
  public static final String READ_COMMANDS = "read-person-commands";
  public static final String READ_IMPORTS = "read-memory-imports";
  public static final String READ_TEACHINGS = "read-teachings";

  public static final String RECOGNIZE_EMOTION = "recognize-emotion";
  public static final String STORE = "affective-memories";

  /** The store's changelog, by Kafka Streams' own rule. */
  public static final String CHANGELOG = APPLICATION + "-" + STORE + "-changelog";

  public static final String WRITE_EMOTIONS = "write-emotions";
  public static final String WRITE_SEED_REQUESTS = "write-seed-requests";
  public static final String WRITE_SEEDS = "write-seeds";
  public static final String WRITE_RECEIPTS = "write-person-receipts";
  public static final String WRITE_BLOCKS = "write-person-blocks";
  public static final String WRITE_DEAD_LETTERS = "write-dead-letters";
  public static final String RESEND_EMBEDDINGS = "resend-embeddings";
  public static final String RESEND_COMMANDS = "resend-person-commands";
  public static final String RESEND_IMPORTS = "resend-memory-imports";
  public static final String RESEND_TEACHINGS = "resend-teachings";

  /** The stage as dead letters name it. */
  public static final String STAGE = "topology";

  private Names() {}
}
