package io.paffmem.ingest.synthetic;

import java.awt.Paint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** Paints eyes, brows and glasses. */
final class EyePainter {
  private static final int EYE_WHITE = 0xF1EDE8;

  private final Canvas canvas;
  private final HeadSpace head;
  private final Appearance look;
  private final FacialActions actions;
  private final FaceScene scene;
  private final Ellipse2D.Float disc = new Ellipse2D.Float();

  EyePainter(Canvas canvas, Appearance look, FacialActions actions, FaceScene scene) {
    this.canvas = canvas;
    this.head = canvas.head;
    this.look = look;
    this.actions = actions;
    this.scene = scene;
  }

  /**
   * Eyes. The lids are painted over a whole eyeball in the paint of the face, which is both cheaper
   * and smoother than clipping the iris.
   */
  void paintEyes(Paint skin) {
    paintEye(-1, skin);
    paintEye(1, skin);
  }

  private void paintEye(int side, Paint skin) {
    float open = Math.max(0, Math.min(1.65f, actions.lidOpening())) * (1 - scene.blink());
    float low = look.eyeHeight * 0.62f * (1 - 0.55f * Math.min(1.2f, actions.squint()));
    // A closed upper lid rests on the lower one.
    float high = (low + 1.05f * look.eyeHeight) * open * (1 - 0.12f * actions.squint()) - low;
    float x = side * look.eyeX;
    float wide = look.eyeWidth;
    float tilt = look.eyeTilt;
    float top = -look.eyeHeight - 0.2f;
    float bottom = look.eyeHeight + 0.14f;

    Path2D ball =
        head.begin()
            .to(x - side * wide, 0)
            .to(x, top + 0.1f)
            .to(x + side * wide, tilt)
            .to(x, bottom - 0.06f)
            .closed();
    canvas.fill(ball, EYE_WHITE, 1);
    head.project(x + 0.09f * scene.gazeX(), -0.015f + 0.06f * scene.gazeY(), 0.02f);
    float scale = head.scale();
    paintDisc(look.irisSize * scale, Tone.scale(look.irisColor, 0.55f), 1);
    paintDisc(0.82f * look.irisSize * scale, look.irisColor, 1);
    paintDisc(0.45f * look.irisSize * scale, 0x0B0808, 1);
    head.pixelX -= 0.045f * scale;
    head.pixelY -= 0.045f * scale;
    paintDisc(0.03f * scale, 0xFFFFFF, 0.95f);

    upperLid(x, side, wide, tilt, high);
    head.to(x + side * (wide + 0.06f), tilt - 0.03f)
        .to(x + side * 0.7f * wide, top)
        .to(x - side * 0.7f * wide, top)
        .to(x - side * (wide + 0.06f), -0.02f);
    canvas.fill(head.closed(), skin);
    lowerLid(x, side, wide, tilt, low);
    head.to(x + side * (wide + 0.06f), tilt + 0.04f)
        .to(x + side * 0.7f * wide, bottom)
        .to(x - side * 0.7f * wide, bottom)
        .to(x - side * (wide + 0.06f), 0.03f);
    canvas.fill(head.closed(), skin);

    int shade = look.skinShade;
    canvas.blob(x, -0.06f - high, 0, 1.1f * wide, 0.13f, shade, 0.4f);
    canvas.blob(x, -0.08f - high, 0, 1.15f * wide, 0.15f, look.eyeShadowColor, look.eyeShadow);
    upperLid(x, side, wide, tilt, high + 0.07f);
    canvas.stroke(head.open(), 0.025f, Tone.scale(shade, 0.8f), 0.6f);
    lowerLid(x, side, wide, tilt, low);
    canvas.stroke(head.open(), 0.022f, Tone.scale(shade, 0.6f), 0.55f);
    upperLid(x, side, 1.02f * wide, tilt, high);
    canvas.stroke(head.open(), 0.035f + 0.025f * look.lashes, 0x1A100D, 0.9f);
  }

