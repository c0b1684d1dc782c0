package io.paffmem.topology.person;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a person beside neurons, queue, outcomes and streams. Mutable. */
public final class PersonHeader {
  public static final long NO_CUTOFF = Long.MIN_VALUE;
  public static final long NO_FRAME = Long.MIN_VALUE;

  private int generation;
  private long cutoffMillis = NO_CUTOFF;
  private String modelVersion = "";
  private SeedingProgress seeding = new SeedingProgress();
  private long framesPerceived;
  private long nextWaitingIndex;
  private long nextAnswerNumber;
  private long lastFrameMillis = NO_FRAME;
  private @Nullable LastCommand lastCommand;
  private int nextMoment;
  private final Blocks blocks = new Blocks();

  /**
   * A command and what it did.
   *
   * @param done false while a reset waits in the queue
   */
  public record LastCommand(
      TextHash id, boolean done, int neuronsRemoved, int waitingFramesRemoved, int generation) {

    /** A command whose turn has not come yet. */
    public static LastCommand waiting(TextHash id) {
      return new LastCommand(id, false, 0, 0, 0);
    }
  }

  /** Of a person of whom nothing is known. */
  public PersonHeader() {}

  /**
   * As it was kept.
   *
   * @throws IllegalArgumentException if a count is below 0
   */
  public static PersonHeader restored(
      int generation,
      long cutoffMillis,
      String modelVersion,
      int seeded,
      int considered,
      long seedingSinceMillis,
      long framesPerceived,
      long nextWaitingIndex,
      long nextAnswerNumber,
      long lastFrameMillis,
      @Nullable LastCommand lastCommand) {
    if (generation < 0) {
      throw new IllegalArgumentException("generation " + generation);
    }
    PersonHeader header = new PersonHeader();
    header.generation = generation;
    header.cutoffMillis = cutoffMillis;
    header.modelVersion = modelVersion;
    header.seeding = SeedingProgress.restored(seeded, considered, seedingSinceMillis);
    header.framesPerceived = framesPerceived;
    header.nextWaitingIndex = nextWaitingIndex;
    header.nextAnswerNumber = nextAnswerNumber;
    header.lastFrameMillis = lastFrameMillis;
    header.lastCommand = lastCommand;
    return header;
  }

  // ---- the memory and its generations

  /** Raised by reset, forget and a change of model; keeps late seeds out of the wrong memory. */
  public int generation() {
    return generation;
  }

  /** Of a person whose header was lost: a generation after all that are known of. */
  public void beginAfter(int latestGeneration) {
    generation = Math.max(generation, latestGeneration + 1);
  }

  /** An empty memory, in the next generation. */
  void beginGeneration() {
    generation++;
    begin(0, 0);
  }

  /** The memory of the present generation is one that others trained. */
  void begin(int seededFrames, long perceived) {
    seeding.begin(seededFrames);
    framesPerceived = perceived;
  }

  /** The model whose z the memory holds; empty before the first frame. */
  public String modelVersion() {
    return modelVersion;
  }

  public void adopt(String version) {
    modelVersion = version;
  }

  /** Frames that the memory recognised and learnt from. */
  public long framesPerceived() {
    return framesPerceived;
  }

  public void notePerceived() {
    framesPerceived++;
  }

  // ---- seeding

  /** How far the seeding of the present memory has come. */
  public SeedingProgress seeding() {
    return seeding;
  }

  /**
   * Frames whose imagined faces trained the memory; once seeding is over, the number of frames that
   * are looked at for it.
   */
  public int seeded() {
    return seeding.seeded();
  }

  // ---- places

  /** Place of what comes into the queue next. */
  public long nextWaitingIndex() {
    return nextWaitingIndex;
  }

  /** That place is taken; none is given twice. */
  void takePlace(long index) {
    nextWaitingIndex = Math.max(nextWaitingIndex, index + 1);
  }

  /** Number of the person's next record on {@code seeds}; survives everything but the store. */
  public long nextAnswerNumber() {
    return nextAnswerNumber;
  }

