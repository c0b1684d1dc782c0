package io.paffmem.app;

import io.paffmem.evaluation.Decisions;
import io.paffmem.evaluation.EmbeddedFaces;
import io.paffmem.evaluation.LabelledStream;
import io.paffmem.evaluation.MemoryEvaluation;
import io.paffmem.evaluation.MemoryEvaluation.Contender;
import io.paffmem.evaluation.Streams;
import io.paffmem.evaluation.Streams.Order;
import io.paffmem.evaluation.TimeFigure;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.pipeline.StartException;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.stage.SeedLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory and its rivals on streams of embedded faces. */
final class MemoryTrial {
  private MemoryTrial() {}

  /**
   * What is tried.
   *
   * @param seedingFrames of each stream, of which the PK imagines other faces
   * @param decisions whether the memory is also run with one parameter changed at a time
   * @param figure where to draw the first stream along time; null for nowhere
   */
  record Settings(int seedingFrames, boolean decisions, @Nullable Path figure) {}

  /**
   * Runs them.
   *
   * @param settings how a memory is seeded and with whom it is compared
   */
  static MemoryEvaluation.Outcome of(
      PriorKnowledge prior,
      EmbeddedFaces faces,
      List<Order> orders,
      Settings settings,
      long seed,
      Progress progress) {
    int seedingFrames = settings.seedingFrames;
    float[] y = SeedLayout.EVEN_200.y();
    Streams streams = new Streams(prior, faces, y);
    List<LabelledStream> all =
        progress.during(
            "imagine",
            Streams.seeds(orders, seedingFrames),
            at -> streams.of(orders, seedingFrames, at));
    if (settings.figure != null) {
      draw(all.get(0), y, settings.figure);
    }
    List<Contender> contenders = new ArrayList<>(MemoryEvaluation.contenders());
    if (settings.decisions) {
      contenders.addAll(Decisions.all());
    }
    return MemoryEvaluation.of(all, contenders, y, seed);
  }

  private static void draw(LabelledStream stream, float[] y, Path file) {
    try {
      Files.writeString(file, TimeFigure.svg(stream, MemoryConfig.standard(), y));
    } catch (IOException e) {
      throw new StartException("the figure cannot be written to " + file + ": " + e, e);
    }
  }
}
