package io.paffmem.app.person;

import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.terminal.Tables;
import io.paffmem.topology.store.StoredMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everyone of whom something is stored. */
@Command(
    name = "list",
    description = {
      "Everyone of whom something is stored, by hash: names are not stored. A person without",
      "neurons waits for seeds, or was reset or forgotten."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryListing implements Callable<Integer> {
  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    List<StoredMemory> persons = new ArrayList<>();
    MemoryCommand.headers(cluster, persons::add);
    persons.sort(Comparator.comparing(MemoryListing::hash));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "person", "neurons", "seeded", "frames", "waiting", "generation", "last frame", "PK"));
    for (StoredMemory person : persons) {
      rows.add(
          person.damage() != null
              ? List.of(hash(person), "damaged", "", "", "", "", "", "")
              : List.of(
                  hash(person),
                  Integer.toString(person.neurons()),
                  Integer.toString(person.seededFrames()),
                  Long.toString(person.framesPerceived()),
                  Integer.toString(person.waitingFrames()),
                  Integer.toString(person.generation()),
                  lastFrame(person),
                  person.modelVersion().isEmpty() ? "-" : person.modelVersion()));
    }
    System.out.print(Tables.render(rows));
    System.out.println(persons.size() == 1 ? "1 person" : persons.size() + " persons");
    return 0;
  }

  /** 32 hex digits that stand for the name. */
  static String hash(StoredMemory person) {
    return HexFormat.of().formatHex(person.person().toBytes());
  }

  static String lastFrame(StoredMemory person) {
    Long millis = person.lastFrameMillis();
    return millis == null ? "-" : Instant.ofEpochMilli(millis).toString();
  }
}
