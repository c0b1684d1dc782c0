package io.paffmem.evaluation;

import io.paffmem.evaluation.memory.Lessons;
import io.paffmem.evaluation.memory.MemoryEvaluation;
import io.paffmem.evaluation.memory.MemoryEvaluation.PerPerson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memory and its rivals on videos of several kinds.
 *
 * @param modelVersion of the PK
 */
public record VideoEvaluation(String modelVersion, List<Part> parts) {
  /**
   * Videos of one kind.
   *
   * @param name what kind
   * @param faces that were seen, labelled or not
   * @param people whose
   * @param leftOut what was not seen, by reason
   * @param frames each face's answer beside its label
   * @param utterances the mean answer to each utterance; null where there are none
   * @param perPerson by name
   * @param taught of memories that were taught, each beside the same memory untaught; then {@code
   *     frames} counts gains from the untaught one
   */
  public record Part(
      String name,
      int faces,
      int people,
      Map<String, Integer> leftOut,
      MemoryEvaluation frames,
      @Nullable MemoryEvaluation utterances,
      Map<String, PerPerson> perPerson,
      List<Lessons.PerPerson> taught) {}

  public VideoEvaluation {
    parts = List.copyOf(parts);
  }
}
