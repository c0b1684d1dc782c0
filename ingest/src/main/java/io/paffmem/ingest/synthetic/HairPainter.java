package io.paffmem.ingest.synthetic;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.SplittableRandom;

/** Paints the hair: what hangs behind the head, and what lies on it. */
final class HairPainter {
  private final Canvas canvas;
  private final HeadSpace head;
  private final Appearance look;
  private final int dark;
  private final int light;

  /** The hairline of the cap over the left of the face, the middle and the right. */
  private float leftY;

  private float middleY;
  private float rightY;

  HairPainter(Canvas canvas, Appearance look) {
    this.canvas = canvas;
    this.head = canvas.head;
    this.look = look;
    dark = Tone.scale(look.hairColor, 0.55f);
    light = Tone.mix(look.hairColor, 0xFFE8C8, 0.28f);
  }

  void paintBehind() {
    switch (look.hair) {
      case LONG -> paintCurtain(2.6f, 1.28f);
      case BOB -> paintCurtain(1.45f, 1.3f);
      case CURLY -> paintCurls(18, 0.36f, 1.3f, -0.3f);
      case UPDO -> {
        head.projectDeep(0, look.crownY - 0.3f, -0.2f);
        disc(0.5f, look.hairColor, 1);
        disc(0.3f, light, 0.25f);
      }
      default -> {}
    }
  }

  private void paintCurtain(float bottom, float wide) {
    float width = wide * look.faceWidth + 0.5f * look.hairVolume;
    float top = look.crownY - look.hairVolume;
    Path2D shape =
        head.begin()
            .toDeep(0, top, -0.1f)
            .toDeep(0.85f * width, top + 0.45f, -0.1f)
            .toDeep(width, 0.2f, -0.2f)
            .toDeep(width, 0.75f * bottom, -0.2f)
            .toDeep(0.75f * width, bottom, -0.2f)
            .toDeep(0, bottom - 0.1f, -0.3f)
            .toDeep(-0.75f * width, bottom, -0.2f)
            .toDeep(-width, 0.75f * bottom, -0.2f)
            .toDeep(-width, 0.2f, -0.2f)
            .toDeep(-0.85f * width, top + 0.45f, -0.1f)
            .closed();
    canvas.fill(shape, Tone.mix(look.hairColor, dark, 0.45f), 1);
  }

  void paintFront() {
    switch (look.hair) {
      case BALD -> canvas.blob(-0.2f, look.crownY + 0.35f, 0, 0.4f, 0.22f, look.skinLight, 0.5f);
      case RECEDING -> paintSides();
      case BUZZ -> {
        paintCap(0.02f, look.hairlineY, 0, 0.8f);
      }
      case SHORT -> {
        paintCap(look.hairVolume, look.hairlineY, 0.08f, 1);
        strands(16, 0);
      }
      case SIDE_PART -> {
        paintCap(look.hairVolume + 0.04f, look.hairlineY + 0.06f, 0.3f, 1);
        strands(20, 0.5f);
      }
      case CURLY -> {
        paintCap(0.12f, look.hairlineY, 0, 1);
        paintCurls(13, 0.25f, 0.84f, -0.6f);
      }
      case BOB -> {
        // A fringe over the forehead.
        paintCap(look.hairVolume, look.hairlineY + 0.36f, 0.06f, 1);
        locks(1.3f);
        strands(20, 0.15f);
      }
      case LONG -> {
        paintCap(look.hairVolume, look.hairlineY, -0.2f, 1);
        locks(1.9f);
        strands(20, 0.4f);
      }
      case UPDO -> {
        paintCap(0.06f, look.hairlineY, -0.08f, 1);
        strands(16, 0.25f);
      }
    }
  }

  /** Hair on the skull down to the hairline; sweep lifts the line on the side of the parting. */
  private void paintCap(float volume, float lineY, float sweep, float alpha) {
    float width = look.faceWidth;
    float top = look.crownY - volume;
    float out = width + 0.04f + 0.4f * volume;
    float part = look.partSide;
    leftY = sweep < 0 ? lineY - sweep : lineY + sweep * (part < 0 ? -0.4f : 1);
    rightY = sweep < 0 ? lineY - sweep : lineY + sweep * (part < 0 ? 1 : -0.4f);
    middleY = lineY + Math.min(0, sweep);
    Path2D cap =
        head.begin()
            .toDeep(-out, 0.15f, 0)
            .toDeep(-out - 0.03f, -0.6f, 0)
            .toDeep(-0.75f * out, top + 0.28f, 0)
            .toDeep(0, top, 0)
            .toDeep(0.75f * out, top + 0.28f, 0)
            .toDeep(out + 0.03f, -0.6f, 0)
            .toDeep(out, 0.15f, 0)
            .toDeep(width - 0.06f, 0.12f, 0.15f)
            .toDeep(width - 0.09f, -0.35f, 0.2f)
            .to(0.72f * width, rightY + 0.14f)
            .to(0.4f * width, rightY)
            .to(0, middleY)
            .to(-0.4f * width, leftY)
            .to(-0.72f * width, leftY + 0.14f)
            .toDeep(-width + 0.09f, -0.35f, 0.2f)
            .toDeep(-width + 0.06f, 0.12f, 0.15f)
            .closed();
    canvas.fill(cap, look.hairColor, alpha);
    canvas.blob(-0.3f, look.crownY + 0.25f, 0, 0.65f, 0.22f, light, 0.4f * alpha);
  }

