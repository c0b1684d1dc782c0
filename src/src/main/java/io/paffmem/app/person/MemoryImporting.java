package io.paffmem.app.person;

import io.paffmem.app.terminal.Tables;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.start.StartException;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.format.StoredMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a person a memory from a file. */
@Command(
    name = "import",
    description = {
      "Gives a person a memory from a file that 'memory export' wrote, in the place of their own,",
      "once the frames before the command are answered. It recognises as it did where it comes",
      "from; a memory of another PK, or made with other parameters, is refused."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryImporting implements Callable<Integer> {
  @Mixin private ChangeOptions change;

  @Parameters(index = "1", paramLabel = "FILE", description = "An exported memory.")
  private Path file;

  @Override
  public Integer call() {
    byte[] bytes = read();
    change.send(
        (commands, cluster) -> {
          PersonReceipt receipt = commands.importMemory(change.inside(), bytes);
          if (receipt.getProblem() != null) {
            throw new StartException(file + " is not imported: " + receipt.getProblem());
          }
          System.out.printf(
              "Imported %s for '%s': %d neurons in the place of %d, generation %d%n",
              file,
              Tables.name(change.person()),
              receipt.getNeurons(),
              receipt.getNeuronsRemoved(),
              receipt.getGeneration());
        });
    return 0;
  }

  /** Refuses what no topology would take, before anything is opened. */
  private byte[] read() {
    try {
      if (Files.size(file) > MemoryFile.MOST_BYTES) {
        throw new StartException(
            "%s has %d bytes, at most %d can be imported"
                .formatted(file, Files.size(file), MemoryFile.MOST_BYTES));
      }
      byte[] bytes = Files.readAllBytes(file);
      MemoryFile.read(bytes);
      return bytes;
    } catch (StoredMemoryException e) {
      throw new StartException(file + " cannot be imported: " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new StartException(file + " is not there; check the path", e);
    } catch (IOException e) {
      throw new StartException(file + " cannot be read (" + e + ")", e);
    }
  }
}
