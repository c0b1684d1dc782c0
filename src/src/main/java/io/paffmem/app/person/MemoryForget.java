package io.paffmem.app.person;

import io.paffmem.app.terminal.Tables;
import io.paffmem.cluster.Cluster;
import io.paffmem.cluster.PersonCommands;
import io.paffmem.cluster.Retention;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.start.StartException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes what is stored of a person. */
@Command(
    name = "forget",
    description = {
      "Removes what is stored of a person at once, waiting frames too, and says by when the rest is",
      "gone from the broker. Frames ingested before the cut-off are dropped if they still come; a",
      "person who comes again begins anew."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryForget implements Callable<Integer> {
  @Mixin private ChangeOptions change;

  @Option(
      names = "--cutoff",
      paramLabel = "TIME",
      description = "The cut-off, such as 2026-01-31T12:00:00Z, not in the future; default: now.")
  private @Nullable Instant cutoff;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    if (cutoff != null && cutoff.isAfter(now)) {
      throw new StartException(
          "--cutoff "
              + cutoff
              + " is in the future: every frame of the person until then would be dropped; give a"
              + " time that has passed, or leave it out for now");
    }
    change.send(this::forget);
    return 0;
  }

  private void forget(PersonCommands commands, Cluster cluster) {
    Instant now = Instant.now();
    Instant before = cutoff == null ? now : cutoff;
    PersonReceipt receipt =
        cutoff == null
            ? commands.forget(change.inside(), now.toEpochMilli())
            : commands.send(change.inside(), CommandKind.FORGET, before.toEpochMilli());
    if (receipt.getProblem() != null) {
      throw new StartException(
          "'%s' is not forgotten: %s"
              .formatted(Tables.name(change.person()), receipt.getProblem()));
    }
    boolean somethingGone =
        receipt.getNeuronsRemoved() > 0 || receipt.getWaitingFramesRemoved() > 0;
    if (somethingGone) {
      System.out.printf(
          "Forgot '%s': %d neurons and %d waiting frames gone, generation %d%n",
          Tables.name(change.person()),
          receipt.getNeuronsRemoved(),
          receipt.getWaitingFramesRemoved(),
          receipt.getGeneration());
    }
    System.out.printf(
        "Frames ingested before %s are dropped. What the topics still hold of the person goes by"
            + " retention:%n",
        Instant.ofEpochMilli(receipt.getCutoffMillis()).truncatedTo(ChronoUnit.SECONDS));
    System.out.print(Tables.render(expiries(cluster.retentions(), now)));
    if (change.isFolder()) {
      System.out.println(
          "A folder's broker removes only while it runs: until a demo or replay runs in it for a"
              + " quarter of an hour after these times, what it holds stays on the disk.");
    }
    if (!somethingGone) {
      // Last, and not with status 0: mostly the name was mistyped, and the other one stays.
      throw new StartException(
          "nothing was stored of '%s': no neurons and no waiting frames; 'memory list' has the names that are there, and they count to the letter"
              .formatted(Tables.name(change.person())));
    }
  }

  static List<List<String>> expiries(List<Retention> retentions, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("topic", "gone by"));
    for (Retention retention : retentions) {
      Duration longest = retention.longest();
      String when =
          longest == null
              ? "never, as the topic is set"
              : now.plus(longest).truncatedTo(ChronoUnit.MINUTES)
                  + (retention.compacted() ? ", if a topology runs" : "");
      rows.add(List.of(retention.topic(), when));
    }
    return rows;
  }
}
