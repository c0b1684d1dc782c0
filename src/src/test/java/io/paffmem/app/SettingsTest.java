package io.paffmem.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

final class SettingsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("paffmem.properties");
  }

  @Test
  void defaultValue_namedEverywhere_commandLineThenEnvironmentThenFile() throws IOException {
    Files.writeString(file, "people=11\nseconds=12\nseed=13\n");
    Map<String, String> environment =
        Map.of("PAFFMEM_PEOPLE", "21", "PAFFMEM_SECONDS", "22", "PAFFMEM_OTHER", "x");

    ParseResult demo = parse(environment, "demo", "--config", file.toString(), "--people", "31");

    assertThat(value(demo, "--people")).isEqualTo(31);
    assertThat(value(demo, "--seconds")).isEqualTo(22.0);
    assertThat(value(demo, "--seed")).isEqualTo(13L);
    assertThat(value(demo, "--partitions")).as("named nowhere").isEqualTo(4);
  }

  @Test
  void load_fileNamedBeforeTheCommandOrInTheEnvironment_readToo() throws IOException {
    Files.writeString(file, "people=11\n");

    assertThat(value(parse(Map.of(), "--config=" + file, "demo"), "--people")).isEqualTo(11);
    assertThat(value(parse(Map.of("PAFFMEM_CONFIG", file.toString()), "demo"), "--people"))
        .isEqualTo(11);
  }

  @Test
  void defaultValue_requiredOption_environmentWillDo() {
    ParseResult replay = parse(Map.of("PAFFMEM_PERSON", "ann"), "replay", "video.mp4");

    assertThat(value(replay, "--person")).isEqualTo("ann");
  }

  @Test
  void defaultValue_optionOfSeveralValues_splitAsOnTheCommandLine() throws IOException {
    Files.writeString(file, "kafka=security.protocol=SSL,client.rack=r1\n");

    assertThat(value(parse(Map.of(), "demo", "--config", file.toString()), "--kafka"))
        .isEqualTo(Map.of("security.protocol", "SSL", "client.rack", "r1"));
  }

  @Test
  void load_keysOfOtherCommands_allowedAsOneFileServesAll() throws IOException {
    Files.writeString(file, "state=/somewhere\nencode-workers=3\nreplication-factor=3\n");

    assertThat(parse(Map.of(), "demo", "--config", file.toString())).isNotNull();
  }

  @Test
  void load_unknownKeys_allNamedWithThoseThatAreKnown() throws IOException {
    Files.writeString(file, "peple=3\npeople=3\nzzz=1\nconfig=other\nhelp=true\n");

    assertThatThrownBy(() -> parse(Map.of(), "demo", "--config", file.toString()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("unknown keys: config, help, peple, zzz;")
        .hasMessageContaining("known are: ")
        .hasMessageContaining("bootstrap-servers");
  }

  @Test
  void load_fileThatCannotBeRead_named() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', '=', (byte) 0xFF});
    Path escape = Files.writeString(folder.resolve("escape"), "a=\\uXYZW\n");

    for (Path unreadable : new Path[] {file, folder, binary, escape}) {
      assertThatThrownBy(() -> parse(Map.of(), "demo", "--config", unreadable.toString()))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("configuration file " + unreadable + " cannot be read")
          .hasMessageContaining("--config must name");
    }
  }

  private static ParseResult parse(Map<String, String> environment, String... args) {
    CommandLine commandLine = new CommandLine(new Paffmem());
    commandLine.setDefaultValueProvider(Settings.load(commandLine, args, environment));
    return commandLine.parseArgs(args).subcommand();
  }

  private static Object value(ParseResult command, String option) {
    return requireNonNull(command.commandSpec().findOption(option).getValue());
  }
}
