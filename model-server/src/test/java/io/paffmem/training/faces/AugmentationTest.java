package io.paffmem.training.faces;

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
        byte[] into = changed(Augmentation.WHOLE, face, random);
        for (byte value : into) {
          assertThat(value).isEqualTo(into[0]);
        }
        seen.add(into[0] & 0xFF);
      }
      // Contrast 35 % of the distance to the middle, brightness 17.5 % of the range, and a gamma
      // that
      // moves the middle by 33 at most; no wrapping.
      int most = (int) Math.ceil(0.35 * (Math.abs(level - 128) + 33) + 44.625 + 33) + 1;
      assertThat(seen).allMatch(value -> Math.abs(value - level) <= most).hasSizeGreaterThan(5);
    }
  }

  @Test
  void apply_turnedOff_isTheFaceOrItsMirrorImage() {
    Augmentation none = new Augmentation(0, 0, 0, 0, 0, 0, 0);
    LabelledFace face = noise(2);
    byte[] mirrored = new byte[SIDE * SIDE];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = face.grey()[i / SIDE * SIDE + SIDE - 1 - i % SIDE];
    }
    Random random = new Random(3);
    int asIs = 0;
    for (int draw = 0; draw < 40; draw++) {
      byte[] into = changed(none, face, random);
      if (Arrays.equals(into, face.grey())) {
        asIs++;
      } else {
        assertThat(into).isEqualTo(mirrored);
      }
    }

    assertThat(asIs).isBetween(5, 35);
  }

  @Test
  void apply_alwaysPatched_aRectangleIsOfOneGreyAndTheRestIsTheFace() {
    Augmentation patching = new Augmentation(0, 0, 0, 0, 0, 1, 0);
    byte[] grey = new byte[96 * 96];
    Arrays.fill(grey, (byte) 7);
    LabelledFace face = new LabelledFace(grey, 96, 0, 0, "p");
    Random random = new Random(5);
    for (int draw = 0; draw < 200; draw++) {
      byte[] into = new byte[96 * 96];
      patching.draw(random).apply(face, 96, into, 0);

      Set<Byte> others = new HashSet<>();
      int covered = 0;
      for (byte value : into) {
        if (value != 7) {
          others.add(value);
          covered++;
        }
      }
      assertThat(others).hasSizeLessThanOrEqualTo(1);
      // 12 to 35 pixels a side, less one where a rounded edge falls short; or a band as wide as the
      // face over the eyes (19 rows) or the lower face (32 or 33).
      assertThat(covered)
          .matches(n -> n == 0 || (n >= 11 * 11 && n <= 36 * 36) || (n / 96 >= 18 && n / 96 <= 34));
    }
  }

  @Test
  void apply_coarse_keepsTheFaceAndLosesItsDetail() {
    Augmentation coarse = new Augmentation(0, 0, 0, 0, 1, 0, 0);
    byte[] grey = new byte[96 * 96];
    for (int i = 0; i < grey.length; i++) {
      // Bright on one half with a pattern of single pixels, dark on the other.
      grey[i] = (byte) (i / 96 < 48 ? 150 + 60 * ((i + i / 96) % 2) : 20);
    }
    LabelledFace face = new LabelledFace(grey, 96, 0, 0, "p");
    Random random = new Random(8);
    for (int draw = 0; draw < 20; draw++) {
      byte[] into = new byte[96 * 96];
      coarse.draw(random).apply(face, 96, into, 0);

      assertThat(contrast(into)).isLessThan(0.8 * contrast(grey));
      assertThat(into[10 * 96 + 48] & 0xFF).isBetween(140, 220);
      assertThat(into[80 * 96 + 48] & 0xFF).isEqualTo(20);
    }
  }

  /** Mean difference of neighbours in the upper third. */
  private static double contrast(byte[] grey) {
    double sum = 0;
    for (int i = 0; i < 32 * 96; i++) {
      sum += Math.abs((grey[i] & 0xFF) - (grey[i + 1] & 0xFF));
    }
    return sum / (32 * 96);
  }

  @Test
  void draw_sameSeed_isTheSameChange() {
    LabelledFace face = noise(4);

    assertThat(changed(Augmentation.PATCHED, face, new Random(9)))
        .isEqualTo(changed(Augmentation.PATCHED, face, new Random(9)));
    assertThat(changed(Augmentation.PATCHED, face, new Random(9)))
        .isNotEqualTo(changed(Augmentation.PATCHED, face, new Random(10)));
  }

  @Test
  void apply_toTwoFaces_changesThemAlike() {
    LabelledFace face = noise(5);
    LabelledFace twin = noise(5);
    Random random = new Random(6);
    for (int draw = 0; draw < 20; draw++) {
      Augmentation.Change change = Augmentation.WHOLE.draw(random);
      byte[] into = new byte[2 + SIDE * SIDE];
      byte[] other = new byte[2 + SIDE * SIDE];
      change.apply(face, SIDE, into, 2);
      change.apply(twin, SIDE, other, 2);

      assertThat(other).isEqualTo(into).isNotEqualTo(new byte[other.length]);
    }
  }

  private static byte[] changed(Augmentation augmentation, LabelledFace face, Random random) {
    byte[] into = new byte[SIDE * SIDE];
    augmentation.draw(random).apply(face, SIDE, into, 0);
    return into;
  }

  private static LabelledFace noise(long seed) {
    byte[] grey = new byte[SIDE * SIDE];
    new Random(seed).nextBytes(grey);
    return new LabelledFace(grey, SIDE, 0, 0, "p");
  }
}
