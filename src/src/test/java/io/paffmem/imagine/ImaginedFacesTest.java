package io.paffmem.imagine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.paffmem.prior.Activations;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ImaginedFacesTest {
  private static final int SIDE = Painter.SIDE;

  @Test
  void grid_fivePerAxis_cornersAndMiddleIncluded() {
    float[] grid = ImaginedFaces.grid(5);

    assertThat(grid).hasSize(50);
    assertThat(grid).startsWith(-1, -1, -1, -0.5f).endsWith(1, 0.5f, 1, 1);
    assertThat(grid[24]).isZero();
    assertThat(grid[25]).isZero();
  }

  @Test
  void drawSquare_arousalGoesUpwards_valenceRightwards() throws IOException {
    FaceSheet sheet = FaceSheet.bare(3, 3, SIDE);

    new ImaginedFaces(new Painter(), new float[] {0.5f}).drawSquare(sheet, 0, 3);

    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(sheet.jpeg()));
    assertThat(drawn.getWidth()).isEqualTo(3 * SIDE);
    assertThat(drawn.getHeight()).isEqualTo(3 * SIDE);
    assertColour(drawn, 0, 0, 228, 178, 28);
    assertColour(drawn, 2, 0, 228, 178, 228);
    assertColour(drawn, 1, 1, 128, 178, 128);
    assertColour(drawn, 0, 2, 28, 178, 28);
  }

  @Test
  void drawFigure2_editsInOrder_withTheHeatOfEachBelow() throws IOException {
    FaceSheet sheet = FaceSheet.bare(3, 2, SIDE);

    new ImaginedFaces(new Painter(), new float[] {0}).drawFigure2(sheet, null);

    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(sheet.jpeg()));
    assertColour(drawn, 0, 0, 28, 128, 28);
    assertColour(drawn, 1, 0, 128, 128, 128);
    assertColour(drawn, 2, 0, 228, 128, 228);
    // Half of each face shines through: no activation is black, the largest pale yellow.
    assertColour(drawn, 0, 1, 14, 64, 16);
    assertColour(drawn, 1, 1, 64, 64, 66);
    assertColour(drawn, 2, 1, 240, 191, 196);
  }

  @Test
  void heat_activationOnTheLeft_lightThereAndDarkOnTheRight() throws IOException {
    FaceSheet sheet = FaceSheet.captioned(1, 1, 2);
    sheet.face(0, 0, new byte[12], 0);
    sheet.heat(0, 0, new Activations(new float[] {4, 0, 4, 0}, 2), 0, 4);

    BufferedImage written = ImageIO.read(new ByteArrayInputStream(sheet.png()));
    int left = written.getRGB(28 + 5, 28 + 64);
    int right = written.getRGB(28 + 122, 28 + 64);
    assertThat(left >> 16 & 0xFF).isGreaterThan(100);
    assertThat(left >> 8 & 0xFF).isGreaterThan(100);
    assertThat(right & 0xFFFFFF).isLessThan(30);
  }

  private static void assertColour(
      BufferedImage drawn, int column, int row, int red, int green, int blue) {
    int rgb = drawn.getRGB(column * SIDE + SIDE / 2, row * SIDE + SIDE / 2);
    assertThat(rgb >> 16 & 0xFF).isCloseTo(red, within(8));
    assertThat(rgb >> 8 & 0xFF).isCloseTo(green, within(8));
    assertThat(rgb & 0xFF).isCloseTo(blue, within(8));
  }
}
