package io.paffmem.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file that a command was told to write, which appears whole or not at all. */
public final class OutputFile {
  private OutputFile() {}

  /** Why it could not be written, in words that begin with the option; empty if it could. */
  public static Optional<String> problem(String option, Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || parent == null) {
      return Optional.of(
          option + " " + file + " cannot be written: it is a folder; name a file in it");
    }
    if (!Files.isWritable(parent)) {
      return Optional.of(
          option
              + " "
              + file
              + " cannot be written: "
              + parent
              + " must be a folder that is there and can be written");
    }
    return Optional.empty();
  }

  /**
   * Refuses a file that could not be written, before anything is started.
   *
   * @throws StartException saying why
   */
  public static void check(String option, Path file) {
    problem(option, file)
        .ifPresent(
            problem -> {
              throw new StartException(problem);
            });
  }

  /**
   * Writes it, in place of one that is there.
   *
   * @throws StartException if that fails; what was there before stays
   */
  public static void write(Path file, byte[] bytes) {
    Path absolute = file.toAbsolutePath();
    Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
    try {
      try {
        Files.write(partial, bytes);
        Files.move(
            partial, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
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