  /** A rim of hair round a bare crown. */
  private void paintSides() {
    float width = look.faceWidth;
    for (int side = -1; side <= 1; side += 2) {
      Path2D patch =
          head.begin()
              .toDeep(side * (width - 0.06f), 0.15f, 0.15f)
              .toDeep(side * (width + 0.07f), 0.1f, 0)
              .toDeep(side * (width + 0.1f), -0.55f, 0)
              .toDeep(side * 0.82f * width, look.crownY + 0.35f, 0)
              .toDeep(side * 0.78f * width, -0.85f, 0.3f)
              .toDeep(side * 0.9f * width, -0.45f, 0.2f)
              .closed();
      canvas.fill(patch, look.hairColor, 0.92f);
    }
    canvas.blob(0, look.crownY + 0.35f, 0, 0.4f, 0.2f, look.skinLight, 0.5f);
  }

  /** Hair that hangs in front of the ears. */
  private void locks(float bottom) {
    float width = look.faceWidth;
    for (int side = -1; side <= 1; side += 2) {
      Path2D lock =
          head.begin()
              .toDeep(side * 0.7f * width, look.crownY + 0.2f, 0.1f)
              .toDeep(side * (1.12f * width + 0.4f * look.hairVolume), -0.5f, 0)
              .toDeep(side * (1.22f * width + 0.5f * look.hairVolume), 0.5f, 0)
              .toDeep(side * 1.2f * width, bottom, 0)
              .toDeep(side * 1.0f * width, bottom - 0.15f, 0.1f)
              .toDeep(side * 0.94f * width, 0.5f, 0.15f)
              .toDeep(side * 0.9f * width, -0.35f, 0.2f)
              .closed();
      canvas.fill(lock, look.hairColor, 1);
      Path2D strand =
          head.begin()
              .toDeep(side * 1.02f * width, -0.6f, 0.05f)
              .toDeep(side * 1.1f * width, 0.4f, 0.05f)
              .toDeep(side * 1.1f * width, bottom - 0.15f, 0.05f)
              .open();
      canvas.stroke(strand, 0.04f, light, 0.4f);
    }
  }

  /** Fine lines from the crown to just above the hairline. */
  private void strands(int count, float sweep) {
    SplittableRandom random = new SplittableRandom(look.hairSeed);
    float top = look.crownY - 0.6f * look.hairVolume;
    float root = -0.5f * sweep * look.partSide;
    for (int i = 0; i < count; i++) {
      float t = 2 * (i + (float) random.nextDouble()) / count - 1;
      float side = Math.min(1, 2.2f * Math.abs(t));
      float line = middleY + side * ((t < 0 ? leftY : rightY) - middleY);
      float bottom = line - 0.05f + 0.14f * Math.max(0, Math.abs(t) - 0.4f) / 0.6f;
      float startX = root + (0.7f - 0.4f * sweep) * t;
      float endX = 0.78f * look.faceWidth * t;
      float startY = top + 0.12f + 0.25f * t * t;
      Path2D strand =
          head.begin()
              .toDeep(startX, startY, 0.15f)
              .to(0.5f * (startX + endX) + 0.05f * t, 0.5f * (startY + bottom))
              .to(endX, bottom)
              .open();
      canvas.stroke(strand, 0.03f, (i & 1) == 0 ? dark : light, 0.32f);
    }
  }

  /**
   * Round tufts along an arch over the head.
   *
   * @param reach how far the arch goes: 1 is from side to side, more goes on down
   * @param footY the height of its sides
   */
  private void paintCurls(int count, float size, float reach, float footY) {
    SplittableRandom random = new SplittableRandom(look.hairSeed);
    float radiusX = look.faceWidth + 0.08f;
    float radiusY = footY - look.crownY;
    for (int i = 0; i < count; i++) {
      double angle = Math.PI * (1.5 + reach * ((i + 0.5) / count - 0.5));
      float jitter = 0.06f * (float) random.nextDouble();
      head.projectDeep(
          (radiusX + jitter) * (float) Math.cos(angle),
          footY + (radiusY + jitter) * (float) Math.sin(angle),
          0);
      float radius = size * (0.8f + 0.4f * (float) random.nextDouble());
      disc(radius, (i & 1) == 0 ? look.hairColor : Tone.mix(look.hairColor, dark, 0.35f), 1);
      disc(0.5f * radius, light, 0.16f);
    }
  }

  private void disc(float radius, int rgb, float alpha) {
    float pixels = radius * head.scale();
    canvas.fill(
        new Ellipse2D.Float(head.pixelX - pixels, head.pixelY - pixels, 2 * pixels, 2 * pixels),
        rgb,
        alpha);
  }
}
