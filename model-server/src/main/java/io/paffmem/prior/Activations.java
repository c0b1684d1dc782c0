package io.paffmem.prior;

/**
 * Where an encoder looks: the activation of its last convolution after the ReLU, averaged over the
 * channels.
 *
 * @param means faces x side x side, rows from the top, 0 and up
 * @param side cells from edge to edge of the face, at least 2
 */
public record Activations(float[] means, int side) {

  /**
   * The activation at a place of a face, bilinear between the middles of the cells.
   *
   * @param face from 0
   * @param x 0 at the left edge of the face to 1 at its right edge
   * @param y 0 at the top to 1 at the bottom
   */
  public float at(int face, float x, float y) {
    float across = Math.max(0, Math.min(side - 1, x * side - 0.5f));
    float down = Math.max(0, Math.min(side - 1, y * side - 0.5f));
    int left = Math.min(side - 2, (int) across);
    int top = Math.min(side - 2, (int) down);
    float fromLeft = across - left;
    float fromTop = down - top;
    int cell = (face * side + top) * side + left;
    float above = means[cell] * (1 - fromLeft) + means[cell + 1] * fromLeft;
    float below = means[cell + side] * (1 - fromLeft) + means[cell + side + 1] * fromLeft;
    return above * (1 - fromTop) + below * fromTop;
  }
}
