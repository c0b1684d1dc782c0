package io.paffmem.ingest.synthetic;

import java.awt.geom.Path2D;

/** Paints the beard and, over it, the mouth. */
final class MouthPainter {
  private static final int CAVITY = 0x3A1014;
  private static final int TEETH = 0xF3EEE4;
  private static final int TONGUE = 0xA8474C;

  private final Canvas canvas;
  private final HeadSpace head;
  private final Appearance look;
  private final FacialActions actions;

  /** Half the width, and the middle of the line between the lips. */
  private final float half;

  private final float lineY;
  private final float leftUp;
  private final float rightUp;

  /** Opening between the lips above and below the line. */
  private final float gapUp;

  private final float gapDown;
  private final float upper;
  private final float lower;

  MouthPainter(Canvas canvas, Appearance look, FacialActions actions) {
    this.canvas = canvas;
    this.head = canvas.head;
    this.look = look;
    this.actions = actions;
    float jaw = Math.min(1.3f, actions.jawOpen());
    float smile = 0.5f * (actions.leftCorner() + actions.rightCorner());
    half =
        look.mouthWidth
            * (1 + 0.28f * actions.mouthStretch() + 0.2f * Math.max(0, smile) - 0.14f * jaw);
    lineY = look.mouthY + 0.05f * smile;
    leftUp = lift(actions.leftCorner());
    rightUp = lift(actions.rightCorner());
    float bare = Math.min(1, actions.teeth());
    gapUp =
        0.05f * bare + 0.05f * actions.upperLipRaise() * Math.min(1, 4 * jaw + bare) + 0.05f * jaw;
    gapDown = 0.34f * jaw + 0.07f * bare;
    float press = 1 - 0.55f * Math.min(1, actions.lipPress());
    float flat = 1 - 0.25f * Math.max(0, smile);
    upper = look.upperLip * press * flat;
    lower = look.lowerLip * press * flat;
  }

  /** How far a corner rises over the line; down is negative. */
  private static float lift(float corner) {
    return corner > 0 ? 0.19f * corner : 0.17f * corner;
  }

  void paintMouth() {
    int lip = look.lipColor;
    int dark = Tone.scale(lip, 0.72f);
    canvas.blob(0, lineY + gapDown + lower + 0.09f, 0, 0.3f, 0.08f, look.skinShade, 0.5f);

    if (gapUp + gapDown > 0.02f) {
      canvas.fill(inner().closed(), CAVITY, 1);
      if (gapDown > 0.15f) {
        canvas.blob(0, lineY + gapDown, -0.02f, 0.6f * half, 0.5f * gapDown, TONGUE, 0.9f);
      }
      float teeth =
          Math.min(0.13f, 0.9f * (gapUp + gapDown)) * Math.min(1, 0.25f + actions.teeth());
      if (teeth > 0.015f) {
        head.begin();
        edge(-1, 1, -gapUp - 0.01f, 0.86f);
        edge(1, -1, -gapUp + teeth, 0.8f);
        canvas.fill(head.closed(), TEETH, 0.97f);
      }
    }

    // Upper lip: from the left corner over the bow to the right one, back along the opening.
    head.begin();
    corner(-1);
    point(-0.62f, -gapUp - 0.6f * upper);
    point(-0.22f, -gapUp - 1.12f * upper);
    point(0, -gapUp - 0.9f * upper);
    point(0.22f, -gapUp - 1.12f * upper);
    point(0.62f, -gapUp - 0.6f * upper);
    corner(1);
    edge(1, -1, -gapUp, 0.94f);
    canvas.fill(head.closed(), Tone.mix(lip, dark, 0.55f), 0.95f);

    head.begin();
    corner(-1);
    edge(-1, 1, gapDown, 0.94f);
    corner(1);
    point(0.62f, gapDown + 0.72f * lower);
    point(0.25f, gapDown + 1.1f * lower);
    point(-0.25f, gapDown + 1.1f * lower);
    point(-0.62f, gapDown + 0.72f * lower);
    canvas.fill(head.closed(), lip, 0.95f);
    canvas.blob(
        0, lineY + gapDown + 0.5f * lower, 0.02f, 0.5f * half, 0.4f * lower, 0xFFE4DC, 0.35f);

    if (gapUp + gapDown <= 0.05f) {
      head.begin();
      corner(-1);
      edge(-1, 1, 0, 0.94f);
      corner(1);
      canvas.stroke(head.open(), 0.035f, Tone.scale(dark, 0.42f), 0.9f);
    }
    for (int side = -1; side <= 1; side += 2) {
      float up = side < 0 ? leftUp : rightUp;
      canvas.blob(
          side * (half + 0.03f),
          lineY - up,
          0,
          0.09f,
          0.08f,
          Tone.scale(look.skinShade, 0.7f),
          0.6f);
    }
  }

