package io.paffmem.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** A person's name as the key of their records, which decides on their partition. */
public final class PersonKey {
  /** The longest name of a person, and of a stream, in Java's {@code char}s; 1 is the shortest. */
  public static final int MAX_CHARACTERS = 256;

  private PersonKey() {}

  /** The key: the name's UTF-8 bytes. */
  public static byte[] bytes(String personId) {
    return personId.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The partition of a key, 0 to {@code partitions - 1}: its murmur2 hash without the sign, modulo
   * their number, as Kafka's own producer chooses it ({@code
   * org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey}).
   *
   * @param partitions of the topic, at least 1
   */
  public static int partition(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
