package io.paffmem.bench;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.Recognition;
import io.paffmem.stage.SeedLayout;

/**
 * The memory of a person who does not exist, with faces to go on with, for measuring. It grew as a
 * real one does: seeded frame after frame until it is full, and ten frames more.
 *
 * <p>From then on its edges do not age out, so that it keeps its neurons however long the measuring
 * goes on; and the faces come again and again, so that its edges settle.
 */
public final class MadeMemory {
  private static final int FACES = 1024;
  private static final int FRAMES_APART = 25;
  private static final int FRAMES_WHEN_FULL = 10;
  private static final int MOST_FRAMES = 2_000;
  private static final int SETTLING_ROUNDS = 60;
  private static final int SETTLING_SEEDINGS = 20;

  private final MemoryState state;
  private final AffectiveMemory memory;
  private final Recognition seen = new Recognition();
  private final Course course = new Course();
  private final float[][] faces = new float[FACES][];
  private final float[][] reads = new float[FACES][];
  private final float[] affect = SeedLayout.EVEN_200.y();
  private final float[] read = MadeFaces.read(affect);
  private final float[] imagined;

  /**
   * Grows it, which takes seconds for thousands of neurons.
   *
   * @param neurons that it grows to, at least 10
   * @throws IllegalArgumentException if there are fewer
   */
  public MadeMemory(int neurons, long seed) {
    if (neurons < 10) {
      throw new IllegalArgumentException(neurons + " neurons (at least 10 allowed)");
    }
    // The space that a person's faces take up grows with the neurons, or most would be crowded.
    MadeFaces person = new MadeFaces(seed, StrictMath.pow(neurons / 512.0, 0.25));
    // Its neurons are moved by real faces, as the paper has it, so that learning can be measured.
    MemoryConfig config =
        MemoryConfig.standard().toBuilder().capacity(neurons).onlineSteps(1).build();
    state = new MemoryState(config.dimensions());
    imagined = grow(person, new AffectiveMemory(config));
    for (int i = 0; i < FACES; i++) {
      person.advance(1);
      faces[i] = person.real();
      reads[i] = person.read();
    }
    memory = new AffectiveMemory(config.toBuilder().maxEdgeAge(Integer.MAX_VALUE).build());
  }

  /** Returns the faces imagined from the last frame. */
  private float[] grow(MadeFaces person, AffectiveMemory growing) {
    int full = 0;
    float[] z = {};
    for (int frame = 0; full < FRAMES_WHEN_FULL; frame++) {
      if (frame == MOST_FRAMES) {
        throw new IllegalStateException("still " + state.size() + " neurons after many frames");
      }
      person.advance(FRAMES_APART);
      z = person.imagined(affect);
      growing.seed(state, z, MadeFaces.read(affect), affect);
      if (state.size() == growing.config().capacity()) {
        full++;
      }
    }
    return z;
  }

  /** Number of neurons. */
  public int neurons() {
    return state.size();
  }

  /** Its neurons; to be read only. */
  public MemoryState state() {
    return state;
  }

  /** z of a face of its video; the video starts again after 1,024. */
  public float[] face(int frame) {
    return faces[frame & (FACES - 1)];
  }

  /** What the PK reads from that face: arousal, valence. */
  public float[] read(int frame) {
    return reads[frame & (FACES - 1)];
  }

  /** Edges of a neuron, mean. */
  public double meanDegree() {
    long ends = 0;
    for (int slot = 0; slot < state.size(); slot++) {
      ends += state.degree(slot);
    }
    return ends / (double) state.size();
  }

  /** Learns all its faces, and seeds, until hardly an edge is new. */
  public void settle() {
    for (int i = 0; i < SETTLING_ROUNDS * FACES; i++) {
      learn(i);
    }
    for (int i = 0; i < SETTLING_SEEDINGS; i++) {
      seed();
    }
    for (int i = 0; i < FACES; i++) {
      learn(i);
    }
  }

  /**
   * Recognises a face of a video.
   *
   * @param frame any number; the video starts again after 1,024
   * @return the answer, overwritten by the next
   */
  public Recognition recognize(int frame) {
    int i = frame & (FACES - 1);
    memory.recognize(state, course, faces[i], reads[i][0], reads[i][1], frame * 40L, seen);
    return seen;
  }

  /** Learns a face of a video; {@code frame} as above. */
  public void learn(int frame) {
    int i = frame & (FACES - 1);
    memory.learn(state, course, faces[i], reads[i][0], reads[i][1], seen);
  }

  /** Seeds a frame: 200 pairs, 10 epochs; the memory is full, so no neuron is inserted. */
  public void seed() {
    memory.seed(state, imagined, read, affect);
  }
}
