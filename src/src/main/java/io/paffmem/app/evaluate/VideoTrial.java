package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.VideoEvaluation.Part;
import io.paffmem.evaluation.memory.LabelledStream;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.MemoryEvaluation.Level;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.ingest.dataset.OmgEmotion;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.start.StartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The memory and its rivals on videos, and nothing else. */
final class VideoTrial {
  private final PriorKnowledge prior;
  private final MemoryTrial.Settings settings;
  private final long seed;
  private final Progress progress;

  /**
   * @param settings how the memory is seeded
   * @param seed of the people and the intervals
   */
  VideoTrial(PriorKnowledge prior, MemoryTrial.Settings settings, long seed, Progress progress) {
    this.prior = prior;
    this.settings = settings;
    this.seed = seed;
    this.progress = progress;
  }

  /** On synthetic people, in each of these ways. */
  List<Part> synthetic(int people, List<Shooting> shootings) {
    List<Part> parts = new ArrayList<>();
    for (Shooting shooting : shootings) {
      SyntheticVideos videos = new SyntheticVideos(people, seed, shooting);
      EmbeddedFaces faces =
          progress.during("embed", videos.size(), at -> EmbeddedFaces.of(prior, videos, at));
      parts.add(part(shooting.named(), faces, videos.orders(), Map.of(), false));
    }
    return parts;
  }

  /**
   * On recorded videos.
   *
   * @throws StartException if there is no face in any of them
   */
  Part recorded(OmgEmotion omg) {
    RecordedVideos videos =
        progress.during(
            "videos", RecordedVideos.files(omg).size(), at -> RecordedVideos.of(prior, omg, at));
    EmbeddedFaces faces = videos.faces();
    if (faces.rows().isEmpty()) {
      throw new StartException(
          "no face was found in any video of the data set; left out: " + videos.leftOut());
    }
    return part("omg", faces, videos.orders(), videos.leftOut(), true);
  }

  private Part part(
      String name,
      EmbeddedFaces faces,
      List<Order> orders,
      Map<String, Integer> leftOut,
      boolean hasUtterances) {
    List<LabelledStream> streams =
        MemoryTrial.imagine(prior, faces, orders, settings.layout(), settings.seeding(), progress);
    List<Contender> contenders = MemoryEvaluation.contenders(streams, settings.memory());
    MemoryEvaluation.Evaluated frames = MemoryEvaluation.of(contenders, seed);
    return new Part(
        name,
        faces.rows().size(),
        orders.size(),
        leftOut,
        frames.figures(),
        hasUtterances ? MemoryEvaluation.of(contenders, Level.UTTERANCES, seed).figures() : null,
        frames.perPerson());
  }
}
