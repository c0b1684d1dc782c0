package io.paffmem.app.person;

import io.paffmem.app.terminal.Tables;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.start.StartException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Refuses a person's frames from now on. */
@Command(
    name = "block",
    description = {
      "Refuses the frames of a person from now on, all of them or those under one consent, whatever",
      "their time. What is stored already goes with forget."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryBlock implements Callable<Integer> {
  @Mixin private ChangeOptions change;

  @Option(
      names = "--consent",
      paramLabel = "REFERENCE",
      description =
          "The consent that was withdrawn: frames under another one are taken. Without it, all"
              + " frames of the person are refused.")
  private @Nullable String consent;

  @Override
  public Integer call() {
    send(change, consent, true);
    System.out.printf("Blocked '%s'%s%n", Tables.name(change.person()), under(consent));
    return 0;
  }

  static void send(ChangeOptions change, @Nullable String consent, boolean isBlocked) {
    change.send(
        (commands, cluster) -> {
          PersonReceipt receipt = commands.block(change.inside(), consent, isBlocked);
          if (receipt.getProblem() != null) {
            throw new StartException(
                "nothing is changed of '%s': %s"
                    .formatted(Tables.name(change.person()), receipt.getProblem()));
          }
        });
  }

  static String under(@Nullable String consent) {
    return consent == null ? "" : " under the consent '" + Tables.name(consent) + "'";
  }
}