  private void upperLid(float x, int side, float wide, float tilt, float high) {
    head.begin()
        .to(x - side * wide, 0.015f)
        .to(x - side * 0.6f * wide, -0.7f * high)
        .to(x - side * 0.05f * wide, -high)
        .to(x + side * 0.55f * wide, -0.76f * high + 0.5f * tilt)
        .to(x + side * wide, tilt);
  }

  private void lowerLid(float x, int side, float wide, float tilt, float low) {
    head.begin()
        .to(x - side * wide, 0.015f)
        .to(x - side * 0.45f * wide, 0.75f * low)
        .to(x + side * 0.15f * wide, low)
        .to(x + side * 0.65f * wide, 0.65f * low + 0.5f * tilt)
        .to(x + side * wide, tilt);
  }

  private void paintDisc(float radius, int rgb, float alpha) {
    disc.setFrame(head.pixelX - radius, head.pixelY - radius, 2 * radius, 2 * radius);
    canvas.fill(disc, rgb, alpha);
  }

  void paintBrows() {
    for (int side = -1; side <= 1; side += 2) {
      float skew = 0.5f * side * actions.browSkew();
      float outer = actions.outerBrowRaise() + skew;
      float frown = actions.browFrown();
      float inner = actions.innerBrowRaise() + 0.5f * skew;
      float innerX = look.eyeX - 0.27f - 0.07f * frown;
      float outerX = look.eyeX + 0.33f;
      float innerY = look.browY + look.browTilt - 0.15f * inner + 0.16f * frown;
      float outerY =
          look.browY + 0.06f - look.browTilt - 0.1f * outer + 0.07f * inner * (1 - outer);
      float peakY = look.browY - look.browArch - 0.14f * outer + 0.05f * frown;
      float midY = 0.5f * (innerY + peakY) - 0.015f;
      float thick = look.browThickness;
      Path2D brow =
          head.begin()
              .to(side * innerX, innerY - 0.45f * thick)
              .to(side * (innerX + 0.2f), midY - 0.5f * thick)
              .to(side * (innerX + 0.4f), peakY - 0.4f * thick)
              .to(side * outerX, outerY)
              .to(side * (innerX + 0.39f), peakY + 0.4f * thick)
              .to(side * (innerX + 0.18f), midY + 0.55f * thick)
              .to(side * (innerX + 0.01f), innerY + 0.55f * thick)
              .closed();
      canvas.fill(brow, look.browColor, 0.88f);
    }
  }

  void paintGlasses() {
    if (look.glasses == Appearance.Glasses.NONE) {
      return;
    }
    boolean round = look.glasses == Appearance.Glasses.ROUND;
    float half = round ? 0.32f : 0.36f;
    float tall = round ? 0.3f : 0.24f;
    float corner = round ? 0.72f : 0.93f;
    for (int side = -1; side <= 1; side += 2) {
      float x = side * (look.eyeX + 0.01f);
      Path2D rim =
          head.begin()
              .to(x - half, 0.02f, 0.1f)
              .to(x - corner * half, 0.02f - corner * tall, 0.1f)
              .to(x, 0.02f - tall, 0.1f)
              .to(x + corner * half, 0.02f - corner * tall, 0.1f)
              .to(x + half, 0.02f, 0.1f)
              .to(x + corner * half, 0.02f + corner * tall, 0.1f)
              .to(x, 0.02f + tall, 0.1f)
              .to(x - corner * half, 0.02f + corner * tall, 0.1f)
              .closed();
      canvas.fill(rim, 0xDFE8F0, 0.1f);
      canvas.stroke(rim, 0.045f, look.glassesColor, 0.95f);
      Path2D temple =
          head.begin()
              .to(x + side * half, -0.03f, 0.1f)
              .toDeep(side * look.faceWidth, -0.06f, 0.05f)
              .open();
      canvas.stroke(temple, 0.045f, look.glassesColor, 0.95f);
    }
    float inner = look.eyeX + 0.01f - half;
    Path2D bridge =
        head.begin().to(-inner, -0.02f, 0.1f).to(0, -0.07f, 0.14f).to(inner, -0.02f, 0.1f).open();
    canvas.stroke(bridge, 0.045f, look.glassesColor, 0.95f);
  }
}
