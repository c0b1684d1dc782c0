package io.paffmem.memory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a memory as texts, each by its name in {@link MemoryConfig}: whatever is added
 * there is stored, exported, compared and set without being named again here.
 */
public final class MemoryParameters {
  private MemoryParameters() {}

  /**
   * Every parameter; one of a part stands as {@code its name.their name}: {@code reading.reach}.
   */
  public static Map<String, String> of(MemoryConfig config) {
    Map<String, String> parameters = new LinkedHashMap<>();
    put("", config, parameters);
    return parameters;
  }

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

  /**
   * The same configuration with some parameters changed.
   *
   * @param changes texts by name, as {@link #of} has them
   * @throws IllegalArgumentException naming what is no parameter, no value of one, or out of range
   */
  public static MemoryConfig changed(MemoryConfig config, Map<String, String> changes) {
    Map<String, String> left = new LinkedHashMap<>(changes);
    Record changed = changed("", config, left);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "the memory has no parameter %s; it has %s"
              .formatted(String.join(", ", left.keySet()), String.join(", ", of(config).keySet())));
    }
    return (MemoryConfig) changed;
  }

  /** Takes what it uses out of the changes. */
  private static Record changed(String prefix, Record values, Map<String, String> changes) {
    RecordComponent[] components = values.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        String name = prefix + components[i].getName();
        Object value = components[i].getAccessor().invoke(values);
        if (value instanceof Record parts) {
          arguments[i] = changed(name + ".", parts, changes);
        } else {
          @Nullable String text = changes.remove(name);
          arguments[i] = text == null ? value : parsed(name, text.trim(), value);
        }
      }
      return values.getClass().getConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException outOfRange) {
        throw outOfRange;
      }
      throw new IllegalStateException("a configuration that fails otherwise than it says", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record has a public constructor", e);
    }
  }

  private static Object parsed(String name, String text, Object before) {
    if (before instanceof Enum<?> constant) {
      Object[] values = constant.getDeclaringClass().getEnumConstants();
      return Arrays.stream(values)
          .filter(value -> value.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "%s = %s (one of %s allowed)"
                          .formatted(name, text, Arrays.toString(values))));
    }
    try {
      return before instanceof Integer ? (Object) Integer.valueOf(text) : Float.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s = %s (a%s number allowed)"
              .formatted(name, text, before instanceof Integer ? " whole" : ""),
          e);
    }
  }

  /** What differs first between the parameters of a memory and those in force; empty if nothing. */
  public static Optional<String> difference(
      Map<String, String> memory, Map<String, String> inForce) {
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
