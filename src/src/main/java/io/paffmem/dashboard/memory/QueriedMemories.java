package io.paffmem.dashboard.memory;

import io.paffmem.query.Memories;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import io.paffmem.query.PersonMemory;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Memories that the topology is asked for, and what the PK imagines from them. */
public final class QueriedMemories implements PersonMemories {
  private static final Duration FRESH = Duration.ofMillis(250);
  private static final Duration FRESH_SHEET = Duration.ofSeconds(5);
  private static final int MOST_MEMORIES = 32;
  private static final int MOST_SHEETS = 64;
  private static final int FIGURE_2 = 0;

  /** Answers are shared by those alone who show the same token: the topology judges each. */
  private record Asked(String person, String authorization) {}

  private record AskedSheet(Asked asked, int generation, int size) {}

  private final Memories memories;
  private final Imagination imagination;
  private final MemoryMaps maps = new MemoryMaps();
  private final Recent<Asked, PersonMemory> found;
  private final Recent<Asked, MemoryView> views;
  private final Recent<AskedSheet, byte[]> sheets;

  /**
   * Asks there.
   *
   * @param imagination closed with this
   */
  public QueriedMemories(Memories memories, Imagination imagination) {
    this(memories, imagination, System::nanoTime);
  }

  QueriedMemories(Memories memories, Imagination imagination, LongSupplier nanoTime) {
    this.memories = memories;
    this.imagination = imagination;
    this.found = new Recent<>(FRESH, MOST_MEMORIES, nanoTime);
    this.views = new Recent<>(FRESH, MOST_MEMORIES, nanoTime);
    this.sheets = new Recent<>(FRESH_SHEET, MOST_SHEETS, nanoTime);
  }

  @Override
  public MemoryAnswer<MemoryView> memory(String person, String authorization) {
    Asked asked = new Asked(person, authorization);
    return views.get(asked, () -> of(asked, memory -> new Found<>(maps.view(memory))));
  }

  @Override
  public MemoryAnswer<byte[]> imagined(
      String person, String authorization, int bestMatchingUnit, int size) {
    Asked asked = new Asked(person, authorization);
    return of(
        asked,
        memory ->
            sheets.get(
                new AskedSheet(asked, memory.generation(), size),
                () -> imagination.square(memory, bestMatchingUnit, size)));
  }

  @Override
  public MemoryAnswer<byte[]> figure2(String person, String authorization, int bestMatchingUnit) {
    Asked asked = new Asked(person, authorization);
    return of(
        asked,
        memory ->
            sheets.get(
                new AskedSheet(asked, memory.generation(), FIGURE_2),
                () -> imagination.figure2(memory, bestMatchingUnit)));
  }

  private <T> MemoryAnswer<T> of(Asked asked, Function<PersonMemory, MemoryAnswer<T>> make) {
    return found.get(asked, () -> lookUp(asked)).then(make);
  }

  private MemoryAnswer<PersonMemory> lookUp(Asked asked) {
    MemoryAnswer<PersonMemory> answer = memories.memory(asked.person(), asked.authorization());
    if (answer instanceof Missing<PersonMemory> missing
        && missing.reason() == Reason.UNKNOWN_PERSON) {
      maps.forget(asked.person());
    }
    return answer;
  }

  @Override
  public void forget(String person) {
    maps.forget(person);
    found.forgetIf(asked -> asked.person().equals(person));
    views.forgetIf(asked -> asked.person().equals(person));
    sheets.forgetIf(sheet -> sheet.asked().person().equals(person));
  }

  @Override
  public void close() {
    imagination.close();
  }
}
