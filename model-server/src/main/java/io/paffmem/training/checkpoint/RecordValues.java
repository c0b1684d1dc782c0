package io.paffmem.training.checkpoint;

import java.lang.reflect.RecordComponent;
import java.util.SortedMap;
import java.util.TreeMap;

/** A record's values as text, so that runs can be compared whatever values there are. */
public final class RecordValues {
  private RecordValues() {}

  /** By {@code prefix.name}. */
  public static SortedMap<String, String> of(String prefix, Record values) {
    SortedMap<String, String> text = new TreeMap<>();
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      try {
        text.put(
            prefix + "." + component.getName(),
            String.valueOf(component.getAccessor().invoke(values)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("cannot read " + component, e);
      }
    }
    return text;
  }
}
