package io.paffmem.evaluation;

import io.paffmem.evaluation.MemoryEvaluation.Contender;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import io.paffmem.memory.ReadingConfig;
import java.util.ArrayList;
import java.util.List;

/** The memory with one parameter changed at a time: what each of its settings is worth. */
public final class Decisions {
  private Decisions() {}

  /** All of them, to be compared with the memory as it is. */
  public static List<Contender> all() {
    MemoryConfig c = MemoryConfig.standard();
    ReadingConfig r = c.reading();
    List<Contender> all = new ArrayList<>();
    for (int k : new int[] {1, 3, 30}) {
      all.add(reading(k + " neighbours", reading(r, k, r.priorWeight(), r.correction())));
    }
    for (float kappa : new float[] {1, 2, 8}) {
      all.add(
          reading(
              "PK's weight in the distance " + kappa,
              reading(r, r.neighbours(), kappa, r.correction())));
    }
    for (float lambda : new float[] {0, 0.5f}) {
      all.add(reading("correction " + lambda, reading(r, r.neighbours(), r.priorWeight(), lambda)));
    }
    all.add(
        reading(
            "correction however far",
            course(r, 1e6f, r.trustFrames(), r.contextMillis(), r.usualFrames(), r.usualShare())));
    all.add(
        reading(
            "correction from the first frame",
            course(r, r.reach(), 0, r.contextMillis(), r.usualFrames(), r.usualShare())));
    all.add(
        reading(
            "frames not joined",
            course(r, r.reach(), r.trustFrames(), 0, r.usualFrames(), r.usualShare())));
    all.add(
        reading(
            "frames joined over 300 ms",
            course(r, r.reach(), r.trustFrames(), 300, r.usualFrames(), r.usualShare())));
    all.add(
        reading(
            "nothing is usual",
            course(r, r.reach(), r.trustFrames(), r.contextMillis(), r.usualFrames(), 0)));
    for (float frames : new float[] {300, 3000}) {
      all.add(
          reading(
              "usual after " + (int) frames + " frames",
              course(r, r.reach(), r.trustFrames(), r.contextMillis(), frames, r.usualShare())));
    }
    for (float activity : new float[] {0.05f, 0.2f, 0.7f}) {
      all.add(
          new Contender(
              "t_a " + activity, c.toBuilder().insertionActivity(activity).build(), true));
    }
    all.add(
        new Contender(
            "online neurons with the PK's label",
            c.toBuilder().onlineInsertion(OnlineInsertion.PRIOR_LABEL).build(),
            true));
    all.add(
        new Contender(
            "online neurons with an inherited label",
            c.toBuilder().onlineInsertion(OnlineInsertion.INHERITED).build(),
            true));
    all.add(new Contender("10 online steps", c.toBuilder().onlineSteps(10).build(), true));
    all.add(new Contender("3 epochs", c.toBuilder().epochs(3).build(), true));
    all.add(new Contender("the authors' published setting", MemoryConfig.authors(), true));
    return all;
  }

  private static Contender reading(String name, ReadingConfig reading) {
    return new Contender(name, MemoryConfig.standard().toBuilder().reading(reading).build(), true);
  }

  private static ReadingConfig reading(ReadingConfig r, int k, float kappa, float lambda) {
    return new ReadingConfig(
        r.rule(),
        kappa,
        k,
        lambda,
        r.reach(),
        r.trustFrames(),
        r.contextMillis(),
        r.usualFrames(),
        r.usualShare());
  }

  private static ReadingConfig course(
      ReadingConfig r,
      float reach,
      float trustFrames,
      float contextMillis,
      float usualFrames,
      float usualShare) {
    return new ReadingConfig(
        r.rule(),
        r.priorWeight(),
        r.neighbours(),
        r.correction(),
        reach,
        trustFrames,
        contextMillis,
        usualFrames,
        usualShare);
  }
}
