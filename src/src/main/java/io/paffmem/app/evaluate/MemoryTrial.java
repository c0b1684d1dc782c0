package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.OutputFile;
import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.memory.Decisions;
import io.paffmem.evaluation.memory.LabelledStream;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.SeedPairs;
import io.paffmem.evaluation.memory.Streams;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.memory.Streams.Seeding;
import io.paffmem.evaluation.memory.TimeFigure;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.SeedingPolicy;
import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.stage.ImaginedSeeds;
import io.paffmem.stage.SeedLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The memory and its rivals on streams of embedded faces. */
final class MemoryTrial {
  /** Views at most, of the seedings by need that are compared. */
  private static final int[] VIEWS = {1, 3, 6, 8};

  /** As the paper has it, with each of the first frames and every imagined face computed. */
  private static final String EVERY_FRAME = "seeded on every frame";

  private MemoryTrial() {}

  /**
   * What is tried.
   *
   * @param seeding with which of each stream's faces a memory is seeded
   * @param layout which faces the PK imagines of them
   * @param memory its parameters
   * @param decisions whether the memory is also run with one parameter changed at a time
   * @param figure where to draw the first stream along time; null for nowhere
   */
  record Settings(
      Seeding seeding,
      SeedLayout layout,
      MemoryConfig memory,
      boolean decisions,
      @Nullable Path figure) {}

  /**
   * Runs them.
   *
   * @param settings how a memory is seeded and with whom it is compared
   */
  static MemoryEvaluation.Evaluated of(
      PriorKnowledge prior,
      EmbeddedFaces faces,
      List<Order> orders,
      Settings settings,
      long seed,
      Progress progress) {
    ImaginedSeeds imagined = new ImaginedSeeds(prior);
    Streams asSet = new Streams(faces, z -> pairs(imagined, z, settings.layout));
    List<LabelledStream> streams = imagine(asSet, orders, settings.seeding, progress);
    if (settings.figure != null) {
      OutputFile.write(settings.figure, TimeFigure.svg(streams.get(0), settings.memory));
    }
    List<Contender> contenders =
        new ArrayList<>(MemoryEvaluation.contenders(streams, settings.memory));
    if (settings.decisions) {
      Streams around = new Streams(faces, z -> pairs(prior, z, ExpressionLayout.y()));
      Map<String, List<LabelledStream>> otherwise = new LinkedHashMap<>();
      otherSeedings(faces, imagined, settings)
          .forEach(
              (name, other) ->
                  otherwise.put(name, imagine(other.streams(), orders, other.seeding(), progress)));
      otherwise.put(
          "imagined around the eight expressions",
          imagine(around, orders, settings.seeding, progress));
      contenders.addAll(Decisions.all(streams, otherwise, settings.memory));
    }
    return MemoryEvaluation.of(contenders, seed);
  }

  /** Another way to seed. */
  private record Other(Streams streams, Seeding seeding) {}

  /** The other ways to seed that are compared, by name. */
  private static Map<String, Other> otherSeedings(
      EmbeddedFaces faces, ImaginedSeeds imagined, Settings settings) {
    Map<String, Other> others = new LinkedHashMap<>();
    int frames = settings.seeding.frames();
    for (SeedLayout layout : SeedLayout.all()) {
      Streams streams = new Streams(faces, z -> pairs(imagined, z, layout));
      for (int views : VIEWS) {
        others.put(
            "seeded by need, %d at most, %s".formatted(views, layout.name()),
            new Other(streams, new Seeding(frames, SeedingPolicy.byNeed(views))));
      }
      others.put(
          EVERY_FRAME + ", " + layout.name(),
          new Other(streams, new Seeding(frames, SeedingPolicy.everyFrame())));
    }
    return others;
  }

  /**
   * The streams of these faces, with what the PK imagines of some of the first of each.
   *
   * @param layout which faces
   */
  static List<LabelledStream> imagine(
      PriorKnowledge prior,
      EmbeddedFaces faces,
      List<Order> orders,
      SeedLayout layout,
      Seeding seeding,
      Progress progress) {
    ImaginedSeeds imagined = new ImaginedSeeds(prior);
    return imagine(new Streams(faces, z -> pairs(imagined, z, layout)), orders, seeding, progress);
  }

  private static List<LabelledStream> imagine(
      Streams streams, List<Order> orders, Seeding seeding, Progress progress) {
    return progress.during(
        "imagine", streams.seeds(orders, seeding), at -> streams.of(orders, seeding, at));
  }

  private static SeedPairs pairs(ImaginedSeeds imagined, float[] z, SeedLayout layout) {
    Encodings faces = imagined.of(z, layout).faces();
    return new SeedPairs(faces.z(), faces.affect(), layout.y());
  }

  /** Every face computed. */
  private static SeedPairs pairs(PriorKnowledge prior, float[] z, float[] y) {
    int pairs = y.length / 2;
    float[] repeated = new float[pairs * z.length];
    for (int i = 0; i < pairs; i++) {
      System.arraycopy(z, 0, repeated, i * z.length, z.length);
    }
    Encodings faces = prior.generateAndEncode(repeated, y, pairs);
    return new SeedPairs(faces.z(), faces.affect(), y);
  }
}