  /** Gives that number away. */
  public long takeAnswerNumber() {
    return nextAnswerNumber++;
  }

  /** Place of the next face that is kept to be taught, 0 to {@link Lesson#MOST_MOMENTS} - 1. */
  public int nextMomentPlace() {
    return nextMoment;
  }

  /** Gives that place away; after the last comes the first again. */
  int takeMomentPlace() {
    int place = nextMoment;
    nextMoment = (nextMoment + 1) % Lesson.MOST_MOMENTS;
    return place;
  }

  /**
   * Takes over what rows say.
   *
   * @throws IllegalArgumentException if there is no such place
   */
  public void restoreMomentPlace(int place) {
    if (place < 0 || place >= Lesson.MOST_MOMENTS) {
      throw new IllegalArgumentException("place " + place + " of moments");
    }
    nextMoment = place;
  }

  // ---- time

  /** The latest time of ingest of the person's frames. */
  public long lastFrameMillis() {
    return lastFrameMillis;
  }

  public void noteFrame(long timestampMillis) {
    lastFrameMillis = Math.max(lastFrameMillis, timestampMillis);
  }

  /** The next frame is as the first one. */
  public void forgetLastFrame() {
    lastFrameMillis = NO_FRAME;
  }

  /** Whether more than so much time lies between the last frame and a later one. */
  public boolean isIdle(Duration limit, long laterMillis) {
    return lastFrameMillis != NO_FRAME && laterMillis - lastFrameMillis > limit.toMillis();
  }

  /** Frames ingested before this were forgotten. */
  public long cutoffMillis() {
    return cutoffMillis;
  }

  /**
   * Forgets which model, when, and whatever came before that time; an earlier time changes none.
   */
  public void forget(long upToMillis) {
    modelVersion = "";
    lastFrameMillis = NO_FRAME;
    cutoffMillis = Math.max(cutoffMillis, upToMillis);
  }

  /** Which frames are refused until further notice. */
  public Blocks blocks() {
    return blocks;
  }

  // ---- commands

  /** The last command that was taken, so that it can be sent twice without harm. */
  public @Nullable LastCommand lastCommand() {
    return lastCommand;
  }

  /** That command is the last one now. */
  public void note(LastCommand command) {
    lastCommand = command;
  }

  /** A command that waited is done; it is the last one unless another one came since. */
  public void noteDone(LastCommand command) {
    if (lastCommand != null && lastCommand.id().equals(command.id())) {
      lastCommand = command;
    }
  }

  /** Which frames of a person are refused until further notice. A forget leaves it. Mutable. */
  public static final class Blocks {
    /** References to consents; more are refused rather than forgotten. */
    public static final int MOST_CONSENTS = 256;

    private boolean isEverything;
    private final Set<TextHash> consents = new LinkedHashSet<>();

    /** Whether nothing is refused. */
    public boolean isEmpty() {
      return !isEverything && consents.isEmpty();
    }

    /** Whether all frames are refused, whatever their consent. */
    public boolean isEverything() {
      return isEverything;
    }

    /** References whose frames are refused, in the order in which they came. */
    public Iterable<TextHash> consents() {
      return consents;
    }

    public int count() {
      return consents.size();
    }

    /**
     * Begins to refuse.
     *
     * @param consent null for all frames
     * @return false if there is no room for another reference
     */
    public boolean block(@Nullable TextHash consent) {
      if (consent == null) {
        isEverything = true;
        return true;
      }
      if (consents.size() >= MOST_CONSENTS && !consents.contains(consent)) {
        return false;
      }
      consents.add(consent);
      return true;
    }

    /**
     * Refuses no more.
     *
     * @param consent null for what refuses all frames; single references stay
     */
    public void unblock(@Nullable TextHash consent) {
      if (consent == null) {
        isEverything = false;
      } else {
        consents.remove(consent);
      }
    }

    /**
     * Whether a frame is refused.
     *
     * @param consent that it names; null if none
     */
    public boolean cover(@Nullable TextHash consent) {
      return isEverything || (consent != null && consents.contains(consent));
    }
  }
}
