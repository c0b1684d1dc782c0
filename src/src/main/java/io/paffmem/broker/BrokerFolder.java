package io.paffmem.broker;

import io.paffmem.access.OwnerOnly;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A broker's folder: made, locked for one process at a time, formatted once. Kafka locks its log
 * folder too, but finds out half-way through its start.
 */
final class BrokerFolder implements AutoCloseable {
  static final String LOCK = "broker.lock";
  private static final String TEMPORARY = "paffmem-broker-";

  private final Path folder;
  private final boolean temporary;
  private final FileChannel lockFile;

  private BrokerFolder(Path folder, boolean temporary, FileChannel lockFile) {
    this.folder = folder;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  static BrokerFolder open(@Nullable Path wanted) {
    try {
      if (wanted == null) {
        // Java makes temporary folders for their owner alone.
        Path folder = Files.createTempDirectory(TEMPORARY);
        BrokerFolder opened = new BrokerFolder(folder, true, lock(folder));
        DeadFolders.sweep(folder, TEMPORARY);
        return opened;
      }
      Path folder = OwnerOnly.createFolders(wanted.toAbsolutePath().normalize());
      if (folder.toString().contains(",")) {
        throw new EmbeddedBrokerException(
            "The broker cannot use the folder %s: Kafka allows no comma in its path"
                .formatted(folder));
      }
      BrokerFolder opened = new BrokerFolder(folder, false, lock(folder));
      try {
        OwnerOnly.ownFolder(opened.logs());
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      return opened;
    } catch (IOException e) {
      throw new EmbeddedBrokerException(
          "The broker cannot use the folder %s (%s); choose one that can be written"
              .formatted(wanted == null ? System.getProperty("java.io.tmpdir") : wanted, e),
          e);
    }
  }

  /** Held until the channel closes; the system lets go of it when the process dies. */
  static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Locked by this very process; as good as locked by another.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new EmbeddedBrokerException(
          "The folder %s is in use by another broker; stop that one or choose another folder"
              .formatted(folder));
    }
    return channel;
  }

  Path path() {
    return folder;
  }

  /** Where clients find what they need, while the broker runs. */
  Path clientSettings() {
    return folder.resolve("client.properties");
  }

  /** The one log folder, apart from whatever else lies in the broker's folder. */
  Path logs() {
    return folder.resolve("kafka");
  }

  /** Gives the log folder a cluster id, unless it has one. */
  void format(int nodeId, String controllerListener) throws Exception {
    // Kafka writes this file last, so where it is, the folder is whole.
    if (Files.exists(logs().resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false))
        .setNodeId(nodeId)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(controllerListener)
        .addDirectory(logs().toString())
        .setMetadataLogDirectory(logs().toString())
        .run();
  }

  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(clientSettings());
    } finally {
      lockFile.close();
    }
    if (temporary) {
      delete(folder);
    }
  }

  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // Kafka removes files of its own in the background.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
