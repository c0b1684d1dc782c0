package io.paffmem.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.access.OwnerOnly;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a command was told to write, which appears whole or not at all, and which its owner
 * alone may read: it may name people.
 */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Adds why a file could not be written, before anything is started.
   *
   * @param option that names it
   * @param file null where it is not named
   */
  public static void check(String option, @Nullable Path file, Problems problems) {
    if (file == null) {
      return;
    }
    Path parent = file.toAbsolutePath().getParent();
    boolean isFolder = Files.isDirectory(file) || parent == null;
    problems.addIf(
        isFolder, "%s %s cannot be written: it is a folder; name a file in it", option, file);
    problems.addIf(
        !isFolder && !Files.isWritable(parent),
        "%s %s cannot be written: %s must be a folder that is there and can be written",
        option,
        file,
        parent);
  }

  /**
   * Writes it, in place of one that is there.
   *
   * @throws StartException if that fails; what was there before stays
   */
  public static void write(Path file, byte[] bytes) {
    try {
      OwnerOnly.replace(file, bytes);
    } catch (IOException e) {
      throw new StartException(
          file + " cannot be written: " + e + "; see that its folder is there and has room", e);
    }
  }

  /** As {@link #write(Path, byte[])}, text as UTF-8. */
  public static void write(Path file, String text) {
    write(file, text.getBytes(UTF_8));
  }
}
