package io.paffmem.app.run;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is declared about the frames that are published. */
final class DeclarationOptions {
  @Option(
      names = "--purpose",
      paramLabel = "TEXT",
      description = "What the frames are processed for; travels with each of them.")
  private @Nullable String purpose;

  @Option(
      names = "--consent",
      paramLabel = "REFERENCE",
      description =
          "Where your books have the consent of the people; travels with each frame. A model server"
              + " with --require-consent refuses frames without.")
  private @Nullable String consent;

  @Nullable String purpose() {
    return purpose;
  }

  @Nullable String consent() {
    return consent;
  }
}
