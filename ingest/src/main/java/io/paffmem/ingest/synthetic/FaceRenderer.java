package io.paffmem.ingest.synthetic;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/**
 * Draws synthetic people. The same person, affect and scene give the same pixels. Not thread-safe:
 * one renderer a thread, used again and again (it keeps its buffers).
 */
public final class FaceRenderer {
  /** Side of a face crop in pixels. */
  public static final int CROP_SIZE = 96;

  /** Bytes of a face crop: rows from the top, red green blue. */
  public static final int CROP_BYTES = CROP_SIZE * CROP_SIZE * 3;

  /** Side of the box that a frontal-face finder puts round a face, in head units. */
  private static final float BOX_SIDE = 2.55f;

  /** Its middle in head units, below the eyes. */
  private static final float BOX_Y = 0.27f;

  /** What a crop shows of the surroundings, in widths of the box on each side. */
  private static final float CROP_MARGIN = 0.025f;

  /** Share of a whole frame's height that the face box takes at scale 1. */
  private static final float FRAME_SHARE = 0.45f;

  private Canvas canvas = new Canvas(CROP_SIZE, CROP_SIZE);

  /** A face as the face finder delivers it: 96x96, {@link #CROP_BYTES} bytes. */
  public byte[] faceCrop(SyntheticPerson person, ShownAffect affect, FaceScene scene) {
    byte[] rgb = new byte[CROP_BYTES];
    faceCrop(person, affect, scene, rgb, 0);
    return rgb;
  }

  /** The same, written into an array from {@code offset} on. */
  public void faceCrop(
      SyntheticPerson person, ShownAffect affect, FaceScene scene, byte[] into, int offset) {
    draw(person, affect, scene, CROP_SIZE, CROP_SIZE, CROP_SIZE / (1 + 2 * CROP_MARGIN), 0.5f);
    canvas.copyRgb(into, offset);
  }

  /**
   * Head and shoulders in a room, as a camera sees them.
   *
   * @return a new picture of TYPE_3BYTE_BGR
   */
  public BufferedImage frame(
      SyntheticPerson person, ShownAffect affect, FaceScene scene, int width, int height) {
    draw(person, affect, scene, width, height, FRAME_SHARE * height, 0.45f);
    return image(width, height);
  }

  /**
   * Somebody in a picture of several.
   *
   * @param boxX and {@code boxY}: middle of the face box, pixels
   * @param boxPixels its side
   */
  record Seated(
      SyntheticPerson person,
      ShownAffect affect,
      FaceScene scene,
      float boxX,
      float boxY,
      float boxPixels) {}

  /**
   * Several people in the room, the light and the camera of the first.
   *
   * @param people at least one, from the back to the front
   * @return a new picture of TYPE_3BYTE_BGR
   */
  BufferedImage frame(List<Seated> people, int width, int height) {
    size(width, height);
    FaceScene scene = people.get(0).scene();
    canvas.room(scene.backgroundSeed());
    for (Seated one : people) {
      paint(one.person(), one.affect(), one.scene(), one.boxPixels(), one.boxX(), one.boxY());
    }
    canvas.light(scene, 0.5f * width, 0.5f * height);
    canvas.blur(scene.blur());
    canvas.noise(scene.noise(), scene.noiseSeed());
    return image(width, height);
  }

  private BufferedImage image(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    canvas.copyBgr(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    return image;
  }

  private void size(int width, int height) {
    if (canvas.width != width || canvas.height != height) {
      canvas = new Canvas(width, height);
    }
  }

  /** Returns where the middle of the head came to lie, downwards. */
  private float paint(
      SyntheticPerson person,
      ShownAffect affect,
      FaceScene scene,
      float boxPixels,
      float boxX,
      float boxY) {
    float pixelsPerUnit = boxPixels / BOX_SIDE;
    float headY = boxY + (HeadPainter.MIDDLE_Y - BOX_Y) * pixelsPerUnit;
    new HeadPainter(canvas, person.appearance(), person.express(affect), scene)
        .paint(pixelsPerUnit, boxX, headY);
    return headY;
  }

  /** With the face box so many pixels wide, its middle at that share of the height. */
  private void draw(
      SyntheticPerson person,
      ShownAffect affect,
      FaceScene scene,
      int width,
      int height,
      float boxPixels,
      float middle) {
    size(width, height);
    float boxX = 0.5f * width + scene.shiftX() * boxPixels;
    float boxY = middle * height + scene.shiftY() * boxPixels;
    canvas.room(scene.backgroundSeed());
    float headY = paint(person, affect, scene, boxPixels * scene.scale(), boxX, boxY);
    canvas.light(scene, boxX, headY);
    canvas.blur(scene.blur());
    canvas.noise(scene.noise(), scene.noiseSeed());
  }
}
