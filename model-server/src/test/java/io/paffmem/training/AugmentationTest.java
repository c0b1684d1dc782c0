package io.paffmem.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int SIDE = 24;

  @Test
  void plain_equalSize_isIdentity() {
    LabelledFace face = noise(1);
    byte[] into = new byte[3 + SIDE * SIDE];

    Augmentation.plain(face, SIDE, into, 3);

    assertThat(Arrays.copyOfRange(into, 3, into.length)).isEqualTo(face.grey());
    assertThat(Arrays.copyOf(into, 3)).containsOnly(0);
  }

  @Test
  void plain_halfSize_keepsTheCentreInTheCentre() {
    byte[] grey = new byte[SIDE * SIDE];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (10 * (i % SIDE));
    }
    byte[] into = new byte[SIDE * SIDE / 4];

    Augmentation.plain(new LabelledFace(grey, SIDE, 0, 0, "p"), SIDE / 2, into, 0);

    // A result pixel is centred between two pixels of the ramp.
    for (int i = 0; i < into.length; i++) {
      assertThat(into[i] & 0xFF).isEqualTo(20 * (i % (SIDE / 2)) + 5);
    }
  }

  @Test
  void apply_constantFace_staysConstantAndInRange() {
    for (int level : new int[] {0, 128, 255}) {
      byte[] grey = new byte[SIDE * SIDE];
      Arrays.fill(grey, (byte) level);
      LabelledFace face = new LabelledFace(grey, SIDE, 0, 0, "p");
      Set<Integer> seen = new HashSet<>();
      Random random = new Random(level);
      for (int draw = 0; draw < 100; draw++) {
        byte[] into = changed(face, random);
        for (byte value : into) {
          assertThat(value).isEqualTo(into[0]);
        }
        seen.add(into[0] & 0xFF);
      }
      // Contrast 20 % of the distance to the middle and brightness 10 % of the range, no wrapping.
      int most = (int) Math.ceil(0.2 * Math.abs(level - 128) + 25.5) + 1;
      assertThat(seen).allMatch(value -> Math.abs(value - level) <= most).hasSizeGreaterThan(5);
    }
  }

  @Test
  void apply_turnedOff_isTheFaceOrItsMirrorImage() {
    Augmentation none = new Augmentation(0, 0, 0, 0);
    LabelledFace face = noise(2);
    byte[] mirrored = new byte[SIDE * SIDE];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = face.grey()[i / SIDE * SIDE + SIDE - 1 - i % SIDE];
    }
    Random random = new Random(3);
    int asIs = 0;
    for (int draw = 0; draw < 40; draw++) {
      byte[] into = new byte[SIDE * SIDE];
      none.apply(face, random, SIDE, into, new byte[0], 0);
      if (Arrays.equals(into, face.grey())) {
        asIs++;
      } else {
        assertThat(into).isEqualTo(mirrored);
      }
    }

    assertThat(asIs).isBetween(5, 35);
  }

  @Test
  void apply_sameSeed_isTheSameChange() {
    LabelledFace face = noise(4);

    assertThat(changed(face, new Random(9))).isEqualTo(changed(face, new Random(9)));
    assertThat(changed(face, new Random(9))).isNotEqualTo(changed(face, new Random(10)));
  }

  @Test
  void apply_editedFace_isChangedAlike() {
    LabelledFace twin = noise(5);
    LabelledFace face = new LabelledFace(twin.grey(), SIDE, 0, 0, "p", twin);
    Random random = new Random(6);
    for (int draw = 0; draw < 20; draw++) {
      byte[] into = new byte[2 + SIDE * SIDE];
      byte[] edited = new byte[2 + SIDE * SIDE];
      Augmentation.TRAINING.apply(face, random, SIDE, into, edited, 2);

      assertThat(edited).isEqualTo(into).isNotEqualTo(new byte[edited.length]);
    }
  }

  private static byte[] changed(LabelledFace face, Random random) {
    byte[] into = new byte[SIDE * SIDE];
    Augmentation.TRAINING.apply(face, random, SIDE, into, new byte[0], 0);
    return into;
  }

  private static LabelledFace noise(long seed) {
    byte[] grey = new byte[SIDE * SIDE];
    new Random(seed).nextBytes(grey);
    return new LabelledFace(grey, SIDE, 0, 0, "p");
  }
}
