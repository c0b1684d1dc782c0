package io.paffmem.evaluation.memory;

import io.paffmem.evaluation.memory.Lessons.Lesson;
import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.Course;
import io.paffmem.memory.MemoryConfig;
import io.paffmem.memory.MemoryState;
import io.paffmem.memory.Recognition;
import io.paffmem.memory.TaughtMoment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was answered to one stream. A memory is run prequentially: each face is recognised after the
 * memory has trained on its seeds and before it learns from the face. The steps are those of the
 * topology.
 *
 * @param answers n x 2
 * @param activities of the best-matching unit, n
 * @param neurons at the end
 * @param insertions beyond the first two
 * @param own answers in which the memory had a say: they are not the PK's own
 * @param ownSeeded those of them whose best-matching unit is an imagined face
 */
record MemoryRun(
    float[] answers, float[] activities, int neurons, long insertions, int own, int ownSeeded) {

  /** Answers that need no memory. */
  static MemoryRun without(float[] answers) {
    return new MemoryRun(answers, new float[answers.length / 2], 0, 0, 0, 0);
  }

  /** Runs a memory. */
  static MemoryRun of(LabelledStream stream, MemoryConfig config) {
    return of(stream, config, List.of());
  }

  /** Runs a memory that is taught; what the topology would refuse is not taught. */
  static MemoryRun of(LabelledStream stream, MemoryConfig config, List<Lesson> lessons) {
    AffectiveMemory memory = new AffectiveMemory(config);
    MemoryState state = new MemoryState(config.dimensions());
    Map<Integer, Course> courses = new HashMap<>();
    Recognition seen = new Recognition();
    int n = stream.size();
    int latentSize = stream.latentSize();
    float[] answers = new float[2 * n];
    float[] activities = new float[n];
    int firstOnlineId = Integer.MAX_VALUE;
    int own = 0;
    int ownSeeded = 0;
    int seeded = 0;
    float[] readings = new float[2 * n];
    for (int i = 0; i < n; i++) {
      if (seeded < stream.seeds().size() && stream.seeds().get(seeded).face() == i) {
        SeedPairs seeds = stream.seeds().get(seeded++).pairs();
        memory.seed(state, seeds.z(), seeds.prior(), seeds.y());
        if (seeded == stream.seeds().size()) {
          firstOnlineId = state.nextNeuronId();
        }
      }
      float[] z = Arrays.copyOfRange(stream.z(), i * latentSize, (i + 1) * latentSize);
      Course course = courses.computeIfAbsent(stream.feeds()[i], any -> new Course());
      float arousal = stream.prior()[2 * i];
      float valence = stream.prior()[2 * i + 1];
      memory.recognize(state, course, z, arousal, valence, stream.millis()[i], seen);
      memory.learn(state, course, z, arousal, valence, seen);
      readings[2 * i] = seen.readArousal();
      readings[2 * i + 1] = seen.readValence();
      for (Lesson lesson : lessons) {
        if (lesson.to() == i && (!lesson.neutral() || Lessons.isCalm(readings, lesson))) {
          state.taught().add(moment(stream, readings, lesson));
        }
      }
      answers[2 * i] = seen.arousal();
      answers[2 * i + 1] = seen.valence();
      activities[i] = seen.activity();
      if (seen.arousal() != arousal || seen.valence() != valence) {
        own++;
        ownSeeded += seen.bestMatchingUnit() < firstOnlineId ? 1 : 0;
      }
    }
    return new MemoryRun(answers, activities, state.size(), memory.insertions(), own, ownSeeded);
  }

  private static TaughtMoment moment(LabelledStream stream, float[] readings, Lesson lesson) {
    int latentSize = stream.latentSize();
    int faces = lesson.to() - lesson.from() + 1;
    float[] z = new float[latentSize];
    float arousal = 0;
    float valence = 0;
    for (int i = lesson.from(); i <= lesson.to(); i++) {
      for (int d = 0; d < latentSize; d++) {
        z[d] += stream.z()[i * latentSize + d] / faces;
      }
      arousal += readings[2 * i] / faces;
      valence += readings[2 * i + 1] / faces;
    }
    for (int d = 0; d < latentSize; d++) {
      z[d] = Math.max(-1, Math.min(1, z[d])); // rounding
    }
    return new TaughtMoment(
        "at " + lesson.from(),
        lesson.neutral(),
        lesson.arousal(),
        lesson.valence(),
        z,
        arousal,
        valence,
        faces,
        stream.millis()[lesson.from()]);
  }
}
