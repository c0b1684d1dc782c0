package io.paffmem.topology;

import io.paffmem.memory.MemoryConfig;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of a memory as texts, each by its name in {@link MemoryConfig}: whatever is added
 * there is stored, exported and compared without being named again here.
 */
final class MemoryParameters {
  private MemoryParameters() {}

  static Map<String, String> of(MemoryConfig config) {
    Map<String, String> parameters = new LinkedHashMap<>();
    put("", config, parameters);
    return parameters;
  }

  /** A parameter that is a record of parameters stands as {@code its name.their names}. */
  private static void put(String prefix, Record values, Map<String, String> into) {
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(values);
        String name = prefix + component.getName();
        if (value instanceof Record parts) {
          put(name + ".", parts, into);
        } else {
          into.put(name, String.valueOf(value));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a public record has public accessors", e);
      }
    }
  }

  /** What differs first between the parameters of a memory and those in force; empty if nothing. */
  static Optional<String> difference(Map<String, String> memory, Map<String, String> inForce) {
    for (Map.Entry<String, String> parameter : inForce.entrySet()) {
      String value = memory.getOrDefault(parameter.getKey(), "not known");
      if (!value.equals(parameter.getValue())) {
        return Optional.of(
            "%s is %s, here it is %s".formatted(parameter.getKey(), value, parameter.getValue()));
      }
    }
    return memory.keySet().stream()
        .filter(name -> !inForce.containsKey(name))
        .findFirst()
        .map(name -> name + " is " + Objects.requireNonNull(memory.get(name)) + ", here not known");
  }
}
