package io.paffmem.app.person;

import io.paffmem.app.terminal.Tables;
import io.paffmem.schemas.avro.PersonReceipt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a new memory. */
@Command(
    name = "reset",
    description = {
      "Begins a person's memory anew, once the frames before the command are answered: the next 25",
      "frames are seeded again."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryReset implements Callable<Integer> {
  @Mixin private ChangeOptions change;

  @Option(
      names = "--keep-teachings",
      description = "What the memory was taught goes over to the new one.")
  private boolean keepTeachings;

  @Override
  public Integer call() {
    change.send(
        (commands, cluster) -> {
          PersonReceipt receipt =
              commands.reset(change.inside(), System.currentTimeMillis(), keepTeachings);
          System.out.printf(
              "Reset '%s': %d neurons gone, generation %d%n",
              Tables.name(change.person()), receipt.getNeuronsRemoved(), receipt.getGeneration());
        });
    return 0;
  }
}
