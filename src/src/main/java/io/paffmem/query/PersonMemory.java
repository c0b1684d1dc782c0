package io.paffmem.query;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paffmem.memory.MemoryState;
import io.paffmem.topology.store.StoredMemory;
import io.paffmem.topology.task.QueryAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One person's whole memory, as instances tell it by HTTP.
 *
 * @param generation raised by reset, forget and a change of model
 * @param modelVersion the PK whose z the memory holds; empty before the first frame of the active
 *     one
 * @param seededFrames frames whose imagined faces trained it; once seeding is over, the number of
 *     frames that are looked at for it
 * @param seedingFrames how many frames are looked at for seeding
 * @param framesPerceived frames that it recognised and learnt from
 * @param waitingFrames frames that wait for seeds
 * @param capacity most neurons
 * @param neurons by id, ascending; none where the person's rows are damaged
 * @param edges each once, by their first ends
 * @param taught what it was taught, by id; an instance of an earlier release tells of none
 */
public record PersonMemory(
    String person,
    int generation,
    String modelVersion,
    int seededFrames,
    int seedingFrames,
    long framesPerceived,
    int waitingFrames,
    int capacity,
    List<Neuron> neurons,
    List<Edge> edges,
    List<Taught> taught) {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * One neuron.
   *
   * @param arousal of its label, [-1, 1]
   * @param valence of its label, [-1, 1]
   * @param habituation 1 when inserted, towards 0 as it is trained
   * @param weights its prototype: z, then the PK's reading of it, weighted
   */
  public record Neuron(int id, float arousal, float valence, float habituation, float[] weights) {}

  /**
   * An edge: three numbers in JSON.
   *
   * @param from id of the neuron at one end
   * @param to id of that at the other, the larger one
   * @param age wins of a unit at either end since it was last refreshed
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"from", "to", "age"})
  public record Edge(int from, int to, int age) {}

  /**
   * What somebody said that the person's face showed.
   *
   * @param neutral whether it was said to be at rest
   * @param faces how many faces that was said of
   * @param seenAt when the first of them was seen, in milliseconds
   */
  public record Taught(
      String id, boolean neutral, float arousal, float valence, int faces, long seenAt) {}

  public PersonMemory {
    taught = taught == null ? List.of() : taught;
  }

  static PersonMemory of(String person, QueryAnswer.Found found) {
    StoredMemory stored = found.memory();
    List<Neuron> neurons = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    MemoryState state = stored.memory();
    for (int slot = 0; state != null && slot < state.size(); slot++) {
      int id = state.neuronId(slot);
      float[] weights = new float[state.dimensions()];
      for (int d = 0; d < weights.length; d++) {
        weights[d] = state.weight(slot, d);
      }
      neurons.add(
          new Neuron(
              id, state.arousal(slot), state.valence(slot), state.habituation(slot), weights));
      for (int k = 0; k < state.degree(slot); k++) {
        int other = state.neighbourId(slot, k);
        if (other > id) {
          edges.add(new Edge(id, other, state.edgeAge(slot, k)));
        }
      }
    }
    return new PersonMemory(
        person,
        stored.generation(),
        stored.modelVersion(),
        stored.seededFrames(),
        found.settings().seedingFrames(),
        stored.framesPerceived(),
        stored.waitingFrames(),
        Integer.parseInt(found.settings().memory().getOrDefault("capacity", "0")),
        neurons,
        edges,
        state == null ? List.of() : taught(state));
  }

  private static List<Taught> taught(MemoryState state) {
    return state.taught().moments().stream()
        .map(
            moment ->
                new Taught(
                    moment.id(),
                    moment.neutral(),
                    moment.arousal(),
                    moment.valence(),
                    moment.faces(),
                    moment.seenAtMillis()))
        .toList();
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException("a memory cannot be written as JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if that is not it
   */
  static PersonMemory fromJson(byte[] json) throws IOException {
    PersonMemory memory = JSON.readValue(json, PersonMemory.class);
    if (memory == null || memory.neurons() == null || memory.edges() == null) {
      throw new IOException("a memory without neurons or edges");
    }
    return memory;
  }
}
