package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.OutputFile;
import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.memory.Decisions;
import io.paffmem.evaluation.memory.LabelledStream;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.Streams;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.memory.TimeFigure;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.stage.SeedLayout;
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
   * @param memory its parameters
   * @param decisions whether the memory is also run with one parameter changed at a time
   * @param figure where to draw the first stream along time; null for nowhere
   */
  record Settings(
      int seedingFrames, MemoryConfig memory, boolean decisions, @Nullable Path figure) {}

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
    int seedingFrames = settings.seedingFrames;
    List<LabelledStream> streams =
        imagine(prior, faces, orders, SeedLayout.EVEN_200.y(), seedingFrames, progress);
    if (settings.figure != null) {
      OutputFile.write(settings.figure, TimeFigure.svg(streams.get(0), settings.memory));
    }
    List<Contender> contenders =
        new ArrayList<>(MemoryEvaluation.contenders(streams, settings.memory));
    if (settings.decisions) {
      List<LabelledStream> others =
          imagine(prior, faces, orders, ExpressionLayout.y(), seedingFrames, progress);
      contenders.addAll(Decisions.all(streams, others, settings.memory));
    }
    return MemoryEvaluation.of(contenders, seed);
  }

  /**
   * The streams of these faces, with what the PK imagines from the first of each.
   *
   * @param y what is wished for
   */
  static List<LabelledStream> imagine(
      PriorKnowledge prior,
      EmbeddedFaces faces,
      List<Order> orders,
      float[] y,
      int seedingFrames,
      Progress progress) {
    Streams streams = new Streams(prior, faces, y);
    return progress.during(
        "imagine",
        Streams.seeds(orders, seedingFrames),
        at -> streams.of(orders, seedingFrames, at));
  }
}
