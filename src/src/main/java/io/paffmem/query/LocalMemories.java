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
  public Lookup memory(String person, @Nullable String authorization) {
    QueryAnswer answer = stream.apply(person);
    if (answer instanceof QueryAnswer.Found found) {
      return new Lookup.Found(PersonMemory.of(person, found));
    }
    if (answer instanceof QueryAnswer.Unavailable unavailable) {
      return new Lookup.Unavailable(unavailable.reason());
    }
    return answer instanceof QueryAnswer.Elsewhere
        ? new Lookup.Unavailable("another instance has the person")
        : new Lookup.Unknown();
  }
}
