package io.paffmem.training.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The nodes that some tensors of a graph are computed by, in the order of their computation. Calls
 * of functions, which Python's TensorFlow 2 wraps signatures in, are replaced by what they do; what
 * does not lead to the tensors is left out.
 */
final class FlatSignature {
  /** In place of a node: what is fed. */
  static final int INPUT = -1;

  private static final int IN_WORK = -2;
  private static final List<String> CALLS = List.of("PartitionedCall", "StatefulPartitionedCall");

  /**
   * A tensor.
   *
   * @param node index in {@link #nodes}, or {@link #INPUT}
   * @param output which of its outputs
   */
  record Source(int node, int output) {}

  /**
   * A node.
   *
   * @param path its name, after the names of the calls that it is made in
   * @param inputs by argument of the operation; one each, or several where the argument is a list
   */
  record Node(String path, NodeDef definition, List<Argument> inputs) {
    String op() {
      return definition.getOp();
    }
  }

  /** An argument of an operation. */
  record Argument(boolean isList, List<Source> sources) {}

  /** Where names mean something: the graph itself, or one call of a function. */
  private record Scope(String prefix, Map<String, NodeDef> nodes, Map<String, Source> arguments) {}

  private final Map<String, OpDef> operations = new HashMap<>();
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Map<String, Integer> known = new HashMap<>();
  private final Map<String, Scope> bodies = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Source> outputs = new ArrayList<>();
  private final String input;

  /**
   * Flattens what leads from one tensor to others.
   *
   * @param input name of the tensor that is fed, as in {@code Placeholder:0}
   * @param outputs names of the tensors that are asked for
   * @throws IllegalArgumentException if the graph has loops, or is not whole
   */
  FlatSignature(GraphDef graph, String input, List<String> outputs) {
    this.input = input;
    TensorFlow.registeredOpList().getOpList().forEach(op -> operations.put(op.getName(), op));
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
      operations.put(function.getSignature().getName(), function.getSignature());
    }
    Scope whole = new Scope("", byName(graph.getNodeList()), Map.of());
    for (String output : outputs) {
      this.outputs.add(source(whole, output));
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Where the tensors that were asked for come from, in their order. */
  List<Source> outputs() {
    return outputs;
  }

  /** In the graph "node" or "node:output"; in a function "argument" or "node:name:output". */
  private Source source(Scope scope, String tensor) {
    Source argument = scope.arguments.get(tensor);
    if (argument != null) {
      return argument;
    }
    String[] parts = tensor.split(":", -1);
    int last = parts.length > 1 ? Integer.parseInt(parts[parts.length - 1]) : 0;
    if (scope.prefix.isEmpty() && input.equals(parts[0] + ":" + last)) {
      return new Source(INPUT, 0);
    }
    NodeDef definition = scope.nodes.get(parts[0]);
    if (definition == null) {
      throw new IllegalArgumentException("its node " + scope.prefix + parts[0] + " is missing");
    }
    int output = parts.length == 3 ? firstOutput(definition, parts[1]) + last : last;
    FunctionDef called = called(definition);
    if (called != null) {
      String result = called.getSignature().getOutputArg(output).getName();
      return source(body(scope, definition, called), called.getRetOrThrow(result));
    }
    return new Source(node(scope, definition), output);
  }

  private int node(Scope scope, NodeDef definition) {
    String path = scope.prefix + definition.getName();
    Integer index = known.putIfAbsent(path, IN_WORK);
    if (index != null) {
      if (index == IN_WORK) {
        throw new IllegalArgumentException("it has a loop at " + path);
      }
      return index;
    }
    List<Argument> arguments = new ArrayList<>();
    int at = 0;
    for (OpDef.ArgDef argument : operation(definition).getInputArgList()) {
      List<Source> sources = new ArrayList<>();
      for (int end = at + length(definition, argument); at < end; at++) {
        sources.add(source(scope, definition.getInput(at)));
      }
      arguments.add(new Argument(isList(argument), sources));
    }
    nodes.add(new Node(path, definition, arguments));
    known.put(path, nodes.size() - 1);
    return nodes.size() - 1;
  }

  private Scope body(Scope scope, NodeDef call, FunctionDef function) {
    String prefix = scope.prefix + call.getName() + "/";
    Scope body = bodies.get(prefix);
    if (body == null) {
      Map<String, Source> arguments = new HashMap<>();
      for (int i = 0; i < function.getSignature().getInputArgCount(); i++) {
        arguments.put(
            function.getSignature().getInputArg(i).getName(), source(scope, call.getInput(i)));
      }
      body = new Scope(prefix, byName(function.getNodeDefList()), arguments);
      bodies.put(prefix, body);
    }
    return body;
  }

  private @Nullable FunctionDef called(NodeDef definition) {
    return CALLS.contains(definition.getOp())
        ? functions.get(definition.getAttrOrThrow("f").getFunc().getName())
        : functions.get(definition.getOp());
  }

  private OpDef operation(NodeDef definition) {
    OpDef operation = operations.get(definition.getOp());
    if (operation == null) {
      throw new IllegalArgumentException(
          "its operation " + definition.getOp() + " is unknown to this TensorFlow");
    }
    return operation;
  }

  private int firstOutput(NodeDef definition, String name) {
    int first = 0;
    for (OpDef.ArgDef output : operation(definition).getOutputArgList()) {
      if (output.getName().equals(name)) {
        return first;
      }
      first += length(definition, output);
    }
    throw new IllegalArgumentException(
        "its node " + definition.getName() + " has no output " + name);
  }

  private static boolean isList(OpDef.ArgDef argument) {
    return !argument.getNumberAttr().isEmpty() || !argument.getTypeListAttr().isEmpty();
  }

  private static int length(NodeDef definition, OpDef.ArgDef argument) {
    if (!argument.getNumberAttr().isEmpty()) {
      return (int) definition.getAttrOrThrow(argument.getNumberAttr()).getI();
    }
    if (!argument.getTypeListAttr().isEmpty()) {
      return definition.getAttrOrThrow(argument.getTypeListAttr()).getList().getTypeCount();
    }
    return 1;
  }

  private static Map<String, NodeDef> byName(List<NodeDef> definitions) {
    Map<String, NodeDef> byName = new HashMap<>();
    definitions.forEach(definition -> byName.put(definition.getName(), definition));
    return byName;
  }

  /** Whether this node is, or only hands on, what a variable is found by. */
  static boolean isHandle(Node node) {
    AttrValue type = node.definition.getAttrMap().get("T");
    return node.op().equals("VarHandleOp")
        || (node.op().equals("Identity") && type != null && type.getType() == DataType.DT_RESOURCE);
  }
}
