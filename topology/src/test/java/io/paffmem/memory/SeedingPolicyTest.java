package io.paffmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paffmem.memory.SeedingPolicy.ByNeed;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedingPolicyTest {
  private static final float[] HERE = {0.5f, 0};

  @Test
  void byNeed_theFirst_isAlwaysWanted() {
    assertThat(SeedingPolicy.byNeed().wants(List.of(), HERE)).isTrue();
  }

  @Test
  void byNeed_asFarAsTheDistance_isNotWantedYet() {
    ByNeed policy = new ByNeed(0.25f, 8);

    assertThat(policy.wants(List.of(HERE), new float[] {0, 0})).isFalse();
    assertThat(policy.wants(List.of(HERE), new float[] {-0.001f, 0})).isTrue();
    assertThat(policy.wants(List.of(new float[] {-1, 0}, HERE), new float[] {0.1f, 0})).isFalse();
  }

  @Test
  void byNeed_withAllViews_wantsNoMore() {
    ByNeed policy = new ByNeed(0.25f, 1);

    assertThat(policy.wants(List.of(HERE), new float[] {-1, 0})).isFalse();
  }

  @Test
  void most_isOfTheFirstFrames() {
    assertThat(SeedingPolicy.byNeed().most(25)).isEqualTo(7);
    assertThat(SeedingPolicy.byNeed().most(3)).isEqualTo(3);
    assertThat(SeedingPolicy.everyFrame().most(25)).isEqualTo(25);
    assertThat(SeedingPolicy.everyFrame().wants(List.of(HERE), HERE)).isTrue();
  }

  @Test
  void byNeed_numbersOutOfRange_areRefused() {
    assertThatThrownBy(() -> new ByNeed(0, 8)).hasMessageContaining("distance = 0.0");
    assertThatThrownBy(() -> new ByNeed(Float.NaN, 8)).hasMessageContaining("distance = NaN");
    assertThatThrownBy(() -> new ByNeed(0.5f, 0)).hasMessageContaining("views = 0");
  }
}
