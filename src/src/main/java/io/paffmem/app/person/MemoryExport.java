package io.paffmem.app.person;

import io.paffmem.access.OwnerOnly;
import io.paffmem.app.options.ClusterOptions;
import io.paffmem.app.options.SecretOptions;
import io.paffmem.app.terminal.Tables;
import io.paffmem.start.StartException;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.StoredSettings;
import io.paffmem.topology.store.StoredMemory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a memory to a file. */
@Command(
    name = "export",
    description = {
      "Writes a person's memory to a file that 'memory import' reads, here or elsewhere, under the",
      "same name or another. Faces can be drawn from it: keep it as you would keep photographs."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryExport implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "PERSON",
      description = "The person's name, as the frames have it.")
  private String person;

  @Parameters(index = "1", paramLabel = "FILE", description = "A file that is not there yet.")
  private Path file;

  @Mixin private ClusterOptions cluster;
  @Mixin private SecretOptions secret;

  @Override
  public Integer call() {
    MemoryCommand.Found found =
        MemoryCommand.withSettings(cluster, secret, ChangeOptions.checked(person));
    StoredMemory stored = found.memory();
    StoredSettings settings = found.settings();
    MemoryFile exported = stored.export(settings);
    try {
      OwnerOnly.create(file, exported.toBytes());
    } catch (FileAlreadyExistsException e) {
      throw new StartException(file + " is there already; name another file", e);
    } catch (IOException e) {
      throw new StartException(file + " cannot be written (" + e + ")", e);
    }
    System.out.printf(
        "Exported '%s' to %s: %d neurons of PK %s%n",
        Tables.name(person), file, exported.memory().size(), exported.modelVersion());
    return 0;
  }
}