  private HeadSpace inner() {
    head.begin();
    corner(-0.97f);
    edge(-1, 1, -gapUp, 0.9f);
    corner(0.97f);
    edge(1, -1, gapDown, 0.9f);
    return head;
  }

  private void corner(float at) {
    point(at, 0);
  }

  /** An edge of the lips from one side to the other; the offset fades towards the corners. */
  private void edge(int from, int to, float offset, float reach) {
    for (int step = 1; step < 8; step++) {
      float t = reach * (from + (to - from) * step / 8f);
      point(t, offset * (1 - t * t * t * t));
    }
  }

  /** A point of the mouth: t from -1 to 1 across, offset downwards from the line. */
  private void point(float t, float offset) {
    float up = t < 0 ? leftUp : rightUp;
    float bent = Math.abs(t);
    head.to(t * half, lineY - up * bent * bent * (0.4f + 0.6f * bent) + offset, 0.02f);
  }

  void paintBeard() {
    switch (look.beard) {
      case NONE -> {}
      case STUBBLE -> {
        paintStubble();
        paintMoustache(0.16f);
      }
      case MOUSTACHE -> paintMoustache(0.92f);
      case GOATEE -> {
        paintMoustache(0.88f);
        paintGoatee();
      }
      case FULL -> {
        paintFull();
        paintMoustache(0.88f);
      }
    }
  }

  private void paintStubble() {
    int hair = Tone.mix(look.hairColor, look.skinShade, 0.4f);
    float drop = HeadPainter.chinDrop(actions);
    for (int side = -1; side <= 1; side += 2) {
      canvas.blob(side * 0.66f, 0.95f + 0.4f * drop, 0, 0.3f, 0.62f, hair, 0.4f);
      canvas.blob(side * 0.4f, 1.25f + drop, 0, 0.42f, 0.36f, hair, 0.45f);
    }
    canvas.blob(0, look.chinY - 0.14f + drop, 0, 0.45f, 0.28f, hair, 0.5f);
  }

  private void paintFull() {
    float drop = HeadPainter.chinDrop(actions);
    float chin = look.chinY + drop + 0.1f;
    float jaw = look.jawWidth;
    head.begin()
        .toDeep(-0.97f * look.faceWidth, 0.2f, 0.12f)
        .toDeep(-jaw - 0.05f, 1.0f, 0.2f)
        .toDeep(-look.chinWidth - 0.2f, chin - 0.15f, 0.4f)
        .toDeep(0, chin + 0.03f, 0.5f)
        .toDeep(look.chinWidth + 0.2f, chin - 0.15f, 0.4f)
        .toDeep(jaw + 0.05f, 1.0f, 0.2f)
        .toDeep(0.97f * look.faceWidth, 0.2f, 0.12f)
        .to(0.82f, 0.55f)
        .to(0.66f, 0.82f)
        .to(half + 0.1f, lineY - 0.1f)
        .to(0.55f * half, lineY + gapDown + lower - 0.02f)
        .to(-0.55f * half, lineY + gapDown + lower - 0.02f)
        .to(-half - 0.1f, lineY - 0.1f)
        .to(-0.66f, 0.82f)
        .to(-0.82f, 0.55f);
    Path2D shape = head.closed();
    canvas.fill(shape, look.hairColor, 0.88f);
    canvas.stroke(shape, 0.05f, look.hairColor, 0.35f);
  }

  private void paintGoatee() {
    float chin = look.chinY + HeadPainter.chinDrop(actions) + 0.04f;
    Path2D shape =
        head.begin()
            .to(-half - 0.08f, lineY - 0.05f - leftUp)
            .to(-0.36f, chin - 0.14f)
            .to(0, chin)
            .to(0.36f, chin - 0.14f)
            .to(half + 0.08f, lineY - 0.05f - rightUp)
            .to(0.5f * half, lineY + gapDown + lower)
            .to(-0.5f * half, lineY + gapDown + lower)
            .closed();
    canvas.fill(shape, look.hairColor, 0.85f);
  }

  private void paintMoustache(float alpha) {
    float top = look.noseLength + 0.1f;
    float bottom = lineY - gapUp - 0.6f * upper;
    Path2D shape =
        head.begin()
            .to(0, top, 0.04f)
            .to(0.6f * half, 0.5f * (top + bottom) - 0.03f)
            .to(half + 0.09f, lineY - rightUp + 0.02f)
            .to(0.6f * half, bottom - 0.4f * rightUp)
            .to(0, bottom)
            .to(-0.6f * half, bottom - 0.4f * leftUp)
            .to(-half - 0.09f, lineY - leftUp + 0.02f)
            .to(-0.6f * half, 0.5f * (top + bottom) - 0.03f)
            .closed();
    canvas.fill(shape, look.hairColor, alpha);
  }
}
