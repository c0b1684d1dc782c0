package io.paffmem.training.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Files that are there as a whole or not at all, whenever the process or the machine ends. */
final class DurableFiles {
  private DurableFiles() {}

  /** Length and CRC-32C, as text. */
  static String fingerprint(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] some = new byte[1 << 16];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        crc.update(some, 0, read);
      }
    }
    return String.format(Locale.ROOT, "%d bytes, %08x", Files.size(file), crc.getValue());
  }

  /** The plain files of a folder, by name. */
  static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Renames, or fails and changes nothing. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until the file's bytes are on the disk. */
  static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * The same for the names in a folder; it cannot be opened so on every system, and then the rename
   * has to do.
   */
  static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // See above.
    }
  }

  /** Removes a file or a folder with all in it; does nothing if it is not there. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** As {@link #delete}, as far as it goes. */
  static void deleteIfPossible(Path tree) {
    try {
      delete(tree);
    } catch (IOException e) {
      // The next write removes it.
    }
  }
}
