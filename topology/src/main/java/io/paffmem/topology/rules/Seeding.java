package io.paffmem.topology.rules;

import io.paffmem.memory.SeedingPolicy;
import io.paffmem.memory.SeedingPolicy.ByNeed;
import io.paffmem.topology.config.TopologyConfig;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.SeedOutcome;
import io.paffmem.topology.person.SeedOutcomes;
import io.paffmem.topology.person.SeedingProgress;
import io.paffmem.topology.person.View;
import io.paffmem.topology.person.View.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a newcomer are seeded, and when a memory needs no more.
 *
 * <p>A frame that asks takes a place, and keeps it whatever becomes of the frame. Only the PK's
 * refusal makes the place vacant, for the next frame. So a memory asks as often as it has places,
 * and once more for each refusal.
 *
 * <p>By need, a place is a view: the z of the first frame that looked like this, even if another
 * one fills it after a refusal. Which frames are views therefore depends on the order of the frames
 * alone, and one that waits may ask ahead of its turn: it is going to be wanted whatever is
 * answered to the others.
 */
final class Seeding {
  /** The frame takes no place. */
  static final int NO_PLACE = -1;

  private final TopologyConfig config;
  private final SeedingPolicy policy;

  Seeding(TopologyConfig config) {
    this.config = config;
    this.policy = config.seeding();
  }

  /** How many frames of a newcomer are looked at. */
  int frames() {
    return config.seedingFrames();
  }

  /** How many of them are seeded at most. */
  int most() {
    return policy.most(frames());
  }

  /** Whether seeding may end by time. */
  boolean hasTime() {
    return config.seedingTime() != null;
  }

  boolean isDone(PersonHeader header) {
    return isDone(header.seeding());
  }

  boolean isDone(SeedingProgress progress) {
    return progress.seeded() >= frames();
  }

  /**
   * Frames until seeding is over, as events say it; 0 exactly if it is. Of every frame: those that
   * are not seeded yet. By need: those that are not looked at yet, at least 1, since it also takes
   * the answers to what was asked.
   */
  int toGo(PersonHeader header) {
    SeedingProgress progress = header.seeding();
    if (isDone(progress)) {
      return 0;
    }
    return policy instanceof ByNeed
        ? Math.max(1, frames() - progress.considered())
        : frames() - progress.seeded();
  }

  /**
   * Whether a frame was seen too long after the first that was seeded for being seeded itself.
   *
   * @param sinceMillis when the first was seen; {@link PersonHeader#NO_FRAME} if none was
   */
  boolean isOver(long sinceMillis, FaceFrame face) {
    Duration time = config.seedingTime();
    return time != null
        && sinceMillis != PersonHeader.NO_FRAME
        && face.seenAtMillis() - sinceMillis > time.toMillis();
  }

  // ---- places

  /** The place that a frame would take; {@link #NO_PLACE} if it is not to be seeded. */
  int place(SeedingProgress progress, float[] z) {
    List<View> views = progress.views();
    if (!(policy instanceof ByNeed byNeed)) {
      return progress.seeded() + progress.asked() < frames() ? views.size() : NO_PLACE;
    }
    if (progress.considered() >= frames()) {
      return NO_PLACE;
    }
    for (int place = 0; place < views.size(); place++) {
      View view = views.get(place);
      if (view.state() == State.VACANT && byNeed.isNear(view.z(), z)) {
        return place;
      }
    }
    return views.size() < most() && policy.wants(faces(views), z) ? views.size() : NO_PLACE;
  }

  private static List<float[]> faces(List<View> views) {
    List<float[]> faces = new ArrayList<>(views.size());
    for (View view : views) {
      faces.add(view.z());
    }
    return faces;
  }

  /** The faces that were asked for at a place train the memory. */
  void seed(SeedingProgress progress, int place) {
    progress.noteSeeded();
    leave(progress, place, State.SEEDED);
  }

  /** There will be no faces for a place. */
  void vacate(SeedingProgress progress, int place) {
    leave(progress, place, State.VACANT);
  }

  private void leave(SeedingProgress progress, int place, State state) {
    if (policy instanceof ByNeed) {
      progress.answer(place, state);
    } else {
      progress.remove(place); // a count is all that is needed of every frame
    }
  }

  // ---- answers

