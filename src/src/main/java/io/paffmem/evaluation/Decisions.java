package io.paffmem.evaluation;

import io.paffmem.evaluation.MemoryEvaluation.Contender;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import io.paffmem.memory.ReadingConfig;
import java.util.List;

/** The memory with one parameter changed at a time: what each of its settings is worth. */
public final class Decisions {
  private Decisions() {}

  /** All of them, to be compared with the memory as it is. */
  public static List<Contender> all() {
    return List.of(
        reading("1 neighbours", change().neighbours(1)),
        reading("3 neighbours", change().neighbours(3)),
        reading("30 neighbours", change().neighbours(30)),
        reading("PK's weight in the distance 1.0", change().priorWeight(1)),
        reading("PK's weight in the distance 2.0", change().priorWeight(2)),
        reading("PK's weight in the distance 8.0", change().priorWeight(8)),
        reading("correction 0.0", change().correction(0)),
        reading("correction 0.5", change().correction(0.5f)),
        reading("correction however far", change().reach(1e6f)),
        reading("correction from the first frame", change().trustFrames(0)),
        reading("frames not joined", change().contextMillis(0)),
        reading("frames joined over 300 ms", change().contextMillis(300)),
        reading("nothing is usual", change().usualShare(0)),
        reading("usual after 300 frames", change().usualFrames(300)),
        reading("usual after 3000 frames", change().usualFrames(3000)),
        network("t_a 0.05", standard().insertionActivity(0.05f)),
        network("t_a 0.2", standard().insertionActivity(0.2f)),
        network("t_a 0.7", standard().insertionActivity(0.7f)),
        network(
            "online neurons with the PK's label",
            standard().onlineInsertion(OnlineInsertion.PRIOR_LABEL)),
        network(
            "online neurons with an inherited label",
            standard().onlineInsertion(OnlineInsertion.INHERITED)),
        network("10 online steps", standard().onlineSteps(10)),
        network("3 epochs", standard().epochs(3)),
        network("the authors' published setting", MemoryConfig.authors().toBuilder()));
  }

  private static MemoryConfig.Builder standard() {
    return MemoryConfig.standard().toBuilder();
  }

  private static ReadingConfig.Builder change() {
    return ReadingConfig.standard().toBuilder();
  }

  private static Contender reading(String name, ReadingConfig.Builder reading) {
    return network(name, standard().reading(reading.build()));
  }

  private static Contender network(String name, MemoryConfig.Builder config) {
    return new Contender(name, config.build(), true);
  }
}
