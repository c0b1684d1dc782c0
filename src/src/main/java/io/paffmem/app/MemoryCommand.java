package io.paffmem.app;

import io.paffmem.pipeline.Cluster;
import io.paffmem.pipeline.StartException;
import io.paffmem.topology.MemoryReader;
import io.paffmem.topology.StoredMemory;
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
      MemoryReset.class,
      MemoryForget.class
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryCommand implements Runnable {
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
  static StoredMemory person(ClusterOptions options, String person) {
    try (Cluster cluster = options.openStored(false);
        var consumer = cluster.observer()) {
      Optional<StoredMemory> found = new MemoryReader(consumer).person(person);
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
}
