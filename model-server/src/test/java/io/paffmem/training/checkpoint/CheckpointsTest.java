package io.paffmem.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.training.checkpoint.Checkpoints.Checkpoint;
import io.paffmem.training.checkpoint.Checkpoints.State;
import io.paffmem.training.config.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir private Path temp;
  private final List<String> notes = new ArrayList<>();

  @Test
  void newest_noFolderOrEmptyFolder_isNone() {
    assertThat(checkpoints().newest()).isEmpty();
    assertThat(checkpoints().best()).isEmpty();
    assertThat(new Checkpoints(temp.resolve("nowhere"), new TreeMap<>(), notes::add).newest())
        .isEmpty();
  }

  @Test
  void write_checkpoint_isNewestWithItsStateAndWeights() throws IOException {
    State state = new State(250, 61_000, OptionalDouble.of(0.25));

    checkpoints().write(state, weights("first"));

    Checkpoint newest = checkpoints().newest().orElseThrow();
    assertThat(newest.state()).isEqualTo(state);
    assertThat(newest.weights()).hasContent("first");
    assertThat(notes).isEmpty();
  }

  @Test
  void write_severalCheckpoints_keepsTheTwoNewestAndTheBest() {
    Checkpoints checkpoints = checkpoints();
    // In an order of digits, 1000 would come before 250.
    checkpoints.write(at(250, 0.1), weights("at 250"));
    checkpoints.write(at(500, 0.5), weights("at 500"));
    checkpoints.write(at(750, 0.3), weights("at 750"));
    assertThat(names()).containsExactlyInAnyOrder("step-000000500", "step-000000750");
    checkpoints.write(at(1_000, 0.2), weights("at 1000"));
    checkpoints.write(at(10_000, 0.4), weights("at 10000"));

    assertThat(names())
        .containsExactlyInAnyOrder("step-000000500", "step-000001000", "step-000010000");
    assertThat(checkpoints.newest().orElseThrow().state().step()).isEqualTo(10_000);
    assertThat(checkpoints.best().orElseThrow().state().step()).isEqualTo(500);

    checkpoints.write(at(11_000, 0.6), weights("at 11000"));
    assertThat(names()).containsExactlyInAnyOrder("step-000010000", "step-000011000");
  }

  @Test
  void write_withoutScores_keepsTheTwoNewest() {
    Checkpoints checkpoints = checkpoints();
    for (long step = 1; step <= 4; step++) {
      checkpoints.write(new State(step, step, OptionalDouble.empty()), weights("at " + step));
    }

    assertThat(names()).containsExactlyInAnyOrder("step-000000003", "step-000000004");
    assertThat(checkpoints.best().orElseThrow().state().step()).isEqualTo(4);
  }

  @Test
  void write_stepThatIsThereAlready_replacesItsStateAlone() {
    Checkpoints checkpoints = checkpoints();
    checkpoints.write(new State(250, 1, OptionalDouble.empty()), weights("same"));

    checkpoints.write(
        at(250, 0.5),
        prefix -> {
          throw new IllegalStateException("weights of a step are written once");
        });

    Checkpoint newest = checkpoints.newest().orElseThrow();
    assertThat(newest.weights()).hasContent("same");
    assertThat(newest.state()).isEqualTo(at(250, 0.5));
    assertThat(names()).containsExactly("step-000000250");
  }

  @Test
  void newest_killedWhileWriting_isTheOneBefore() throws IOException {
    checkpoints().write(at(250, 0.1), weights("whole"));
    Path partial = Files.createDirectory(temp.resolve("partial-12345"));
    Files.writeString(partial.resolve("weights"), "half");

    assertThat(checkpoints().newest().orElseThrow().state().step()).isEqualTo(250);
    checkpoints().write(at(500, 0.1), weights("whole"));
    assertThat(names()).containsExactlyInAnyOrder("step-000000250", "step-000000500");
  }

  @Test
  void write_diskFull_namesTheLastGoodAndLeavesNothingHalf() {
    Checkpoints checkpoints = checkpoints();
    Consumer<Path> full =
        prefix -> {
          weights("half").accept(prefix);
          throw new UncheckedIOException(new IOException("No space left on device\nat byte 5"));
        };
    assertThatThrownBy(() -> checkpoints.write(at(250, 0.1), full))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of step 250 cannot be written to " + temp)
        .hasMessageContaining("No space left on device)")
        .hasMessageEndingWith("there is no checkpoint yet");
    checkpoints.write(at(250, 0.1), weights("whole"));

    assertThatThrownBy(() -> checkpoints.write(at(500, 0.1), full))
        .isInstanceOf(TrainingException.class)
        .hasMessageEndingWith("the last good checkpoint is " + temp.resolve("step-000000250"));
    assertThat(names()).containsExactly("step-000000250");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "state.properties"})
  void newest_fileMissingOrCutOffAnywhere_isTheOneBeforeAndSaidSo(String name) throws IOException {
    checkpoints().write(at(250, 0.1), weights("before"));
    Path file = checkpoints().write(at(500, 0.1), weights("0123456789")).folder().resolve(name);
    byte[] whole = Files.readAllBytes(file);
    int step = Math.max(1, whole.length / 25);
    // A name of its own behind the dots, so that its last bytes matter too.
    for (int length = whole.length - step; length >= 0; length -= step) {
      write(file, whole, length);

      assertThat(checkpoints().newest().orElseThrow().state().step())
          .as("cut at %d", length)
          .isEqualTo(250);
      assertThat(notes).hasSize(1);
      assertThat(notes.get(0)).contains("step-000000500 is damaged (").contains("is not used");
      notes.clear();
      Files.move(temp.resolve("damaged-step-000000500"), temp.resolve("step-000000500"));
    }
    Files.delete(file);
    assertThat(checkpoints().newest().orElseThrow().state().step()).isEqualTo(250);
  }

  @Test
  void newest_byteChanged_isNotUsed() throws IOException {
    Path weights = checkpoints().write(at(250, 0.1), weights("0123456789")).weights();
    Files.writeString(weights, "0123456780");

    assertThat(checkpoints().newest()).isEmpty();
    assertThat(notes.get(0)).contains("weights is cut off or changed");
    checkpoints().write(at(500, 0.1), weights("new"));
    assertThat(names()).containsExactly("step-000000500");
  }

  @Test
  void newest_otherSettings_allDifferencesNamed() {
    checkpoints().write(at(250, 0.1), weights("of width 0.25"));
    Checkpoints other =
        new Checkpoints(temp, new TreeMap<>(Map.of("width", "0.5", "rate", "1")), notes::add);

    assertThatThrownBy(other::newest)
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "(rate is not set there and 1 here, width is 0.25 there and 0.5 here)")
        .hasMessageContaining("name another folder");
    assertThat(names()).containsExactly("step-000000250");
  }

  @Test
  void newest_otherVersion_isRefusedAndKept() throws IOException {
    Path old = Files.createDirectory(temp.resolve("step-000000250"));
    Files.writeString(old.resolve("state.properties"), "step=250\ntrainedMillis=1\n");

    assertThatThrownBy(() -> checkpoints().newest())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("written by another version");
    assertThat(names()).containsExactly("step-000000250");
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(temp, new TreeMap<>(Map.of("width", "0.25")), notes::add);
  }

  private static State at(long step, double score) {
    return new State(step, step * 10, OptionalDouble.of(score));
  }

  private static void write(Path file, byte[] bytes, int length) throws IOException {
    Files.write(file, Arrays.copyOf(bytes, length));
  }

  private Consumer<Path> weights(String content) {
    return prefix -> {
      try {
        Files.writeString(prefix, content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private List<String> names() {
    try (var children = Files.list(temp)) {
      return children.map(child -> String.valueOf(child.getFileName())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
