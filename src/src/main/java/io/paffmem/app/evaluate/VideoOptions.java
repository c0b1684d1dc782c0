package io.paffmem.app.evaluate;

import io.paffmem.start.Problems;
import picocli.CommandLine.Option;

/** Of whom synthetic videos are rendered, and how long they are. */
final class VideoOptions {
  @Option(
      names = "--people",
      paramLabel = "N",
      description = "Synthetic people; default ${DEFAULT-VALUE}.")
  private int people = 20;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Length of each synthetic person's video; default ${DEFAULT-VALUE}.")
  private double seconds = 60;

  int people() {
    return people;
  }

  double seconds() {
    return seconds;
  }

  void check(Problems problems) {
    problems.addIf(people < 1 || people > 10_000, "--people is %s, must be 1 to 10000", people);
    problems.addIf(
        !(seconds > 0 && seconds <= 3600),
        "--seconds is %s, must be above 0, at most 3600",
        seconds);
  }
}
