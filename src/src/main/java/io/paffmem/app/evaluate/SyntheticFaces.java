package io.paffmem.app.evaluate;

import io.paffmem.evaluation.prior.LabelledFaces;
import io.paffmem.ingest.synthetic.FaceRenderer;
import io.paffmem.ingest.synthetic.FaceScene;
import io.paffmem.ingest.synthetic.ShownAffect;
import io.paffmem.ingest.synthetic.SyntheticPeople;
import io.paffmem.ingest.synthetic.SyntheticPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Face crops of synthetic people whom training never draws, rendered when they are asked for. */
final class SyntheticFaces implements LabelledFaces {
  private static final int STATES_PER_AXIS = 3;
  private static final String[] THIRDS = {"low", "middle", "high"};

  private record Shot(Row row, SyntheticPerson who, ShownAffect affect, FaceScene scene) {}

  private final List<Shot> shots;

  private SyntheticFaces(List<Shot> shots) {
    this.shots = List.copyOf(shots);
  }

  /** The name of a person. */
  static String name(int person) {
    return "synthetic-" + person;
  }

  /** The name of the one of nine cells of the square that an affect lies in. */
  static String cell(ShownAffect affect) {
    return "arousal %s, valence %s".formatted(third(affect.arousal()), third(affect.valence()));
  }

  /**
   * Everybody in the same nine states, the corners of the square among them, each in so many
   * scenes; the label is the state.
   */
  static SyntheticFaces design(int people, int scenesEach, long seed) {
    SyntheticPeople all = new SyntheticPeople(seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Shot> shots = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      SyntheticPerson who = all.heldOut(person);
      for (int arousal = -1; arousal <= 1; arousal++) {
        for (int valence = -1; valence <= 1; valence++) {
          ShownAffect affect = new ShownAffect(arousal, valence);
          for (int i = 0; i < scenesEach; i++) {
            String state = arousal + " " + valence;
            shots.add(shot(person, who, state, affect, FaceScene.random(random)));
          }
        }
      }
    }
    return new SyntheticFaces(shots);
  }

  static ShownAffect anywhere(SplittableRandom random) {
    return new ShownAffect(
        2 * (float) random.nextDouble() - 1, 2 * (float) random.nextDouble() - 1);
  }

  private static Shot shot(
      int person, SyntheticPerson who, String label, ShownAffect affect, FaceScene scene) {
    Row row = new Row(name(person), label, affect.arousal(), affect.valence());
    return new Shot(row, who, affect, scene);
  }

  private static String third(float value) {
    int third = (int) ((value + 1) / 2 * STATES_PER_AXIS);
    return THIRDS[Math.min(STATES_PER_AXIS - 1, third)];
  }

  @Override
  public int size() {
    return shots.size();
  }

  @Override
  public Row row(int index) {
    return shots.get(index).row();
  }

  @Override
  public boolean read(int index, byte[] rgb, int offset) {
    Shot shot = shots.get(index);
    // A renderer serves one thread, and costs little beside what it draws.
    new FaceRenderer().faceCrop(shot.who(), shot.affect(), shot.scene(), rgb, offset);
    return true;
  }
}
