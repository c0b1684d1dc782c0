package io.paffmem.app.evaluate;

import io.paffmem.app.terminal.Progress;
import io.paffmem.evaluation.VideoEvaluation.Part;
import io.paffmem.evaluation.memory.LabelledStream;
import io.paffmem.evaluation.memory.Lessons;
import io.paffmem.evaluation.memory.Lessons.Lesson;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.Contender;
import io.paffmem.evaluation.memory.MemoryEvaluation.Level;
import io.paffmem.evaluation.memory.Streams.Order;
import io.paffmem.evaluation.prior.EmbeddedFaces;
import io.paffmem.ingest.dataset.OmgEmotion;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.start.StartException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
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

  /**
   * On synthetic people whose memories are taught.
   *
   * @param lessons as {@code --teach} names them
   */
  List<Part> taught(int people, List<Shooting> shootings, List<String> lessons) {
    List<Part> parts = new ArrayList<>();
    for (Shooting shooting : shootings) {
      SyntheticVideos videos = new SyntheticVideos(people, seed, shooting);
      EmbeddedFaces faces =
          progress.during("embed", videos.size(), at -> EmbeddedFaces.of(prior, videos, at));
      List<LabelledStream> streams = imagine(faces, videos.orders());
      List<Contender> contenders = untaught(streams);
      for (String lesson : lessons) {
        IdentityHashMap<LabelledStream, List<Lesson>> taught = new IdentityHashMap<>();
        for (int person = 0; person < people; person++) {
          taught.put(
              streams.get(person), videos.lessons(person, VideoOptions.Taught.labels(lesson)));
        }
        contenders.add(Lessons.contender(named(lesson), streams, settings.memory(), taught));
      }
      parts.add(taught(shooting.named(), faces.rows().size(), people, Map.of(), contenders));
    }
    return parts;
  }

  /** On photographs: of everybody the first teach, and the rest are compared. */
  Part taught(
      EmbeddedFaces faces,
      List<Order> orders,
      Map<String, Integer> leftOut,
      List<String> lessons,
      int mostLabels) {
    List<LabelledStream> labelled = imagine(faces, orders);
    List<LabelledStream> streams =
        labelled.stream().map(stream -> stream.withoutLabelsBefore(mostLabels)).toList();
    List<Contender> contenders = untaught(streams);
    for (String lesson : lessons) {
      IdentityHashMap<LabelledStream, List<Lesson>> taught = new IdentityHashMap<>();
      for (int s = 0; s < streams.size(); s++) {
        float[] labels = labelled.get(s).labels();
        List<Lesson> own = new ArrayList<>();
        for (int i = 0; i < Math.min(labels.length / 2, VideoOptions.Taught.labels(lesson)); i++) {
          own.add(new Lesson(i, i, false, labels[2 * i], labels[2 * i + 1]));
        }
        taught.put(streams.get(s), own);
      }
      contenders.add(Lessons.contender(named(lesson), streams, settings.memory(), taught));
    }
    int people = (int) orders.stream().map(Order::person).distinct().count();
    return taught("faces", faces.rows().size(), people, leftOut, contenders);
  }

  private List<LabelledStream> imagine(EmbeddedFaces faces, List<Order> orders) {
    return MemoryTrial.imagine(
        prior, faces, orders, settings.layout(), settings.seeding(), progress);
  }

  /** From which gains are counted. */
  private List<Contender> untaught(List<LabelledStream> streams) {
    Contender memory = Contender.memory("memory, untaught", streams, settings.memory());
    return new ArrayList<>(List.of(new Contender(memory.name(), streams, memory.run(), true)));
  }

  private static String named(String lesson) {
    return lesson.equals(VideoOptions.Taught.NEUTRAL)
        ? "taught three seconds at rest"
        : "taught %s label%s".formatted(lesson, lesson.equals("1") ? "" : "s");
  }

  private Part taught(
      String name,
      int faces,
      int people,
      Map<String, Integer> leftOut,
      List<Contender> contenders) {
    MemoryEvaluation.Evaluated frames = MemoryEvaluation.of(contenders, seed);
    List<Lessons.PerPerson> taught =
        contenders.stream()
            .skip(1)
            .map(contender -> Lessons.perPerson(contender, contenders.get(0)))
            .toList();
    return new Part(
        name, faces, people, leftOut, frames.figures(), null, frames.perPerson(), taught);
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
    List<LabelledStream> streams = imagine(faces, orders);
    List<Contender> contenders = MemoryEvaluation.contenders(streams, settings.memory());
    MemoryEvaluation.Evaluated frames = MemoryEvaluation.of(contenders, seed);
    return new Part(
        name,
        faces.rows().size(),
        orders.size(),
        leftOut,
        frames.figures(),
        hasUtterances ? MemoryEvaluation.of(contenders, Level.UTTERANCES, seed).figures() : null,
        frames.perPerson(),
        List.of());
  }
}
