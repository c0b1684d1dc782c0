package io.paffmem.ingest.synthetic;

import java.awt.Color;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Path2D;

/** Paints a person from the back to the front: shoulders, neck, ears, face, then the features. */
final class HeadPainter {
  /** The y of the point that the head turns about, in head units. */
  static final float MIDDLE_Y = HeadSpace.PIVOT_Y;

  private static final float[] FACE_STOPS = {0, 0.55f, 1};

  private final Canvas canvas;
  private final HeadSpace head;
  private final Appearance look;
  private final FacialActions actions;
  private final FaceScene scene;

  HeadPainter(Canvas canvas, Appearance look, FacialActions actions, FaceScene scene) {
    this.canvas = canvas;
    this.head = canvas.head;
    this.look = look;
    this.actions = actions;
    this.scene = scene;
  }

  /** How far an open jaw takes the chin down. */
  static float chinDrop(FacialActions actions) {
    return 0.2f * actions.jawOpen();
  }

  /** Scale in pixels a head unit; the pixel of the middle of the head. */
  void paint(float pixelsPerUnit, float x, float y) {
    HairPainter hair = new HairPainter(canvas, look);
    EyePainter eyes = new EyePainter(canvas, look, actions, scene);
    MouthPainter mouth = new MouthPainter(canvas, look, actions);
    place(pixelsPerUnit, x, y, 1);
    hair.paintBehind();
    // The shoulders follow the head's turns only a little.
    place(pixelsPerUnit, x, y, 0.2f);
    paintShoulders();
    place(pixelsPerUnit, x, y, 1);
    paintEars();
    Paint skin = skinPaint();
    paintFace(skin);
    eyes.paintEyes(skin);
    paintRelief();
    paintNose();
    mouth.paintBeard();
    paintFolds();
    mouth.paintMouth();
    eyes.paintBrows();
    hair.paintFront();
    eyes.paintGlasses();
  }

  private void place(float pixelsPerUnit, float x, float y, float share) {
    head.place(
        share * scene.yawDegrees(),
        share * scene.pitchDegrees(),
        share * scene.rollDegrees(),
        pixelsPerUnit,
        x,
        y);
  }

  private void paintShoulders() {
    int cloth = look.clothes;
    Path2D body =
        head.begin()
            .toDeep(-0.75f, 2.05f, 0)
            .toDeep(-1.5f, 2.3f, 0)
            .toDeep(-2.25f, 2.75f, 0)
            .toDeep(-2.6f, 4.5f, 0)
            .toDeep(2.6f, 4.5f, 0)
            .toDeep(2.25f, 2.75f, 0)
            .toDeep(1.5f, 2.3f, 0)
            .toDeep(0.75f, 2.05f, 0)
            .closed();
    canvas.fill(body, cloth, 1);
    canvas.blob(-1.9f, 3.1f, 0, 0.9f, 1.2f, Tone.scale(cloth, 1.3f), 0.5f);
    canvas.blob(1.9f, 3.2f, 0, 0.9f, 1.4f, Tone.scale(cloth, 0.6f), 0.5f);
    float neck = 0.6f * look.jawWidth;
    Path2D throat =
        head.begin()
            .toDeep(-neck, 0.9f, -0.2f)
            .toDeep(-neck, 1.75f, -0.2f)
            .toDeep(-neck - 0.24f, 2.16f, -0.1f)
            .toDeep(-0.28f, 2.5f, 0.1f)
            .toDeep(0, 2.62f, 0.1f)
            .toDeep(0.28f, 2.5f, 0.1f)
            .toDeep(neck + 0.24f, 2.16f, -0.1f)
            .toDeep(neck, 1.75f, -0.2f)
            .toDeep(neck, 0.9f, -0.2f)
            .closed();
    canvas.fill(throat, Tone.mix(look.skin, look.skinShade, 0.35f), 1);
    canvas.blob(0, look.chinY + 0.2f, -0.6f, 0.85f, 0.55f, Tone.scale(look.skinShade, 0.8f), 0.8f);
    if (look.collar) {
      for (int side = -1; side <= 1; side += 2) {
        Path2D flap =
            head.begin()
                .toDeep(side * (neck + 0.2f), 2.0f, 0)
                .toDeep(side * 0.42f, 2.4f, 0.1f)
                .toDeep(side * 0.1f, 2.72f, 0.1f)
                .toDeep(side * 0.5f, 2.9f, 0.1f)
                .toDeep(side * (neck + 0.4f), 2.3f, 0)
                .closed();
        canvas.fill(flap, Tone.mix(cloth, 0xFFFFFF, 0.25f), 1);
      }
    }
  }

