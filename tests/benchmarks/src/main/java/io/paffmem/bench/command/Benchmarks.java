package io.paffmem.bench.command;

import io.paffmem.app.Paffmem;
import picocli.CommandLine;

/** The entry point of {@code ./paffmem bench ...}: the application, with its benchmarks. */
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs one command in this process; returns the exit status. */
  public static int execute(String... args) {
    CommandLine commandLine = new CommandLine(new Paffmem());
    commandLine.getCommandSpec().removeSubcommand("bench");
    commandLine.addSubcommand(new BenchCommand());
    return Paffmem.execute(commandLine, args);
  }
}