  /** Whether something was asked for that is not answered yet. */
  boolean isOutstanding(SeedingProgress progress, SeedOutcomes outcomes, int generation) {
    for (View view : progress.views()) {
      if (view.state() == State.ASKED) {
        SeedOutcome outcome = outcomes.of(generation, view.frame());
        if (outcome == null || outcome.state() == SeedOutcome.State.OPEN) {
          return true;
        }
      }
    }
    return false;
  }

  /** The place whose answer is the first before a number; {@link #NO_PLACE} if there is none. */
  int nextAnswered(SeedingProgress progress, SeedOutcomes outcomes, int generation, long before) {
    int next = NO_PLACE;
    long number = before;
    List<View> views = progress.views();
    for (int place = 0; place < views.size(); place++) {
      View view = views.get(place);
      SeedOutcome outcome =
          view.state() == State.ASKED ? outcomes.of(generation, view.frame()) : null;
      if (outcome != null && outcome.isAnsweredBefore(number)) {
        next = place;
        number = outcome.answerNumber();
      }
    }
    return next;
  }

  /** Whether a memory has all that it is to have. */
  boolean isComplete(SeedingProgress progress) {
    if (isDone(progress)) {
      return true;
    }
    if (!(policy instanceof ByNeed) || progress.seeded() == 0 || progress.asked() > 0) {
      return false;
    }
    if (progress.considered() >= frames()) {
      return true;
    }
    for (View view : progress.views()) {
      if (view.state() == State.VACANT) {
        return false;
      }
    }
    return progress.views().size() >= most();
  }

  /**
   * If all frames were looked at and all that they asked for was refused, the next is the first.
   */
  void startOverIfAllRefused(SeedingProgress progress) {
    if (policy instanceof ByNeed
        && progress.seeded() == 0
        && progress.considered() >= frames()
        && progress.asked() == 0) {
      progress.startOver();
    }
  }

  // ---- what frames that wait are going to ask

  /** Whether no frame behind can be wanted, as far as is known. */
  boolean isFull(SeedingProgress tried, SeedOutcomes outcomes, int generation) {
    return isDone(tried)
        || (tried.asked() > 0
            && !hasRoom(tried)
            && nextAnswered(tried, outcomes, generation, Long.MAX_VALUE) == NO_PLACE);
  }

  private boolean hasRoom(SeedingProgress tried) {
    if (!(policy instanceof ByNeed)) {
      return tried.seeded() + tried.asked() < frames();
    }
    boolean vacant = tried.views().stream().anyMatch(view -> view.state() == State.VACANT);
    return tried.considered() < frames() && (vacant || tried.views().size() < most());
  }

  /**
   * Lets a frame that waits have its turn in a progress that is only tried. Whether it asks.
   *
   * @param own what is known of the frame; null for nothing
   */
  boolean tryTurn(
      SeedingProgress tried,
      FaceFrame face,
      @Nullable SeedOutcome own,
      SeedOutcomes outcomes,
      int generation) {
    long before = own == null ? Long.MAX_VALUE : own.number();
    for (int place = nextAnswered(tried, outcomes, generation, before);
        place != NO_PLACE;
        place = nextAnswered(tried, outcomes, generation, before)) {
      SeedOutcome outcome = outcomes.of(generation, tried.views().get(place).frame());
      leaveWith(tried, place, outcome, face);
    }
    if (isComplete(tried)) {
      tried.end(frames());
      return false;
    }
    startOverIfAllRefused(tried);
    int place = place(tried, face.z());
    tried.noteConsidered();
    if (place == NO_PLACE) {
      return false;
    }
    tried.ask(place, face.key(), face.z());
    if (own != null && own.isAnsweredFirst()) {
      leaveWith(tried, place, own, face);
    } else {
      tried.beginTime(face.seenAtMillis()); // if it is answered, which is what asking hopes for
    }
    return own == null || own.state() == SeedOutcome.State.OPEN;
  }

  private void leaveWith(
      SeedingProgress tried, int place, @Nullable SeedOutcome outcome, FaceFrame face) {
    if (outcome != null && outcome.state() == SeedOutcome.State.PAIRS) {
      seed(tried, place);
      tried.beginTime(face.seenAtMillis());
    } else {
      vacate(tried, place);
    }
  }
}
