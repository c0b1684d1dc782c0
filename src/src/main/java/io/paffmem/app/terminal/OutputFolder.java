package io.paffmem.app.terminal;

import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that a command was told to write into. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Adds why it could not be written into, before anything is started.
   *
   * @param option that names it
   */
  public static void check(String option, Path folder, Problems problems) {
    problems.addIf(
        Files.exists(folder) && !Files.isDirectory(folder),
        "%s %s is a file: name a folder",
        option,
        folder);
  }

  /**
   * Makes it where it is not there.
   *
   * @throws StartException if that fails
   */
  public static void create(String option, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StartException(option + " " + folder + " cannot be made a folder: " + e, e);
    }
  }
}
