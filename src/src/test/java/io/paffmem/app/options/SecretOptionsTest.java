package io.paffmem.app.options;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.access.AccessException;
import io.paffmem.access.DeploymentSecret;
import io.paffmem.start.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
    assertThat(options("--secret=" + file).pseudonyms().hashKey())
        .hasSize(32)
        .isEqualTo(options("--secret=" + file, "--pseudonyms").pseudonyms().hashKey());
    assertThat(options().pseudonyms().hashKey()).isNull();
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

  @Test
  void pseudonyms_ofAFolderWithout_secretOfTheHashesIsMadeAtItsFirstStart() throws IOException {
    Path data = folder.resolve("data");
    byte[] key = options().pseudonyms(data).hashKey();
    Files.createDirectory(data.resolve("kafka"));

    assertThat(key).hasSize(32);
    assertThat(options().pseudonyms(data).hashKey()).as("again").isEqualTo(key);
    Path begunWithout = folder.resolve("old");
    Files.createDirectories(begunWithout.resolve("kafka"));
    assertThat(options().pseudonyms(begunWithout).hashKey()).isNull();
    assertThat(begunWithout.resolve("secret")).doesNotExist();
  }

  @Test
  void ofRun_withoutAFolder_eachRunDrawsItsOwn() {
    byte[] one = options().ofRun(process()).hashKey();

    assertThat(one).hasSize(32).isNotEqualTo(options().ofRun(process()).hashKey());
    assertThat(options().ofRun(process("--bootstrap-servers=here:9092")).hashKey())
        .as("of a publisher, who hashes nobody")
        .isNull();
    assertThatThrownBy(() -> options("--pseudonyms").ofRun(process()))
        .isInstanceOf(StartException.class)
        .hasMessage("--pseudonyms needs --secret FILE");
  }

  @Test
  void tell_withoutASecret_saysWhatThatMeans() throws IOException {
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("kafka"));

    assertThat(said(() -> SecretOptions.tellOfStage(options().pseudonyms())))
        .contains("anybody who knows a name can compute", "openssl rand -hex 32", "--secret FILE")
        .hasLineCount(1);
    assertThat(said(() -> options().ofRun(process("--data=" + old))))
        .contains("anybody who knows a name can compute", "import them into a new folder");
    Path file = folder.resolve("secret");
    DeploymentSecret.readOrMake(file);
    assertThat(said(() -> SecretOptions.tellOfStage(options("--secret=" + file).pseudonyms())))
        .isEmpty();
    assertThat(said(() -> options().ofRun(process("--data=" + folder.resolve("new"))))).isEmpty();
  }

  private static String said(Runnable start) {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      start.run();
    } finally {
      System.setErr(before);
    }
    return said.toString(UTF_8);
  }

  private static OneProcessOptions process(String... args) {
    OneProcessOptions process = new OneProcessOptions();
    new CommandLine(process).parseArgs(args);
    return process;
  }

  private static SecretOptions options(String... args) {
    SecretOptions options = new SecretOptions();
    new CommandLine(options).parseArgs(args);
    return options;
  }
}
