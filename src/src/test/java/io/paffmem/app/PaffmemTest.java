package io.paffmem.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class PaffmemTest {
  @ParameterizedTest
  @MethodSource("commands")
  void help_everyCommand_mentionsItsOptionsAndSubcommands(List<String> command) {
    CommandLine described = new CommandLine(new Paffmem());
    for (String name : command) {
      described = requireNonNull(described.getSubcommands().get(name));
    }
    List<String> args = new ArrayList<>(command);
    args.add("--help");

    Ran ran = Ran.paffmem(args.toArray(String[]::new));

    assertThat(ran.status()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("Usage: paffmem", "--config", "Every option can also be set");
    for (OptionSpec option : described.getCommandSpec().options()) {
      assertThat(ran.out()).contains(option.longestName());
      assertThat(String.join(" ", option.description())).as(option.longestName()).isNotBlank();
    }
    for (String subcommand : described.getSubcommands().keySet()) {
      assertThat(ran.out()).contains(subcommand);
    }
  }

  static Stream<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    collect(new CommandLine(new Paffmem()), List.of(), all);
    assertThat(all)
        .contains(
            List.of("demo"),
            List.of("replay"),
            List.of("gateway"),
            List.of("model-server"),
            List.of("topology"),
            List.of("topics", "create"),
            List.of("bench"));
    return all.stream();
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
    all.add(path);
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> deeper = new ArrayList<>(path);
              deeper.add(name);
              collect(sub, deeper, all);
            });
  }

  @Test
  void version_saysWhatItIs() {
    Ran ran = Ran.paffmem("--version");

    assertThat(ran.status()).isZero();
    assertThat(ran.out()).startsWith("paffmem 0.");
  }

  @Test
  void unknownCommand_suggestsTheOneThatWasMeant() {
    assertUsage(
        Ran.paffmem("demos"), "'demos'", "Did you mean: paffmem demo", "Try 'paffmem --help'.");
  }

  @Test
  void unknownOption_suggestsTheOneThatWasMeant() {
    assertUsage(
        Ran.paffmem("demo", "--peopel", "3"), "--peopel", "--people", "Try 'paffmem demo --help'.");
  }

  @Test
  void valueOfAnotherKind_namesOptionAndValue() {
    assertUsage(Ran.paffmem("demo", "--people", "three"), "--people", "three");
    assertUsage(Ran.paffmem("demo", "--device", "tpu"), "--device", "tpu", "AUTO, CPU, GPU");
    assertUsage(Ran.paffmem("demo", "--kafka", "novalue"), "--kafka", "novalue");
  }

  @Test
  void missingArguments_named() {
    assertUsage(Ran.paffmem("replay", "--person", "ann"), "VIDEO");
    assertUsage(Ran.paffmem("replay", "clip.mp4"), "--person");
    assertUsage(Ran.paffmem("topology"), "--state");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "topics", "memory"})
  void noSubcommand_asksForOne(String command) {
    Ran ran = command.isEmpty() ? Ran.paffmem() : Ran.paffmem(command);

    assertUsage(ran, "name a ", "--help");
  }

  @Test
  void bench_inTheApplication_saysWhereItIs() {
    Ran.paffmem("bench", "chain", "--people", "2")
        .assertRefused("not in the application", "./paffmem");
  }

  @Test
  void configurationFileMissing_namedOnce() {
    Ran ran = Ran.paffmem("demo", "--config", "/nowhere/paffmem.properties");

    ran.assertRefused("/nowhere/paffmem.properties", "--config must name");
    assertThat(ran.status()).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  private static void assertUsage(Ran ran, String... parts) {
    assertThat(ran.status()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(ran.err()).startsWith("paffmem: ").contains(parts).doesNotContain("\tat ");
    assertThat(ran.err().lines().filter(line -> line.startsWith("paffmem:"))).hasSize(1);
    assertThat(ran.err().lines().count()).as(ran.err()).isLessThanOrEqualTo(3);
    assertThat(ran.out()).isEmpty();
    ran.assertNothingLeft();
  }
}
