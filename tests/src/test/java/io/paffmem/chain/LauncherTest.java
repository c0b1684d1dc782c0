package io.paffmem.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in environments that are not like its author's; built already, as it finds it. */
@Tag("broker")
@Tag("model")
final class LauncherTest {
  @TempDir Path root;

  /** What a command said, and how it ended. */
  private record Said(int status, String text) {}

  @BeforeEach
  void layOut() throws IOException {
    Path target = Files.createDirectories(root.resolve("src/target"));
    Path repository = repository();
    Path launcher = Files.copy(repository.resolve("paffmem"), root.resolve("paffmem"));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path jar = target.resolve("paffmem-app.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("empty"));
    }
    Files.writeString(
        target.resolve("classpath.txt"),
        jar + File.pathSeparator + System.getProperty("java.class.path"));
    // As the launcher writes it when the build is up to date.
    Files.writeString(target.resolve("launcher.stamp"), root.toRealPath() + "\n\n");
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(folder.resolve("paffmem"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=tr -Duser.country=TR",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=fa -Duser.country=IR"
      })
  void demo_anyLocale_answersEveryFrame(String javaOptions)
      throws IOException, InterruptedException {
    Path summary = root.resolve("summary.json");

    Said said =
        run(
            Map.of("PAFFMEM_JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + javaOptions),
            "./paffmem demo --people 1 --seconds 1 --speed max --summary " + summary);

    assertThat(said.status()).as(said.text()).isZero();
    assertThat(Files.readString(summary))
        .contains("\"events\" : 25", "\"lost\" : 0", "\"deadLetters\" : 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LANG=C", "LC_ALL=C", "LC_ALL=POSIX", "LANG=xx_YY"})
  void replay_anyLang_readsNamesAsUtf8(String variable) throws IOException, InterruptedException {
    String[] parts = variable.split("=", 2);
    Map<String, String> environment = parts.length == 2 ? Map.of(parts[0], parts[1]) : Map.of();

    Said said = run(environment, "./paffmem replay Zo\u00eb.mp4 --person Zo\u00eb");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text())
        .isEqualTo("paffmem: There is no file Zo\u00eb.mp4; check the path of the video.\n");
  }

  /** A Latin-1 e with two dots. */
  @Test
  void replay_nameThatCannotBeDecoded_isRefused() throws IOException, InterruptedException {
    Said said = run(Map.of(), "./paffmem replay gone.mp4 --person $'Zo\\xeb'");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text())
        .contains("--person has a character that is not seen or was not decoded");
  }

  @Test
  void replay_noHome_unpacksInAFolderOfItsOwn() throws IOException, InterruptedException {
    Said said =
        run(
            Map.of("PAFFMEM_CACHE", "", "TMPDIR", root.toString()),
            "unset HOME; ./paffmem replay gone.mp4 --person ann; ls -ld paffmem-*");

    assertThat(said.text())
        .contains("There is no file gone.mp4")
        .containsPattern("drwx------.*paffmem-");
  }

  /** In a shell, with little else in its environment. */
  private Said run(Map<String, String> environment, String line)
      throws IOException, InterruptedException {
    Path said = root.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", line)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    Map<String, String> all = builder.environment();
    List<String> kept = List.of("PATH", "JAVA_HOME", "HOME");
    for (String name : new ArrayList<>(all.keySet())) {
      if (!kept.contains(name)) {
        all.remove(name);
      }
    }
    Path unpacked = Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
    all.put("PAFFMEM_CACHE", String.valueOf(unpacked.getParent()));
    all.putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Said(process.exitValue(), Files.readString(said, UTF_8));
  }
}
