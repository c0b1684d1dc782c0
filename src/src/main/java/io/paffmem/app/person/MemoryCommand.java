package io.paffmem.app.person;

import io.paffmem.access.Pseudonyms;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.terminal.Tables;
import io.paffmem.cluster.Cluster;
import io.paffmem.schemas.PersonHasher;
import io.paffmem.start.StartException;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.store.MemoryReader;
import io.paffmem.topology.store.StoredMemory;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is stored of persons. */
@Command(
    name = "memory",
    description = {
      "What is stored of persons: of a running cluster (--bootstrap-servers), or of a run in one",
      "process that is over (--data). Memories are read from the store's changelog on the broker."
    },
    subcommands = {
      MemoryListing.class,
      MemoryDigest.class,
      MemoryShow.class,
      MemoryTeach.class,
      MemoryReset.class,
      MemoryForget.class,
      MemoryBlock.class,
      MemoryUnblock.class,
      MemoryExport.class,
      MemoryImporting.class
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
public final class MemoryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name a command: memory " + String.join(" | ", spec.subcommands().keySet()));
  }

  /** Everyone's header, in the order of the changelog. */
  static void headers(ClusterOptions options, Consumer<StoredMemory> each) {
    try (Cluster cluster = options.openStored(false);
        var consumer = cluster.observer()) {
      new MemoryReader(consumer).headers(each);
    }
  }

  /** Everyone with their neurons, in the order of the changelog. */
  static void everyone(ClusterOptions options, Consumer<StoredMemory> each) {
    try (Cluster cluster = options.openStored(false);
        var consumer = cluster.observer()) {
      new MemoryReader(consumer).everyone(each);
    }
  }

  /**
   * One person.
   *
   * @throws StartException if nothing is stored of them, or their rows are damaged
   */
  static StoredMemory person(ClusterOptions options, SecretOptions secret, String person) {
    try (Cluster cluster = options.openStored(false);
        var consumer = cluster.observer()) {
      return person(new MemoryReader(consumer), secret.pseudonyms(options.data()), person);
    }
  }

  /** A person with what their memory is made with. */
  record Found(StoredMemory memory, StoredSettings settings) {}

  /**
   * One person, to be exported.
   *
   * @throws StartException as {@link #person}
   */
  static Found withSettings(ClusterOptions options, SecretOptions secret, String person) {
    try (Cluster cluster = options.openStored(false);
        var consumer = cluster.observer()) {
      MemoryReader reader = new MemoryReader(consumer);
      Pseudonyms pseudonyms = secret.pseudonyms(options.data());
      StoredMemory memory = person(reader, pseudonyms, person);
      StoredSettings settings =
          reader
              .settings(pseudonyms.of(person))
              .orElseThrow(
                  () ->
                      new StartException(
                          "the store does not say what its memories are made with: an older"
                              + " release wrote it; let a topology of this one answer a frame"
                              + " first"));
      return new Found(memory, settings);
    }
  }

  private static StoredMemory person(MemoryReader reader, Pseudonyms pseudonyms, String person) {
    Optional<StoredMemory> found =
        reader.person(PersonHasher.by(pseudonyms.hashKey()), pseudonyms.of(person));
    StoredMemory memory =
        found.orElseThrow(
            () ->
                new StartException(
                    "nothing is stored of '%s'; names count to the letter"
                        .formatted(Tables.name(person))));
    if (memory.damage() != null) {
      throw new StartException(
          "what is stored of '%s' is damaged (%s); with the person's next frame the topology"
                  .formatted(Tables.name(person), memory.damage())
              + " begins that memory anew");
    }
    return memory;
  }
}
