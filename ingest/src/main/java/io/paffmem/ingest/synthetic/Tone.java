package io.paffmem.ingest.synthetic;

import java.awt.Color;

/** Arithmetic on colours packed as 0xRRGGBB. */
final class Tone {
  private Tone() {}

  /** From {@code a} (share 0) to {@code b} (share 1). */
  static int mix(int a, int b, float share) {
    int red = blend(a >> 16 & 255, b >> 16 & 255, share);
    int green = blend(a >> 8 & 255, b >> 8 & 255, share);
    int blue = blend(a & 255, b & 255, share);
    return red << 16 | green << 8 | blue;
  }

  /** Each channel times its factor, at most 255. */
  static int scale(int rgb, float red, float green, float blue) {
    return limit((rgb >> 16 & 255) * red) << 16
        | limit((rgb >> 8 & 255) * green) << 8
        | limit((rgb & 255) * blue);
  }

  static int scale(int rgb, float factor) {
    return scale(rgb, factor, factor, factor);
  }

  /** The entry at a place in [0, 1] along a palette, interpolated. */
  static int along(int[] palette, float place) {
    float at = Math.max(0, Math.min(1, place)) * (palette.length - 1);
    int index = Math.min(palette.length - 2, (int) at);
    return mix(palette[index], palette[index + 1], at - index);
  }

  static Color color(int rgb) {
    return new Color(rgb);
  }

  static Color color(int rgb, float alpha) {
    return new Color((limit(alpha * 255) << 24) | (rgb & 0xFFFFFF), true);
  }

  static int limit(float channel) {
    return channel <= 0 ? 0 : channel >= 255 ? 255 : (int) (channel + 0.5f);
  }

  private static int blend(int a, int b, float share) {
    return limit(a + (b - a) * share);
  }
}
