package io.paffmem.topology.person;

import io.paffmem.topology.person.View.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How far the seeding of one memory has come. Mutable. */
public final class SeedingProgress {
  private int seeded;
  private int considered;
  private long sinceMillis = PersonHeader.NO_FRAME;
  private final List<View> views = new ArrayList<>();

  /** Whether rows hold other views than these. */
  private boolean viewsChanged;

  SeedingProgress() {}

  /**
   * As it was kept, without its views.
   *
   * @throws IllegalArgumentException if a count is below 0
   */
  static SeedingProgress restored(int seeded, int considered, long sinceMillis) {
    if (seeded < 0 || considered < 0) {
      throw new IllegalArgumentException(
          "%d seeded of %d considered".formatted(seeded, considered));
    }
    SeedingProgress progress = new SeedingProgress();
    progress.seeded = seeded;
    progress.considered = considered;
    progress.sinceMillis = sinceMillis;
    return progress;
  }

  /** Of a memory that begins with so many seeded frames. */
  public static SeedingProgress beginningWith(int seededFrames) {
    return restored(seededFrames, 0, PersonHeader.NO_FRAME);
  }

  /** Another one that has come as far, to try what would come next. */
  public SeedingProgress copy() {
    SeedingProgress copy = restored(seeded, considered, sinceMillis);
    copy.views.addAll(views);
    return copy;
  }

  // ---- counts and time

  /**
   * Frames whose imagined faces trained the memory; once seeding is over, the number of frames that
   * are looked at for it.
   */
  public int seeded() {
    return seeded;
  }

  /** Frames that had their turn while the memory was seeded. */
  public int considered() {
    return considered;
  }

  public void noteConsidered() {
    considered++;
  }

  /** When the first seeded frame was seen, while seeding goes on and may end by time. */
  public long sinceMillis() {
    return sinceMillis;
  }

  /** The time of seeding runs from here, unless it does already. */
  public void beginTime(long seenAtMillis) {
    if (sinceMillis == PersonHeader.NO_FRAME) {
      sinceMillis = seenAtMillis;
    }
  }

  /** One more frame's faces train the memory. */
  public void noteSeeded() {
    seeded++;
  }

  /** Nothing more is to be seeded. */
  public void end(int seedingFrames) {
    seeded = Math.max(seeded, seedingFrames);
    considered = Math.max(considered, seedingFrames);
    sinceMillis = PersonHeader.NO_FRAME;
    clearViews();
  }

  /** Another memory begins. */
  void begin(int seededFrames) {
    seeded = seededFrames;
    considered = 0;
    sinceMillis = PersonHeader.NO_FRAME;
    clearViews();
  }

  /** Nothing came of the frames so far; the next one is as the first. */
  public void startOver() {
    considered = 0;
    clearViews();
  }

  // ---- views

  /** Faces that were asked for or are seeded, in the order in which they came. */
  public List<View> views() {
    return Collections.unmodifiableList(views);
  }

  /** How many of these are asked for. */
  public int asked() {
    int asked = 0;
    for (View view : views) {
      asked += view.state() == State.ASKED ? 1 : 0;
    }
    return asked;
  }

  /** Whether the faces that a frame asked for are still to be trained on. */
  public boolean isAsked(FrameKey frame) {
    for (View view : views) {
      if (view.state() == State.ASKED && view.frame().equals(frame)) {
        return true;
      }
    }
    return false;
  }

  /** A frame asks for faces: of a new view, or of one whose first frame was refused. */
  public void ask(int place, FrameKey frame, float[] z) {
    viewsChanged = true;
    if (place == views.size()) {
      views.add(new View(frame, State.ASKED, z));
    } else {
      views.set(place, new View(frame, State.ASKED, views.get(place).z()));
    }
  }

  /** What was asked for at a place has come, or was refused. */
  public void answer(int place, State state) {
    viewsChanged = true;
    views.set(place, views.get(place).become(state));
  }

  /** No view is kept at that place. */
  public void remove(int place) {
    viewsChanged = true;
    views.remove(place);
  }

  /** An answer is lost, so it is as good as a refusal. */
  void vacate(FrameKey frame) {
    for (int place = 0; place < views.size(); place++) {
      View view = views.get(place);
      if (view.state() == State.ASKED && view.frame().equals(frame)) {
        answer(place, State.VACANT);
      }
    }
  }

  private void clearViews() {
    viewsChanged |= !views.isEmpty();
    views.clear();
  }

  /** Takes over what rows say. */
  void restore(List<View> kept) {
    views.addAll(kept);
  }

  /** Whether the views have to be written; asked once, they count as written. */
  public boolean takeViewsChanged() {
    boolean changed = viewsChanged;
    viewsChanged = false;
    return changed;
  }

  /** About how many bytes of heap the views take. */
  long heapBytes() {
    long bytes = 0;
    for (View view : views) {
      bytes += 120L + 4L * view.z().length;
    }
    return bytes;
  }
}
