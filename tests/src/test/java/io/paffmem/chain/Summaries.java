package io.paffmem.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.app.Paffmem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as a user would, and reads the summaries that they write. */
final class Summaries {
  private Summaries() {}

  /** The summary of a command that must succeed. */
  static JsonNode run(Path folder, String... command) throws IOException {
    return run(0, folder, command);
  }

  /** The summary of a command that must end with that status. */
  static JsonNode run(int expectedStatus, Path folder, String... command) throws IOException {
    Path file = folder.resolve("summary.json");
    List<String> args = new ArrayList<>(List.of(command));
    args.add("--summary");
    args.add(file.toString());
    assertThat(Paffmem.execute(args.toArray(String[]::new)))
        .as("exit status of %s", args)
        .isEqualTo(expectedStatus);
    return new ObjectMapper().readTree(file.toFile());
  }

  static void assertNothingLostOrDoubled(JsonNode summary) {
    assertThat(summary.get("lost").asLong()).as("lost").isZero();
    assertThat(summary.get("duplicated").asLong()).as("duplicated").isZero();
    assertThat(summary.get("events").asLong() + summary.get("deadLetters").asLong())
        .as("events and dead letters")
        .isEqualTo(summary.get("faces").asLong());
  }
}
