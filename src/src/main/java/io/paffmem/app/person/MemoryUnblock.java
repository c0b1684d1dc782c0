package io.paffmem.app.person;

import io.paffmem.app.terminal.Tables;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a block back. */
@Command(
    name = "unblock",
    description = {
      "Takes the frames of a person again, or those under one consent, that were blocked."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryUnblock implements Callable<Integer> {
  @Mixin private ChangeOptions change;

  @Option(
      names = "--consent",
      paramLabel = "REFERENCE",
      description =
          "The consent that was blocked. Without it, the block of all frames of the person ends;"
              + " consents that were blocked by themselves stay so.")
  private @Nullable String consent;

  @Override
  public Integer call() {
    MemoryBlock.send(change, consent, false);
    System.out.printf(
        "Unblocked '%s'%s%n", Tables.name(change.person()), MemoryBlock.under(consent));
    return 0;
  }
}
