package io.paffmem.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.app.Ran;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class BenchmarksTest {
  @ParameterizedTest
  @MethodSource("benchmarks")
  void help_everyBenchmark_describesEveryOption(String benchmark) {
    Ran ran = Ran.of(Benchmarks::execute, "bench", benchmark, "--help");

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("Usage: paffmem bench " + benchmark, "--config");
    for (OptionSpec option : options(benchmark)) {
      assertThat(ran.out()).contains(option.longestName());
      assertThat(String.join(" ", option.description())).as(option.longestName()).isNotBlank();
    }
  }

  static Set<String> benchmarks() {
    Set<String> names = bench().getSubcommands().keySet();
    assertThat(names).contains("chain", "encode", "store");
    return names;
  }

  private static List<OptionSpec> options(String benchmark) {
    return Objects.requireNonNull(bench().getSubcommands().get(benchmark))
        .getCommandSpec()
        .options();
  }

  private static CommandLine bench() {
    return new CommandLine(new BenchCommand());
  }

  @Test
  void bench_noBenchmark_namesThemAll() {
    Ran ran = Ran.of(Benchmarks::execute, "bench");

    assertThat(ran.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ran.err()).startsWith("paffmem: name a benchmark");
    for (String benchmark : benchmarks()) {
      assertThat(ran.err()).contains("bench " + benchmark);
    }
    ran.assertNothingLeft();
  }

  @Test
  void execute_commandOfTheApplication_isThereAsWell() {
    Ran.of(Benchmarks::execute, "demo", "--people", "0").assertRefused("--people");
  }
}
