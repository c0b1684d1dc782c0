package io.paffmem.ingest.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** The command-line program of the FFmpeg in the box, which makes what nobody would record. */
final class FfmpegProgram {
  /** A black picture with a white corner, 25 a second. */
  static final List<String> CORNER =
      List.of(
          "-f",
          "lavfi",
          "-i",
          "color=black:size=128x96:rate=25:duration=1.2,drawbox=w=40:h=24:c=white:t=fill");

  /** A pattern that moves, 25 a second. */
  static final List<String> MOVING =
      List.of("-f", "lavfi", "-i", "testsrc2=size=128x96:rate=25:duration=1.2");

  private FfmpegProgram() {}

  /**
   * Makes a file.
   *
   * @param arguments without the output
   */
  static Path make(Path output, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    Path program = Path.of(Loader.load(ffmpeg.class));
    command.add(program.toString());
    command.addAll(List.of("-v", "error", "-nostdin", "-y"));
    command.addAll(arguments);
    command.add(output.toString());
    Path said = Files.createTempFile("ffmpeg", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
      builder.environment().put("LD_LIBRARY_PATH", libraries(program).toString());
      Process process = builder.start();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(said, UTF_8)).isZero();
    } finally {
      Files.delete(said);
    }
    return output;
  }

  /** The folder with its libraries; some of them only the program needs. */
  private static Path libraries(Path program) throws IOException {
    for (String name : List.of("libva.so.2", "libva-drm.so.2", "libdrm.so.2")) {
      // None where the platform needs none.
      File unused =
          Loader.cacheResource(
              ffmpeg.class, "/org/bytedeco/ffmpeg/" + Loader.getPlatform() + "/" + name);
    }
    return Objects.requireNonNull(program.getParent());
  }

  /** Arguments that follow one another. */
  @SafeVarargs
  static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  /** The arguments in a text that separates them by spaces. */
  static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
  }
}
