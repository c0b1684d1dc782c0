package io.paffmem.evaluation.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.imagine.ImaginedFaces;
import io.paffmem.prior.IdentityModel;
import org.junit.jupiter.api.Test;

final class ImaginedTest {
  private static final double ROUNDING = 1e-6;

  /** Who it is, as a direction: the first byte is its angle in degrees. */
  private static final IdentityModel FIRST_BYTE =
      new IdentityModel() {
        @Override
        public float[] embed(byte[] rgb, int faces) {
          float[] embedded = new float[2 * faces];
          for (int i = 0; i < faces; i++) {
            double angle = Math.toRadians(rgb[i * PlainPrior.BYTES]);
            embedded[2 * i] = (float) Math.cos(angle);
            embedded[2 * i + 1] = (float) Math.sin(angle);
          }
          return embedded;
        }

        @Override
        public int size() {
          return 2;
        }

        @Override
        public int version() {
          return 1;
        }
      };

  @Test
  void cosines_imaginationIsTrue_one() {
    ImaginedChanges.Cosines cosines = changes(1);

    assertThat(cosines.faces()).isEqualTo(2);
    assertThat(cosines.cosine()).isCloseTo(1, within(ROUNDING));
    assertThat(cosines.cornerCosine()).isCloseTo(1, within(ROUNDING));
    assertThat(cosines.minimumCosine()).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void cosines_imaginationIsTheOpposite_minusOneAtTheCorners() {
    assertThat(changes(-1).cornerCosine()).isCloseTo(-1, within(ROUNDING));
  }

  @Test
  void cosines_nothingImagined_zeroAndNotNothing() {
    // With gain 0 the faces, which are neutral, stay as they are.
    assertThat(changes(0).cosine()).isEqualTo(0);
  }

  @Test
  void cosines_noTrueChange_cellHasNoFigure() {
    ImaginedChanges.Cosines cosines = changes(1);

    assertThat(cosines.cells().get(4).arousal()).isZero();
    assertThat(cosines.cells().get(4).valence()).isZero();
    assertThat(cosines.cells().get(4).cosine()).isNull();
    assertThat(cosines.cells()).filteredOn(cell -> cell.cosine() == null).hasSize(1);
  }

  @Test
  void cosines_oneCellWrong_isTheMinimum() {
    float[] grid = ImaginedFaces.grid(3);
    ImaginedChanges changes = new ImaginedChanges(new PlainPrior(1), grid);
    byte[] pictures = pictures(grid, 0);
    // The true face at (-1, -1) is taken for the one at (1, 1).
    pictures[PlainPrior.BYTES + 1] = 100;
    pictures[PlainPrior.BYTES + 2] = 100;

    changes.add(pictures);

    assertThat(changes.cosines().minimumCosine()).isCloseTo(-1, within(ROUNDING));
    assertThat(changes.cosines().cornerCosine()).isCloseTo(0.5, within(ROUNDING));
    assertThat(changes.cosines().cosine()).isCloseTo(6 / 8.0, within(ROUNDING));
  }

  @Test
  void cosines_nothingTaken_noFigures() {
    ImaginedChanges.Cosines cosines =
        new ImaginedChanges(new PlainPrior(1), ImaginedFaces.grid(3)).cosines();

    assertThat(cosines.cosine()).isNull();
    assertThat(cosines.minimumCosine()).isNull();
  }

  @Test
  void shares_identityKept_all() {
    ImaginedIdentity identity = identity();
    person(identity, 0, 5, 5);
    person(identity, 45, 40, 50);
    person(identity, 90, 85, 85);

    ImaginedIdentity.Shares shares = identity.shares();

    assertThat(shares.people()).isEqualTo(3);
    assertThat(shares.faces()).isEqualTo(27);
    assertThat(shares.aboveAnother()).isEqualTo(1);
    assertThat(shares.aboveAll()).isEqualTo(1);
    assertThat(shares.trueAboveAnother()).isEqualTo(1);
  }

  @Test
  void shares_oneFaceLikeSomebodyElse_countedByPairAndByFace() {
    ImaginedIdentity identity = identity();
    person(identity, 0, 0, 0);
    person(identity, 45, 45, 45);
    // Imagined, this one is nearer to the second than to the own pictures, not nearer to the first.
    person(identity, 50, 90, 90);

    ImaginedIdentity.Shares shares = identity.shares();

    assertThat(shares.aboveAnother()).isCloseTo(5 / 6.0, within(ROUNDING));
    assertThat(shares.aboveAll()).isCloseTo(2 / 3.0, within(ROUNDING));
  }

  @Test
  void shares_onePerson_noFigures() {
    ImaginedIdentity identity = identity();
    person(identity, 0, 0, 0);

    assertThat(identity.shares().aboveAnother()).isNull();
    assertThat(identity.shares().trueAboveAll()).isNull();
  }

  private static ImaginedIdentity identity() {
    return new ImaginedIdentity(new PlainPrior(1), FIRST_BYTE, ImaginedFaces.grid(3));
  }

  private static void person(ImaginedIdentity identity, int from, int reference, int another) {
    byte[] others = new byte[2 * PlainPrior.BYTES];
    others[0] = (byte) reference;
    others[PlainPrior.BYTES] = (byte) another;
    identity.add(PlainPrior.face(from), others, 2);
  }

  private static ImaginedChanges.Cosines changes(float gain) {
    float[] grid = ImaginedFaces.grid(3);
    ImaginedChanges changes = new ImaginedChanges(new PlainPrior(gain), grid);
    changes.add(pictures(grid, 0));
    changes.add(pictures(grid, 70));
    return changes.cosines();
  }

  /** A neutral face, then its true faces. */
  private static byte[] pictures(float[] grid, int person) {
    int cells = grid.length / 2;
    byte[] pictures = new byte[(1 + cells) * PlainPrior.BYTES];
    pictures[0] = (byte) person;
    for (int cell = 0; cell < cells; cell++) {
      int at = (1 + cell) * PlainPrior.BYTES;
      pictures[at] = (byte) person;
      pictures[at + 1] = (byte) Math.round(100 * grid[2 * cell]);
      pictures[at + 2] = (byte) Math.round(100 * grid[2 * cell + 1]);
    }
    return pictures;
  }
}
