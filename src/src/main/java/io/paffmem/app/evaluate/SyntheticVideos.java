package io.paffmem.app.evaluate;

import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticVideo;
import java.util.ArrayList;
import java.util.List;

/** The face crops of one video of each of some synthetic people whom training never draws. */
final class SyntheticVideos implements LabelledFaces {
  private static final double FRAMES_PER_SECOND = 25;

  private final SyntheticPeople all;
  private final int people;
  private final long seed;
  private final SyntheticVideo.Format format;
  private final SyntheticVideo[] videos;

  SyntheticVideos(int people, long seed, double seconds) {
    this.all = new SyntheticPeople(seed);
    this.people = people;
    this.seed = seed;
    this.format = new SyntheticVideo.Format(96, 96, FRAMES_PER_SECOND, seconds);
    this.videos = new SyntheticVideo[people];
    for (int person = 0; person < people; person++) {
      videos[person] = video(person);
    }
  }

  private SyntheticVideo video(int person) {
    return new SyntheticVideo(all.heldOut(person), seed, format);
  }

  private int frames() {
    return videos[0].frameCount();
  }

  /** Everybody's frames in their order; nothing of these faces may be missing. */
  List<Order> orders() {
    List<Order> orders = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      int[] rows = new int[frames()];
      long[] millis = new long[frames()];
      for (int frame = 0; frame < rows.length; frame++) {
        rows[frame] = person * rows.length + frame;
        millis[frame] = videos[person].offsetMillis(frame);
      }
      orders.add(new Order(SyntheticFaces.name(person), rows, millis));
    }
    return orders;
  }

  @Override
  public int size() {
    return people * frames();
  }

  @Override
  public Row row(int index) {
    int person = index / frames();
    ShownAffect affect = videos[person].affect(index % frames());
    return new Row(
        SyntheticFaces.name(person),
        SyntheticFaces.cell(affect),
        affect.arousal(),
        affect.valence());
  }

  @Override
  public boolean read(int index, byte[] rgb, int offset) {
    // A video draws for one thread, and costs little beside what it draws.
    byte[] crop = video(index / frames()).faceCrop(index % frames());
    System.arraycopy(crop, 0, rgb, offset, crop.length);
    return true;
  }
}
