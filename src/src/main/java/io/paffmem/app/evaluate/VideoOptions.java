package io.paffmem.app.evaluate;

import java.util.List;
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

  void check(List<String> problems) {
    if (people < 1 || people > 10_000) {
      problems.add("--people is " + people + ", must be 1 to 10000");
    }
    if (!(seconds > 0 && seconds <= 3600)) {
      problems.add("--seconds is " + seconds + ", must be above 0, at most 3600");
    }
  }
}
