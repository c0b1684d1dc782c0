package io.paffmem.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ImageEndTest {
  @ParameterizedTest
  @EnumSource(Images.Kind.class)
  void isReached_cutAnywhere_isFalse(Images.Kind kind) throws IOException {
    byte[] whole = Images.noise(40, 30, kind);

    for (int length = 2; length < whole.length; length++) {
      assertThat(ImageEnd.isReached(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(ImageEnd.isReached(whole)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Images.Kind.class)
  void isReached_moreBehind_isTrue(Images.Kind kind) throws IOException {
    byte[] whole = Images.noise(40, 30, kind);

    assertThat(ImageEnd.isReached(Arrays.copyOf(whole, whole.length + 100))).isTrue();
  }
}
