package io.paffmem.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/clients, as their readers run them. */
@Tag("broker")
@Tag("model")
final class ClientsTest {
  private static final Path CLIENTS = Path.of("..", "docs", "clients").toAbsolutePath();
  private static final String TOKEN = "a token of this test";

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void publish_nodeAndPython_printAnEventForEachFaceAndWhyThereIsNone() throws Exception {
    List<List<String>> programs = new ArrayList<>();
    addIfThere(programs, "node", "publish.mjs");
    addIfThere(programs, "python3", "publish.py");
    assumeTrue(!programs.isEmpty(), "neither node nor python3 is on the PATH");
    Path face = Files.write(folder.resolve("face.png"), PngFaces.of(new byte[96 * 96 * 3]));
    Path text = Files.writeString(folder.resolve("face.txt"), "no picture");

    try (PaffmemProcess gateway =
        PaffmemProcess.start(
            folder,
            "gateway",
            Map.of("PAFFMEM_TOKEN", TOKEN),
            List.of("gateway", "--port=0", "--dashboard-port=0", "--partitions=1"))) {
      String address = gateway.gateway().toString();
      String dashboard = gateway.dashboard().toString();

      for (List<String> program : programs) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("Ann Ü", face.toString(), text.toString(), face.toString()));
        String printed = run(command, address, dashboard);

        assertThat(printed)
            .as(command.get(0))
            .containsPattern("(?m)^0 -?\\d\\.\\d\\d -?\\d\\.\\d\\d (PRIOR|MEMORY)$")
            .containsPattern("(?m)^2 -?\\d\\.\\d\\d -?\\d\\.\\d\\d (PRIOR|MEMORY)$")
            .contains("face.txt: not_an_image, ");
      }
    }
  }

  private static void addIfThere(List<List<String>> programs, String runtime, String file)
      throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(runtime, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        programs.add(List.of(runtime, CLIENTS.resolve(file).toString()));
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(runtime); // It is not on this machine.
    }
  }

  private String run(List<String> command, String gateway, String dashboard) throws Exception {
    Path output = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PAFFMEM_TOKEN", TOKEN,
                "PAFFMEM_GATEWAY", gateway,
                "PAFFMEM_DASHBOARD", dashboard,
                "PAFFMEM_PICTURE", "face",
                "PYTHONIOENCODING", "utf-8"));
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      String printed = Files.readString(output, UTF_8);
      assertThat(ended).as(printed).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}
