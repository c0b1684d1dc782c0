package io.paffmem.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One command that was run in this process: what it answered, and what it left behind.
 *
 * @param newThreads threads begun meanwhile that would keep the process alive
 * @param leftFolders its temporary folders that are still there
 */
public record Ran(
    int status, String out, String err, Set<Thread> newThreads, Set<String> leftFolders) {
  private static final long TO_END_MILLIS = 60_000;

  /** Runs a command of the application. */
  public static Ran paffmem(String... args) {
    return of(Paffmem::execute, args);
  }

  /** Runs a command of another entry point, which answers its exit status. */
  public static Ran of(ToIntFunction<String[]> main, String... args) {
    Set<Thread> threadsBefore = lasting();
    Set<String> foldersBefore = temporaryFolders();
    PrintStream systemOut = System.out;
    PrintStream systemErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status;
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      System.setErr(new PrintStream(err, true, UTF_8));
      status = main.applyAsInt(args);
    } finally {
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
    Set<Thread> threads = lasting();
    threads.removeAll(threadsBefore);
    Set<String> folders = temporaryFolders();
    folders.removeAll(foldersBefore);
    return new Ran(status, out.toString(UTF_8), err.toString(UTF_8), threads, folders);
  }

  /** One line on stderr with all these parts, a status that is not 0, and nothing left. */
  public void assertRefused(String... parts) {
    assertThat(err).contains(parts);
    assertThat(err.lines()).as(err).hasSize(1).allMatch(line -> line.startsWith("paffmem: "));
    assertThat(status).isNotZero();
    assertNothingLeft();
  }

  public void assertNothingLeft() {
    assertThat(newThreads).filteredOn(Ran::isAliveForLong).extracting(Thread::getName).isEmpty();
    assertThat(leftFolders).isEmpty();
  }

  private static boolean isAliveForLong(Thread thread) {
    try {
      thread.join(TO_END_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts tests", e);
    }
    return thread.isAlive();
  }

  private static Set<Thread> lasting() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<String> temporaryFolders() {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("paffmem-") && !name.endsWith(".jar"))
          .collect(Collectors.toCollection(HashSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
