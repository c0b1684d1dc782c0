package io.paffmem.app.person;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.topology.store.StoredMemory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One line that two runs can be compared by, and one for each person. */
@Command(
    name = "digest",
    description = {
      "The digest of every memory that has neurons, by hash of the person, and one of all these",
      "lines. Two memories have the same digest exactly if they will answer and learn alike for",
      "ever. Two runs can be compared that were given the same --secret, by which people are hashed.",
      "The status is 1 if a memory is damaged."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryDigest implements Callable<Integer> {
  private static final String DAMAGED = "damaged";

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    Map<String, String> digests = new TreeMap<>();
    MemoryCommand.everyone(
        cluster,
        person -> {
          if (person.damage() != null || person.neurons() > 0) {
            digests.put(MemoryListing.hash(person), digest(person));
          }
        });
    MessageDigest total = sha256();
    digests.forEach(
        (person, digest) -> {
          String line = person + "  " + digest;
          System.out.println(line);
          total.update((line + "\n").getBytes(UTF_8));
        });
    System.out.println(digests.size() + " memories  " + HexFormat.of().formatHex(total.digest()));
    return digests.containsValue(DAMAGED) ? 1 : 0;
  }

  private static String digest(StoredMemory person) {
    return person.damage() == null ? person.digest() : DAMAGED;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