  private void paintEars() {
    float size = look.earSize;
    for (int side = -1; side <= 1; side += 2) {
      float x = side * look.faceWidth;
      Path2D ear =
          head.begin()
              .toDeep(x - side * 0.06f, -0.1f, -0.05f)
              .toDeep(x + side * 0.12f * size, -0.14f * size + 0.02f, -0.15f)
              .toDeep(x + side * 0.17f * size, 0.15f, -0.15f)
              .toDeep(x + side * 0.08f * size, 0.45f * size, -0.1f)
              .toDeep(x - side * 0.05f, 0.55f * size, -0.05f)
              .closed();
      canvas.fill(ear, Tone.mix(look.skin, look.skinShade, 0.25f), 1);
      Path2D fold =
          head.begin()
              .toDeep(x + side * 0.02f, -0.02f, -0.1f)
              .toDeep(x + side * 0.1f * size, 0.05f, -0.12f)
              .toDeep(x + side * 0.05f, 0.35f, -0.1f)
              .open();
      canvas.stroke(fold, 0.035f, look.skinShade, 0.7f);
    }
  }

  /** Skin that is lightest where the light falls and darker round the edge of the face. */
  private Paint skinPaint() {
    float aside = 0.25f * scene.lightX() * scene.lightStrength();
    head.project(aside, 0.15f + 0.2f * scene.lightY() * scene.lightStrength(), 0);
    Color[] tones = {
      Tone.color(Tone.mix(look.skin, look.skinLight, 0.55f)),
      Tone.color(look.skin),
      Tone.color(Tone.mix(look.skin, look.skinShade, 0.5f))
    };
    return new RadialGradientPaint(
        head.pixelX, head.pixelY, 1.75f * head.scale(), FACE_STOPS, tones);
  }

  private void paintFace(Paint skin) {
    float drop = chinDrop(actions);
    float chin = look.chinY + drop;
    float width = look.faceWidth;
    float cheek = 0.97f * width + look.cheeks + 0.03f * actions.cheekRaise();
    head.begin();
    head.toDeep(0, look.crownY, 0);
    for (int side = 1; side >= -1; side -= 2) {
      // Down the right side, then up the left one.
      for (int step = 0; step < 7; step++) {
        int at = side > 0 ? step : 6 - step;
        switch (at) {
          case 0 -> head.toDeep(side * 0.62f * width, look.crownY + 0.2f, 0);
          case 1 -> head.toDeep(side * 0.95f * width, -0.7f, 0.05f);
          case 2 -> head.toDeep(side * width, -0.05f, 0.1f);
          case 3 -> head.toDeep(side * cheek, 0.5f, 0.15f);
          case 4 -> head.toDeep(side * look.jawWidth, 1.05f + 0.4f * drop, 0.2f);
          case 5 -> head.toDeep(side * (look.chinWidth + 0.22f), chin - 0.17f, 0.4f);
          default -> head.toDeep(side * 0.62f * look.chinWidth, chin - 0.01f, 0.5f);
        }
      }
    }
    canvas.fill(head.closed(), skin);
  }

  /** Hollows and rises of the face as soft spots. */
  private void paintRelief() {
    int shade = look.skinShade;
    int light = look.skinLight;
    float raise = actions.cheekRaise();
    float drop = chinDrop(actions);
    canvas.blob(0, -0.75f, 0, 0.6f, 0.38f, light, 0.3f);
    for (int side = -1; side <= 1; side += 2) {
      float x = side * look.eyeX;
      canvas.blob(side * 0.22f, -0.04f, 0, 0.14f, 0.26f, shade, 0.5f);
      canvas.blob(x, -0.02f, 0, 0.42f, 0.26f, shade, 0.33f);
      canvas.blob(side * 0.93f, -0.35f, 0, 0.2f, 0.45f, shade, 0.3f);
      float cheekY = 0.52f - 0.1f * raise;
      canvas.blob(side * 0.6f, cheekY, 0, 0.36f, 0.27f, light, 0.42f + 0.25f * raise);
      canvas.blob(
          side * 0.62f, cheekY + 0.08f, 0, 0.3f, 0.22f, 0xD9534A, look.blush + 0.08f * raise);
      canvas.blob(side * 0.68f, 0.98f + drop, 0, 0.26f, 0.4f, shade, 0.26f);
      if (raise > 0.1f) {
        canvas.blob(side * 0.62f, cheekY + 0.27f, 0, 0.3f, 0.1f, shade, 0.4f * raise);
      }
    }
    canvas.blob(0, look.chinY - 0.22f + drop, 0, 0.26f, 0.18f, light, 0.35f);
    canvas.blob(0, look.chinY + 0.05f + drop, 0, 0.5f, 0.14f, shade, 0.4f);
  }

