package io.paffmem.query;

import io.paffmem.topology.task.QueryAnswer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The memories of the stream in this process, which has them all. */
public final class LocalMemories implements Memories {
  private final Function<String, QueryAnswer> stream;

  /** Asks a stream: {@code AffectiveStream::memory}. */
  public LocalMemories(Function<String, QueryAnswer> stream) {
    this.stream = stream;
  }

  @Override
  public MemoryAnswer<PersonMemory> memory(String person, @Nullable String authorization) {
    return answer(person, stream.apply(person));
  }

  /** What a stream's answer is to those who know of no other instance. */
  static MemoryAnswer<PersonMemory> answer(String person, QueryAnswer answer) {
    if (answer instanceof QueryAnswer.Found found) {
      return new MemoryAnswer.Found<>(PersonMemory.of(person, found));
    }
    if (answer instanceof QueryAnswer.Unavailable unavailable) {
      return MemoryAnswer.restoring(unavailable.reason());
    }
    return answer instanceof QueryAnswer.Elsewhere
        ? MemoryAnswer.restoring("another instance has the person")
        : MemoryAnswer.unknown();
  }
}
