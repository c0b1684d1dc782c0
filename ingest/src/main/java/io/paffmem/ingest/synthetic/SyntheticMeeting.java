package io.paffmem.ingest.synthetic;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A video of several synthetic people in one room: the first two walk past each other and back, one
 * in front of the other, the rest stay where they are. Any frame may be asked for at any time. Not
 * thread-safe (it draws into buffers of its own).
 */
public final class SyntheticMeeting {
  /** Share of the height that a face box takes. */
  private static final float USUAL_SHARE = 0.24f;

  /** How much larger the one in front is than the one behind. */
  private static final float NEARER = 1.35f;

  private static final int HEIGHT_OF = 310;
  private static final int DEPTH = 320;
  private static final int SIDE = 330;

  private final List<SyntheticVideo> videos;
  private final SyntheticVideo.Format format;
  private final Wander wander;
  private final FaceRenderer renderer = new FaceRenderer();

  /**
   * Where somebody's face is in a frame: a square, in pixels.
   *
   * @param hidden how much of it others cover, 0 to 1
   */
  public record Place(float x, float y, float side, float hidden) {}

  /**
   * A meeting of people; another seed moves them otherwise.
   *
   * @param people at least 2, of whom the first two cross
   */
  public SyntheticMeeting(List<SyntheticPerson> people, long seed, SyntheticVideo.Format format) {
    if (people.size() < 2) {
      throw new IllegalArgumentException("a meeting has at least two people: " + people.size());
    }
    this.format = format;
    this.wander = new Wander(SyntheticPeople.mix(seed));
    List<SyntheticVideo> made = new ArrayList<>();
    for (SyntheticPerson person : people) {
      made.add(new SyntheticVideo(person, seed, format));
    }
    videos = List.copyOf(made);
  }

  public SyntheticVideo.Format format() {
    return format;
  }

  /** At least 1. */
  public int frameCount() {
    return videos.get(0).frameCount();
  }

  /** What somebody shows in a frame. */
  public ShownAffect affect(int person, int index) {
    return videos.get(person).affect(index);
  }

  /** Where everybody's face is in a frame, in the order of the people. */
  public List<Place> places(int index) {
    List<Place> whole = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      whole.add(place(i, index));
    }
    List<Place> places = new ArrayList<>();
    for (Place place : whole) {
      float hidden = 0;
      for (Place other : whole) {
        if (other.side > place.side) {
          hidden = Math.max(hidden, covered(place, other));
        }
      }
      places.add(new Place(place.x, place.y, place.side, hidden));
    }
    return places;
  }

  private static float covered(Place place, Place by) {
    float across = Math.min(place.x + place.side, by.x + by.side) - Math.max(place.x, by.x);
    float down = Math.min(place.y + place.side, by.y + by.side) - Math.max(place.y, by.y);
    return across <= 0 || down <= 0 ? 0 : across * down / (place.side * place.side);
  }

  private Place place(int person, int index) {
    double t = index / format.framesPerSecond();
    double share = t / format.seconds();
    boolean firstIsNearer = wander.unit(DEPTH) < 0.5;
    float depth =
        person > 1
            ? 0.85f + 0.1f * (float) wander.unit(SIDE + person)
            : (person == 0) == firstIsNearer ? NEARER : 1;
    float side = USUAL_SHARE * format.height() * depth;
    double across;
    if (person <= 1) {
      // There and back, once each.
      double walked = 0.5 - 0.5 * Math.cos(2 * Math.PI * share);
      across = 0.15 + 0.7 * (person == 0 ? walked : 1 - walked);
    } else {
      across = 0.5 + (person - 2) * 0.2 * (person % 2 == 0 ? 1 : -1);
    }
    double down = person > 1 ? 0.22 : 0.5 + 0.04 * (wander.unit(HEIGHT_OF + person) - 0.5);
    double swayX = 0.02 * wander.drift(SIDE + 10 * person, t, 3);
    double swayY = 0.015 * wander.drift(HEIGHT_OF + 10 * person, t, 2.5);
    float middleX = (float) ((across + swayX) * format.width());
    float middleY = (float) ((down + swayY) * format.height());
    return new Place(middleX - side / 2, middleY - side / 2, side, 0);
  }

  /**
   * Draws a frame.
   *
   * @return a new picture of TYPE_3BYTE_BGR
   */
  public BufferedImage frame(int index) {
    List<FaceRenderer.Seated> seated = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      SyntheticVideo video = videos.get(i);
      Place place = place(i, index);
      seated.add(
          new FaceRenderer.Seated(
              video.person(),
              video.affect(index),
              video.scene(index, 0),
              place.x + place.side / 2,
              place.y + place.side / 2,
              place.side));
    }
    seated.sort(Comparator.comparing(FaceRenderer.Seated::boxPixels));
    return renderer.frame(seated, format.width(), format.height());
  }
}