  private void paintNose() {
    int shade = look.skinShade;
    int light = look.skinLight;
    float wide = look.noseWidth * (1 + 0.12f * actions.noseWrinkle());
    float wingY = look.noseLength - 0.06f - 0.06f * actions.noseWrinkle();
    float tipLift = look.noseHeight;
    float dark = scene.lightX() > 0 ? -1 : 1;
    canvas.blob(dark * 0.13f, 0.3f, 0.1f, 0.12f, 0.42f, shade, 0.38f);
    canvas.blob(0, 0.18f, 0.1f, 0.09f, 0.4f, light, 0.6f);
    canvas.blob(0, wingY + 0.17f, 0.05f, 0.34f, 0.12f, shade, 0.5f);
    Path2D tip =
        head.begin()
            .to(-wide, wingY, 0.08f)
            .to(-0.5f * wide, wingY - 0.13f, 0.6f * tipLift)
            .to(0, wingY - 0.17f, tipLift)
            .to(0.5f * wide, wingY - 0.13f, 0.6f * tipLift)
            .to(wide, wingY, 0.08f)
            .to(0.8f * wide, wingY + 0.09f, 0.08f)
            .to(0.3f * wide, wingY + 0.09f, 0.5f * tipLift)
            .to(0, wingY + 0.13f, 0.8f * tipLift)
            .to(-0.3f * wide, wingY + 0.09f, 0.5f * tipLift)
            .to(-0.8f * wide, wingY + 0.09f, 0.08f)
            .closed();
    canvas.fill(tip, Tone.mix(look.skin, shade, 0.08f), 0.75f);
    canvas.blob(0, wingY - 0.04f, tipLift, 0.13f, 0.12f, light, 0.75f);
    for (int side = -1; side <= 1; side += 2) {
      Path2D wing =
          head.begin()
              .to(side * 0.82f * wide, wingY - 0.12f, 0.1f)
              .to(side * 1.02f * wide, wingY + 0.01f, 0.06f)
              .to(side * 0.8f * wide, wingY + 0.1f, 0.06f)
              .open();
      canvas.stroke(wing, 0.04f, shade, 0.65f);
      Path2D nostril =
          head.begin()
              .to(side * 0.68f * wide, wingY + 0.075f, 0.12f)
              .to(side * 0.45f * wide, wingY + 0.04f, 0.3f * tipLift)
              .to(side * 0.25f * wide, wingY + 0.09f, 0.5f * tipLift)
              .to(side * 0.45f * wide, wingY + 0.1f, 0.3f * tipLift)
              .closed();
      canvas.fill(nostril, Tone.scale(shade, 0.4f), 0.85f);
    }
  }

  /** Lines that come with age and with what the muscles do. */
  private void paintFolds() {
    int shade = Tone.scale(look.skinShade, 0.85f);
    float old = look.age;
    float brow = Math.max(actions.innerBrowRaise(), actions.outerBrowRaise());
    float forehead = Math.min(0.6f, 0.35f * Math.max(0, brow) + 0.25f * old * old);
    for (int line = 0; line < 3; line++) {
      float y = look.browY - 0.17f - 0.13f * line - 0.05f * brow;
      Path2D wrinkle =
          head.begin().to(-0.45f, y + 0.02f).to(0, y - 0.02f).to(0.45f, y + 0.02f).open();
      canvas.stroke(wrinkle, 0.022f, shade, forehead);
    }
    float frown = actions.browFrown();
    for (int side = -1; side <= 1; side += 2) {
      Path2D furrow =
          head.begin()
              .to(side * 0.07f, look.browY - 0.14f)
              .to(side * 0.06f, look.browY + 0.02f)
              .to(side * 0.09f, look.browY + 0.16f)
              .open();
      canvas.stroke(furrow, 0.035f, shade, Math.min(0.85f, 0.75f * frown + 0.15f * old * old));
      Path2D bunny =
          head.begin().to(side * 0.07f, 0.12f, 0.05f).to(side * 0.17f, 0.2f, 0.02f).open();
      canvas.stroke(bunny, 0.03f, shade, Math.min(0.7f, 0.7f * actions.noseWrinkle()));

      float corner = side < 0 ? actions.leftCorner() : actions.rightCorner();
      float mouthX = look.mouthWidth + 0.1f;
      float fold =
          0.5f * actions.cheekRaise()
              + 0.35f * actions.upperLipRaise()
              + 0.3f * actions.noseWrinkle()
              + 0.3f * old;
      Path2D nasolabial =
          head.begin()
              .to(side * (look.noseWidth + 0.04f), look.noseLength - 0.12f)
              .to(side * (mouthX + 0.02f), look.mouthY - 0.22f - 0.05f * corner)
              .to(side * (mouthX + 0.09f), look.mouthY + 0.05f - 0.1f * corner)
              .open();
      canvas.stroke(nasolabial, 0.04f, shade, Math.min(0.7f, fold));
      float bag = 0.3f * old + 0.35f * actions.squint();
      Path2D under =
          head.begin()
              .to(side * (look.eyeX - 0.22f), 0.17f)
              .to(side * look.eyeX, 0.245f)
              .to(side * (look.eyeX + 0.22f), 0.18f)
              .open();
      canvas.stroke(under, 0.028f, shade, Math.min(0.55f, bag));
      for (int foot = -1; foot <= 1; foot++) {
        Path2D crow =
            head.begin()
                .to(side * (look.eyeX + 0.3f), 0.02f + 0.05f * foot)
                .to(side * (look.eyeX + 0.42f), 0.02f + 0.12f * foot)
                .open();
        canvas.stroke(crow, 0.02f, shade, Math.min(0.6f, actions.cheekRaise() * (0.2f + old)));
      }
    }
  }
}
