package io.paffmem.topology;

import io.paffmem.memory.MemoryConfig;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
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

  /**
   * The configuration of which {@link #of} made texts. A parameter that an older release did not
   * know has its standard value.
   *
   * @throws IllegalArgumentException if one is unknown here, or no such value is allowed
   */
  static MemoryConfig config(Map<String, String> parameters) {
    Map<String, String> texts = of(MemoryConfig.standard());
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (texts.replace(parameter.getKey(), parameter.getValue()) == null) {
        throw new IllegalArgumentException(
            "the parameter " + parameter.getKey() + " is not known to this release");
      }
    }
    return get("", MemoryConfig.class, texts);
  }

  private static <T extends Record> T get(String prefix, Class<T> type, Map<String, String> texts) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      String name = prefix + components[i].getName();
      Class<?> wanted = components[i].getType();
      values[i] =
          wanted.isRecord()
              ? get(name + ".", wanted.asSubclass(Record.class), texts)
              : value(wanted, Objects.requireNonNull(texts.get(name)));
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<T> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record has a public constructor", e);
    }
  }

  private static Object value(Class<?> type, String text) {
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    if (type == float.class) {
      return Float.valueOf(text);
    }
    if (type == double.class) {
      return Double.valueOf(text);
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> String.valueOf(constant).equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(text + " is no " + type.getSimpleName()));
    }
    throw new IllegalStateException("no parameter was a " + type + " yet");
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
