package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.training.Checkpoints.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir private Path temp;

  @Test
  void newest_noFolderOrEmptyFolder_isNone() {
    assertThat(new Checkpoints(temp).newest()).isEmpty();
    assertThat(new Checkpoints(temp.resolve("nowhere")).newest()).isEmpty();
  }

  @Test
  void write_checkpoint_isNewestWithItsStateAndWeights() throws IOException {
    Checkpoints checkpoints = new Checkpoints(temp.resolve("run"));

    checkpoints.write(new State(250, 61_000), weights("first"));

    Path newest = checkpoints.newest().orElseThrow();
    assertThat(Checkpoints.state(newest)).isEqualTo(new State(250, 61_000));
    assertThat(Checkpoints.weights(newest)).hasContent("first");
  }

  @Test
  void write_severalCheckpoints_keepsTheTwoNewest() {
    Checkpoints checkpoints = new Checkpoints(temp);
    // In an order of digits, 1000 would come before 250.
    for (long step : new long[] {250, 500, 1_000, 10_000}) {
      checkpoints.write(new State(step, step), weights("at " + step));
    }

    assertThat(Checkpoints.state(checkpoints.newest().orElseThrow()).step()).isEqualTo(10_000);
    assertThat(names()).containsExactlyInAnyOrder("step-000001000", "step-000010000");
  }

  @Test
  void write_sameStepAgain_replacesIt() {
    Checkpoints checkpoints = new Checkpoints(temp);
    checkpoints.write(new State(250, 1), weights("old"));

    checkpoints.write(new State(250, 2), weights("new"));

    Path newest = checkpoints.newest().orElseThrow();
    assertThat(Checkpoints.weights(newest)).hasContent("new");
    assertThat(Checkpoints.state(newest).trainedMillis()).isEqualTo(2);
  }

  @Test
  void newest_partialCheckpoint_isIgnoredAndRemovedByTheNextWrite() {
    Checkpoints checkpoints = new Checkpoints(temp);
    checkpoints.write(new State(250, 1), weights("whole"));
    assertThatThrownBy(
            () ->
                checkpoints.write(
                    new State(500, 2),
                    prefix -> {
                      weights("half").accept(prefix);
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");

    assertThat(names()).hasSize(2).contains("step-000000250");
    assertThat(Checkpoints.state(checkpoints.newest().orElseThrow()).step()).isEqualTo(250);
    checkpoints.write(new State(500, 2), weights("whole"));
    assertThat(names()).containsExactlyInAnyOrder("step-000000250", "step-000000500");
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
      return children.map(child -> child.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
