package io.paffmem.app.person;

import static java.util.Objects.requireNonNull;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.terminal.Tables;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.topology.store.StoredMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One person's memory. */
@Command(name = "show", description = "One person's memory.")
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryShow implements Callable<Integer> {
  @Parameters(paramLabel = "PERSON", description = "The person's name, as the frames have it.")
  private String person;

  @Option(names = "--neurons", description = "Also a line for each neuron.")
  private boolean withNeurons;

  @Option(names = "--taught", description = "Also a line for each teaching.")
  private boolean withTaught;

  @Mixin private ClusterOptions cluster;
  @Mixin private SecretOptions secret;

  @Override
  public Integer call() {
    StoredMemory stored = MemoryCommand.person(cluster, secret, ChangeOptions.checked(person));
    MemoryState memory = requireNonNull(stored.memory(), "a person is read with neurons");
    long ends = 0;
    for (int slot = 0; slot < memory.size(); slot++) {
      ends += memory.degree(slot);
    }
    System.out.print(
        Tables.render(
            List.of(
                List.of("hash", MemoryListing.hash(stored)),
                List.of("PK", stored.modelVersion().isEmpty() ? "-" : stored.modelVersion()),
                List.of("PK before", Objects.requireNonNullElse(stored.formerModelVersion(), "-")),
                List.of("generation", Integer.toString(stored.generation())),
                List.of("seeded frames", Integer.toString(stored.seededFrames())),
                List.of("frames perceived", Long.toString(stored.framesPerceived())),
                List.of("frames waiting", Integer.toString(stored.waitingFrames())),
                List.of("last frame", MemoryListing.lastFrame(stored)),
                List.of("neurons", Integer.toString(memory.size())),
                List.of("edges", Long.toString(ends / 2)),
                List.of("teachings", Integer.toString(memory.taught().size())),
                List.of("digest", stored.digest()))));
    if (withNeurons && memory.size() > 0) {
      System.out.print(Tables.render(neurons(memory)));
    }
    if (withTaught && memory.taught().size() > 0) {
      System.out.print(Tables.render(taught(memory)));
    }
    return 0;
  }

  private static List<List<String>> taught(MemoryState memory) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("teaching", "arousal", "valence", "seen", "faces"));
    for (TaughtMoment moment : memory.taught().moments()) {
      rows.add(
          List.of(
              Tables.name(moment.id()),
              moment.neutral() ? "neutral" : number(moment.arousal()),
              moment.neutral() ? "neutral" : number(moment.valence()),
              Instant.ofEpochMilli(moment.seenAtMillis()).toString(),
              Integer.toString(moment.faces())));
    }
    return rows;
  }

  private static List<List<String>> neurons(MemoryState memory) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("neuron", "arousal", "valence", "habituation", "edges"));
    for (int slot = 0; slot < memory.size(); slot++) {
      rows.add(
          List.of(
              Integer.toString(memory.neuronId(slot)),
              number(memory.arousal(slot)),
              number(memory.valence(slot)),
              number(memory.habituation(slot)),
              Integer.toString(memory.degree(slot))));
    }
    return rows;
  }

  private static String number(float value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
