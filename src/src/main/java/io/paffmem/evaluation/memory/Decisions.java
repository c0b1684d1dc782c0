package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryConfig.OnlineInsertion;
import io.paffmem.memory.MemoryConfigBuilder;
import io.paffmem.memory.ReadingConfig.Rule;
import io.paffmem.memory.ReadingConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The memory with one parameter changed at a time: what each of its settings is worth. */
public final class Decisions {
  /** Distances are those of z to seven digits, and prototypes still know what the PK reads. */
  private static final float NEXT_TO_NOTHING = 0.001f;

  private final List<LabelledStream> streams;
  private final Map<String, List<LabelledStream>> seededOtherwise;
  private final MemoryConfig memory;
  private final List<Contender> all = new ArrayList<>();

  private Decisions(
      List<LabelledStream> streams,
      Map<String, List<LabelledStream>> seededOtherwise,
      MemoryConfig memory) {
    this.streams = streams;
    this.seededOtherwise = seededOtherwise;
    this.memory = memory;
  }

  /**
   * All of them, to be compared with the memory as it is.
   *
   * @param seededOtherwise the same streams with other seeds, by what they are called
   * @param memory its parameters
   */
  public static List<Contender> all(
      List<LabelledStream> streams,
      Map<String, List<LabelledStream>> seededOtherwise,
      MemoryConfig memory) {
    Decisions decisions = new Decisions(streams, seededOtherwise, memory);
    decisions.distance();
    decisions.reading();
    decisions.correction();
    decisions.time();
    decisions.seeding();
    decisions.growth();
    return List.copyOf(decisions.all);
  }

  private void distance() {
    reading("distance: raw z", change().priorWeight(NEXT_TO_NOTHING));
    for (float weight : new float[] {1, 2, 8}) {
      reading("PK's weight in the distance " + weight, change().priorWeight(weight));
    }
  }

  private void reading() {
    for (int neighbours : new int[] {1, 3, 30}) {
      reading(neighbours + " neighbours", change().neighbours(neighbours));
    }
    reading("10 neighbours by activity", change().neighbours(10).kernel(1));
    reading("all neurons by a kernel of 1", change().neighbours(memory.capacity()).kernel(1));
    reading("all neurons by a kernel of 4", change().neighbours(memory.capacity()).kernel(4));
    reading("labels alone, 1 neighbour", change().rule(Rule.LABELS).neighbours(1));
    reading("labels alone, 10 neighbours", change().rule(Rule.LABELS).neighbours(10));
    reading(
        "labels alone, all by a kernel of 1",
        change().rule(Rule.LABELS).neighbours(memory.capacity()).kernel(1));
  }

  private void correction() {
    reading("correction 0.0", change().correction(0));
    reading("correction 0.5", change().correction(0.5f));
    reading("correction however far", change().reach(1e6f));
    reading("correction from the first frame", change().trustSeconds(0));
  }

  private void time() {
    reading("answers not smoothed", change().smoothingMillis(0));
    reading("answers smoothed over 300 ms", change().smoothingMillis(300));
    reading("pauses without effect", change().pauseMillis(0));
    reading("the person's bias left on", change().biasShare(0));
    reading("half of the person's bias left on", change().biasShare(0.5f));
  }

  private void seeding() {
    seededOtherwise.forEach((name, other) -> add(name, other, any -> memory));
    List<LabelledStream> asRead =
        streams.stream().map(stream -> stream.mapSeeds(SeedPairs::labelledAsRead)).toList();
    add("imagined faces labelled by the PK", asRead, any -> memory);
    MemoryConfig labels = with(change().rule(Rule.LABELS).neighbours(10));
    add("labels alone, by the PK, 10 neighbours", asRead, any -> labels);
    network("3 epochs", memory.toBuilder().epochs(3));
  }

  private void growth() {
    for (float activity : new float[] {0.05f, 0.2f, 0.7f}) {
      network("t_a " + activity, memory.toBuilder().insertionActivity(activity));
    }
    for (int times : new int[] {2, 5, 10}) {
      add(
          "t_a at %d steps between imagined faces".formatted(times),
          streams,
          stream -> {
            double activity = Math.exp(-times * step(stream));
            return memory.toBuilder().insertionActivity((float) activity).build();
          });
    }
    network(
        "online neurons with the PK's label",
        memory.toBuilder().onlineSteps(1).onlineInsertion(OnlineInsertion.PRIOR_LABEL));
    network(
        "online neurons with an inherited label",
        memory.toBuilder().onlineSteps(1).onlineInsertion(OnlineInsertion.INHERITED));
    network("neurons moved by real faces", memory.toBuilder().onlineSteps(1));
    network("the same, 10 steps a face", memory.toBuilder().onlineSteps(10));
    network("the authors' published setting", MemoryConfig.authors().toBuilder());
  }

  /** Median squared distance from an imagined face to the nearest other of the first seeds. */
  private double step(LabelledStream stream) {
    return stream.seeds().isEmpty()
        ? 0
        : stream.seeds().get(0).pairs().step(stream.latentSize(), memory.reading().priorWeight());
  }

  private ReadingConfigBuilder change() {
    return memory.reading().toBuilder();
  }

  private MemoryConfig with(ReadingConfigBuilder reading) {
    return memory.toBuilder().reading(reading.build()).build();
  }

  private void reading(String name, ReadingConfigBuilder reading) {
    network(name, memory.toBuilder().reading(reading.build()));
  }

  private void network(String name, MemoryConfigBuilder builder) {
    MemoryConfig config = builder.build();
    add(name, streams, any -> config);
  }

  private void add(
      String name, List<LabelledStream> seeded, Function<LabelledStream, MemoryConfig> config) {
    all.add(new Contender(name, seeded, s -> MemoryRun.of(s, config.apply(s)), false));
  }
}
