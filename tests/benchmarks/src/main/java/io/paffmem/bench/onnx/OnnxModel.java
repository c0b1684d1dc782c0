package io.paffmem.bench.onnx;

import java.util.List;
import java.util.Map;

/**
 * A model in the ONNX format, written node by node. Field numbers are those of onnx.proto (ONNX
 * 1.12, operator set 17).
 */
final class OnnxModel {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  /** Types of tensors that the PK needs, with their number in onnx.proto. */
  enum Type {
    FLOAT(1),
    UINT8(2);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private static final int INT64 = 7;

  private final Message graph = new Message().put(2, "pk");
  private int nodes;

  /**
   * Adds a tensor that callers give.
   *
   * @param shape without the batch in front, which is free
   */
  OnnxModel input(String name, Type type, int... shape) {
    graph.put(11, valueInfo(name, type, shape));
    return this;
  }

  /** Adds a tensor that callers get; shaped as an input. */
  OnnxModel output(String name, Type type, int... shape) {
    graph.put(12, valueInfo(name, type, shape));
    return this;
  }

  /** Adds constant numbers, and returns their name. */
  String constant(String name, float[] values, int... shape) {
    Message tensor = tensor(name, Type.FLOAT.number, shape).put(9, values);
    graph.put(5, tensor);
    return name;
  }

  /** Adds a constant list of whole numbers, and returns its name. */
  String constant(String name, long... values) {
    graph.put(5, tensor(name, INT64, values.length).put(9, values));
    return name;
  }

  /**
   * Adds an operation with one output, and returns its name.
   *
   * @param attributes whole numbers, lists of them, or text
   */
  String node(String operator, Map<String, Object> attributes, String... inputs) {
    String output = operator + "_" + nodes++;
    node(operator, attributes, output, inputs);
    return output;
  }

  /** Adds an operation that gives an output of the model. */
  void node(String operator, Map<String, Object> attributes, String output, List<String> inputs) {
    node(operator, attributes, output, inputs.toArray(new String[0]));
  }

  private void node(
      String operator, Map<String, Object> attributes, String output, String[] inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.put(1, input);
    }
    node.put(2, output).put(3, output).put(4, operator);
    attributes.forEach((name, value) -> node.put(5, attribute(name, value)));
    graph.put(1, node);
  }

  byte[] toByteArray() {
    return new Message()
        .put(1, IR_VERSION)
        .put(8, new Message().put(1, "").put(2, OPERATOR_SET))
        .put(2, "paffmem")
        .put(7, graph)
        .toByteArray();
  }

  private static Message attribute(String name, Object value) {
    Message attribute = new Message().put(1, name);
    if (value instanceof Integer number) {
      return attribute.put(3, number).put(20, 2);
    }
    if (value instanceof String text) {
      return attribute.put(4, text).put(20, 3);
    }
    for (int number : (int[]) value) {
      attribute.put(8, number);
    }
    return attribute.put(20, 7);
  }

  private static Message tensor(String name, int type, int... shape) {
    Message tensor = new Message();
    for (int size : shape) {
      tensor.put(1, size);
    }
    return tensor.put(2, type).put(8, name);
  }

  private static Message valueInfo(String name, Type type, int[] shape) {
    Message dimensions = new Message().put(1, new Message().put(2, "faces"));
    for (int size : shape) {
      dimensions.put(1, new Message().put(1, size));
    }
    Message tensorType = new Message().put(1, type.number).put(2, dimensions);
    return new Message().put(1, name).put(2, new Message().put(1, tensorType));
  }
}
