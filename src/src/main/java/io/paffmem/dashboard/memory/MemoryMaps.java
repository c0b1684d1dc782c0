package io.paffmem.dashboard.memory;

import io.paffmem.query.PersonMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays memories out in two dimensions, each as it lay before as far as it can: components change
 * their signs and places while a memory learns, and a picture would jump. Thread-safe.
 */
final class MemoryMaps {
  private static final int MOST_PERSONS = 256;

  /** Where a memory's neurons lay, by id, ascending. */
  private record Layout(int generation, String modelVersion, int[] ids, double[] x, double[] y) {
    boolean isOf(PersonMemory memory) {
      return generation == memory.generation() && modelVersion.equals(memory.modelVersion());
    }
  }

  private final Map<String, Layout> layouts =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Layout> eldest) {
              return size() > MOST_PERSONS;
            }
          });

  MemoryView view(PersonMemory memory) {
    List<PersonMemory.Neuron> neurons = memory.neurons();
    Projection projection =
        Projection.of(neurons.stream().map(PersonMemory.Neuron::weights).toList());
    Layout before = layouts.get(memory.person());
    projection =
        before != null && before.isOf(memory)
            ? aligned(projection, neurons, before)
            : projection.withSigns(
                neurons.stream().mapToDouble(PersonMemory.Neuron::valence).toArray(),
                neurons.stream().mapToDouble(PersonMemory.Neuron::arousal).toArray());
    layouts.put(
        memory.person(),
        new Layout(
            memory.generation(),
            memory.modelVersion(),
            neurons.stream().mapToInt(PersonMemory.Neuron::id).toArray(),
            projection.x(),
            projection.y()));
    return view(memory, projection);
  }

  void forget(String person) {
    layouts.remove(person);
  }

  private static Projection aligned(
      Projection projection, List<PersonMemory.Neuron> neurons, Layout before) {
    int[] known = new int[neurons.size()];
    double[] beforeX = new double[neurons.size()];
    double[] beforeY = new double[neurons.size()];
    int count = 0;
    for (int i = 0; i < neurons.size(); i++) {
      int at = Arrays.binarySearch(before.ids(), neurons.get(i).id());
      if (at >= 0) {
        known[count] = i;
        beforeX[count] = before.x()[at];
        beforeY[count++] = before.y()[at];
      }
    }
    return projection.alignedTo(
        Arrays.copyOf(known, count), Arrays.copyOf(beforeX, count), Arrays.copyOf(beforeY, count));
  }

  private static MemoryView view(PersonMemory memory, Projection projection) {
    List<MemoryView.Neuron> neurons = new ArrayList<>();
    for (int i = 0; i < memory.neurons().size(); i++) {
      PersonMemory.Neuron neuron = memory.neurons().get(i);
      neurons.add(
          new MemoryView.Neuron(
              neuron.id(),
              (float) projection.x()[i],
              (float) projection.y()[i],
              neuron.arousal(),
              neuron.valence(),
              neuron.habituation()));
    }
    return new MemoryView(
        memory.person(),
        memory.generation(),
        memory.modelVersion(),
        memory.seededFrames(),
        memory.framesPerceived(),
        memory.waitingFrames(),
        memory.capacity(),
        neurons,
        memory.edges().stream()
            .map(edge -> new MemoryView.Edge(edge.from(), edge.to(), edge.age()))
            .toList(),
        new MemoryView.Projection(projection.shareOfX(), projection.shareOfY()),
        memory.taught());
  }
}
