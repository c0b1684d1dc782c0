package io.paffmem.app.options;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.access.AccessException;
import io.paffmem.access.DeploymentSecret;
import io.paffmem.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SecretOptionsTest {
  @TempDir Path folder;

  @Test
  void pseudonyms_withoutASecret_isRefused() {
    assertThatThrownBy(() -> options("--pseudonyms").pseudonyms())
        .isInstanceOf(StartException.class)
        .hasMessage("--pseudonyms needs --secret FILE");
  }

  @Test
  void pseudonyms_secretThatOthersMayRead_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("open"), "ab".repeat(32).getBytes(US_ASCII));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> options("--pseudonyms", "--secret=" + file).pseudonyms())
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void pseudonyms_asNamed_areOnOrOff() {
    Path file = folder.resolve("secret");
    DeploymentSecret.readOrMake(file);

    assertThat(options("--secret=" + file).pseudonyms().isOn()).isFalse();
    assertThat(options("--secret=" + file, "--pseudonyms").pseudonyms().isOn()).isTrue();
    assertThat(options().pseudonyms().isOn()).isFalse();
    assertThat(options().read()).isEmpty();
  }

  @Test
  void pseudonyms_ofAFolder_secretIsMadeAtItsFirstStartAndNeverAgain() throws IOException {
    Path data = folder.resolve("data");
    String ann = options("--pseudonyms").pseudonyms(data).of("ann");
    Path secret = data.resolve("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");

    Files.createDirectory(data.resolve("kafka"));
    assertThat(options("--pseudonyms").pseudonyms(data).of("ann")).as("again").isEqualTo(ann);
    Files.delete(secret);
    assertThatThrownBy(() -> options("--pseudonyms").pseudonyms(data))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("has data and no secret");
    assertThat(secret).doesNotExist();
    assertThat(options().pseudonyms(data).isOn()).isFalse();
  }

  private static SecretOptions options(String... args) {
    SecretOptions options = new SecretOptions();
    new CommandLine(options).parseArgs(args);
    return options;
  }
}
