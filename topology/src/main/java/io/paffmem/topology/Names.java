package io.paffmem.topology;

/**
 * Every name that Kafka sees, once. Renaming a store or the application loses the state behind it.
 */
final class Names {
  static final String APPLICATION = "paffmem-topology";

  static final String READ_EMBEDDINGS = "read-embeddings";
  static final String READ_SEEDS = "read-seeds";
  static final String READ_COMMANDS = "read-person-commands";
  static final String READ_IMPORTS = "read-memory-imports";

  static final String RECOGNIZE_EMOTION = "recognize-emotion";
  static final String STORE = "affective-memories";

  /** The store's changelog, by Kafka Streams' own rule. */
  static final String CHANGELOG = APPLICATION + "-" + STORE + "-changelog";

  static final String WRITE_EMOTIONS = "write-emotions";
  static final String WRITE_SEED_REQUESTS = "write-seed-requests";
  static final String WRITE_SEEDS = "write-seeds";
  static final String WRITE_RECEIPTS = "write-person-receipts";
  static final String WRITE_DEAD_LETTERS = "write-dead-letters";
  static final String RESEND_EMBEDDINGS = "resend-embeddings";
  static final String RESEND_COMMANDS = "resend-person-commands";
  static final String RESEND_IMPORTS = "resend-memory-imports";

  /** The stage as dead letters name it. */
  static final String STAGE = "topology";

  private Names() {}
}
