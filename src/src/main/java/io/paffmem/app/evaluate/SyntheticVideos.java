package io.paffmem.app.evaluate;

import io.paffmem.app.evaluate.Shooting.Then;
import io.paffmem.evaluation.memory.Lessons;
import io.paffmem.evaluation.memory.Lessons.Lesson;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.ingest.synthetic.Mood;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticPerson;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The face crops of one to three videos of each of some synthetic people whom training never draws.
 * The faces of all but the last have no label.
 */
final class SyntheticVideos implements LabelledFaces {
  private static final double CALM_SECONDS = 3;
  private static final long LATER_MILLIS = Duration.ofDays(1).toMillis();

  /** Added to the seed of the videos: another path, room and light. */
  private static final long SECOND_SEED = 7919;

  private final SyntheticPeople all;
  private final int people;
  private final long seed;
  private final Shooting shooting;
  private final SyntheticVideo.Format format;

  /** By person, then whether it is the second. */
  private final SyntheticVideo[][] videos;

  SyntheticVideos(int people, long seed, Shooting shooting) {
    this.all = new SyntheticPeople(seed);
    this.people = people;
    this.seed = seed;
    this.shooting = shooting;
    this.format = new SyntheticVideo.Format(96, 96, shooting.framesPerSecond(), shooting.seconds());
    this.videos = new SyntheticVideo[people][parts()];
    for (int person = 0; person < people; person++) {
      for (int part = 0; part < parts(); part++) {
        videos[person][part] = video(person, part);
      }
    }
  }

  private int parts() {
    return shooting.isTaught() ? 3 : shooting.then() == Then.NOTHING ? 1 : 2;
  }

  private SyntheticVideo video(int person, int part) {
    SyntheticPerson who = all.heldOut(person);
    if (shooting.isTaught()) {
      return new SyntheticVideo(
          who,
          seed + (part + 1) * SECOND_SEED,
          format,
          part == 0 ? Mood.ROAM : part == 1 ? Mood.CALL : shooting.mood(),
          shooting.camera());
    }
    if (part == 1) {
      who =
          shooting.then() == Then.OTHER_PERSON
              ? all.heldOut((person + 1) % people)
              : who.withOtherGlasses();
    }
    return new SyntheticVideo(
        who, seed + part * SECOND_SEED, format, shooting.mood(), shooting.camera());
  }

  /** Of one video. */
  private int frames() {
    return videos[0][0].frameCount();
  }

  /**
   * What a person's memory is taught at their first two videos.
   *
   * @param labels how many; 0 for three seconds at rest, or nothing if they never rest so long
   */
  List<Lesson> lessons(int person, int labels) {
    int each = 2 * frames();
    float[] shown = new float[2 * each];
    for (int i = 0; i < each; i++) {
      ShownAffect affect = videos[person][i / frames()].affect(i % frames());
      shown[2 * i] = affect.arousal();
      shown[2 * i + 1] = affect.valence();
    }
    if (labels > 0) {
      return Lessons.spread(shown, labels).stream()
          .map(i -> new Lesson(i, i, false, shown[2 * i], shown[2 * i + 1]))
          .toList();
    }
    int calm = (int) Math.ceil(CALM_SECONDS * shooting.framesPerSecond());
    int resting = 0;
    for (int i = frames(); i < each; i++) {
      resting = Math.hypot(shown[2 * i], shown[2 * i + 1]) <= Lessons.NEUTRAL ? resting + 1 : 0;
      if (resting == calm) {
        return List.of(new Lesson(i - calm + 1, i, true, 0, 0));
      }
    }
    return List.of();
  }

  /** Everybody's frames in their order; nothing of these faces may be missing. */
  List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    int each = parts() * frames();
    for (int person = 0; person < people; person++) {
      int[] rows = new int[each];
      long[] millis = new long[each];
      for (int i = 0; i < each; i++) {
        int part = i / frames();
        rows[i] = person * each + i;
        millis[i] = part * LATER_MILLIS + videos[person][part].offsetMillis(i % frames());
      }
      orders.add(new Order(SyntheticFaces.name(person), rows, millis));
    }
    return orders;
  }

  @Override
  public int size() {
    return people * parts() * frames();
  }

  @Override
  public Row row(int index) {
    int person = index / (parts() * frames());
    int part = index / frames() % parts();
    ShownAffect affect = videos[person][part].affect(index % frames());
    boolean labelled = part == parts() - 1;
    return new Row(
        SyntheticFaces.name(person),
        SyntheticFaces.cell(affect),
        labelled ? affect.arousal() : Float.NaN,
        labelled ? affect.valence() : Float.NaN);
  }

  @Override
  public boolean read(int index, byte[] rgb, int offset) {
    // A video draws for one thread, and costs little beside what it draws.
    byte[] crop =
        video(index / (parts() * frames()), index / frames() % parts()).faceCrop(index % frames());
    System.arraycopy(crop, 0, rgb, offset, crop.length);
    return true;
  }
}
