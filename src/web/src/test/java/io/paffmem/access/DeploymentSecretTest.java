package io.paffmem.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentSecretTest {
  @TempDir Path folder;

  @Test
  void readOrMake_notThere_isDrawnForTheOwnerAloneAndStays() throws IOException {
    Path file = folder.resolve("secret");

    DeploymentSecret made = DeploymentSecret.readOrMake(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(DeploymentSecret.readOrMake(file).key("a")).isEqualTo(made.key("a"));
    assertThat(made.key("a")).hasSize(32).isNotEqualTo(made.key("b"));
    assertThat(DeploymentSecret.readOrMake(folder.resolve("other")).key("a"))
        .isNotEqualTo(made.key("a"));
    assertThat(made.toString()).doesNotContain(Files.readString(file).strip());
  }

  @Test
  void drawn_isAnotherEachTime() {
    assertThat(DeploymentSecret.drawn().key("a"))
        .hasSize(32)
        .isNotEqualTo(DeploymentSecret.drawn().key("a"));
  }

  @Test
  void read_notThereOrNoneOrOpenToOthers_isRefusedWithoutQuotingIt() throws IOException {
    Path file = folder.resolve("secret");
    assertThatThrownBy(() -> DeploymentSecret.read(file))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("openssl rand -hex 32");

    OwnerOnly.replace(file, "0123456789abcdef".getBytes(US_ASCII));
    assertThatThrownBy(() -> DeploymentSecret.read(file))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("64 hex digits")
        .hasMessageNotContaining("0123456789abcdef");

    OwnerOnly.replace(file, "ab".repeat(32).getBytes(US_ASCII));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> DeploymentSecret.read(file))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("abab");
  }
}
