package io.paffmem.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerOnlyTest {
  @TempDir Path folder;

  @Test
  void createFolders_missingOnes_allAreTheOwnersAlone() throws IOException {
    Path made = OwnerOnly.createFolders(folder.resolve("a/b"));

    assertThat(mode(made)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  void ownFolder_oneThatOthersMayEnter_isClosed() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(OwnerOnly.othersMay(open)).isTrue();

    OwnerOnly.ownFolder(open);

    assertThat(mode(open)).isEqualTo("rwx------");
    assertThat(OwnerOnly.othersMay(open)).isFalse();
  }

  @Test
  void replace_fileThatOthersMayRead_isTheOwnersAloneAndWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    OwnerOnly.replace(file, new byte[] {'n', 'o', 'w'});

    assertThat(file).hasContent("now");
    assertThat(mode(file)).isEqualTo("rw-------");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void create_fileThatIsThere_staysAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");

    assertThatThrownBy(() -> OwnerOnly.create(file, new byte[1]))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("before");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
