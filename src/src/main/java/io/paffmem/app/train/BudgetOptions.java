package io.paffmem.app.train;

import io.paffmem.start.Problems;
import io.paffmem.training.TrainingBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a network is trained. */
final class BudgetOptions {
  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "Time to train, resumed runs included. Default 60, of 'train identity' 6, or no limit"
              + " with"
              + " --steps.")
  private @Nullable Double minutes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Steps to train, resumed runs included; with --minutes, whichever comes first. With steps"
              + " alone, the same command gives the same network on the same machine.")
  private @Nullable Long steps;

  /**
   * The budget.
   *
   * @param standardMinutes where neither time nor steps are given
   */
  TrainingBudget budget(double standardMinutes) {
    double limit = minutes != null ? minutes : standardMinutes;
    Optional<Duration> time =
        minutes == null && steps != null
            ? Optional.empty()
            : Optional.of(Duration.ofMillis(Math.max(1, Math.round(limit * 60_000))));
    return new TrainingBudget(steps == null ? OptionalLong.empty() : OptionalLong.of(steps), time);
  }

  void check(Problems problems) {
    problems.addIf(
        minutes != null && !(minutes > 0 && Double.isFinite(minutes)),
        "--minutes is %s, must be above 0",
        minutes);
    problems.addIf(steps != null && steps < 1, "--steps is %s, must be at least 1", steps);
  }
}
