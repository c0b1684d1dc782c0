package io.paffmem.app.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.SeedingPolicy;
import io.paffmem.memory.guard.GuardConfig;
import io.paffmem.topology.config.TopologyConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class StageOptionsTest {
  @Command
  private static final class Any {
    @Mixin StageOptions stages = new StageOptions();
  }

  @Test
  void topology_noLimitNamed_isTheCommandsOwn() {
    assertThat(topology(WaitingLimit.AT_ONCE).answersAtOnce()).isTrue();
    assertThat(topology(WaitingLimit.NONE).waitingLimit()).isNull();
  }

  @Test
  void topology_limitNamed_isThat() {
    assertThat(topology(WaitingLimit.NONE, "--waiting-limit=0").answersAtOnce()).isTrue();
    assertThat(topology(WaitingLimit.AT_ONCE, "--waiting-limit=none").waitingLimit()).isNull();
    assertThat(topology(WaitingLimit.NONE, "--waiting-limit=1.5").waitingLimit())
        .isEqualTo(Duration.ofMillis(1500));
    assertThat(topology(WaitingLimit.NONE, "--waiting-limit=0.0001").waitingLimit())
        .isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void topology_seedingNamed_isThat() {
    assertThat(topology(WaitingLimit.NONE).seeding()).isEqualTo(SeedingPolicy.byNeed());
    assertThat(topology(WaitingLimit.NONE, "--seeding=every-frame").seeding())
        .isEqualTo(SeedingPolicy.everyFrame());
    assertThat(topology(WaitingLimit.NONE, "--seeding=by-need").seeding())
        .isEqualTo(SeedingPolicy.byNeed());
  }

  @Test
  void topology_guardNamed_isOnUnlessOff() {
    assertThat(topology(WaitingLimit.NONE).guard()).isEqualTo(GuardConfig.standard());
    assertThat(topology(WaitingLimit.NONE, "--guard=on").guard()).isNotNull();
    assertThat(topology(WaitingLimit.NONE, "--guard", "off").guard()).isNull();
    assertThatThrownBy(() -> topology(WaitingLimit.NONE, "--guard=no"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("must be on or off; it is 'no'");
  }

  @Test
  void parse_whatIsNeither_isRefusedNamingIt() {
    for (String value : new String[] {"-1", "NaN", "never", ""}) {
      assertThatThrownBy(() -> topology(WaitingLimit.NONE, "--waiting-limit=" + value))
          .isInstanceOf(ParameterException.class)
          .hasMessageContaining("--waiting-limit")
          .hasMessageContaining("0 for not at all, or none; it is '" + value + "'");
    }
    assertThatThrownBy(() -> topology(WaitingLimit.NONE, "--seeding=some"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("must be by-need or every-frame; it is 'some'");
  }

  private static TopologyConfig topology(WaitingLimit usual, String... args) {
    Any command = new Any();
    new CommandLine(command).parseArgs(args);
    return command.stages.topology("pk", 1, usual);
  }
}
