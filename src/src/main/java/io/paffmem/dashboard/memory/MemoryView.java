package io.paffmem.dashboard.memory;

import io.paffmem.query.PersonMemory;
import java.util.List;

/**
 * A person's memory in two dimensions.
 *
 * @param generation raised by a reset, a forget, a change of the PK
 * @param modelVersion PK that it was learned with
 * @param seededFrames frames that it was seeded with
 * @param framesPerceived frames that it has perceived
 * @param waitingFrames frames that wait for their seeds
 * @param capacity neurons at most
 * @param neurons by id, ascending
 * @param edges between ids of neurons
 * @param taught what it was taught, by id
 */
public record MemoryView(
    String person,
    int generation,
    String modelVersion,
    long seededFrames,
    long framesPerceived,
    long waitingFrames,
    int capacity,
    List<Neuron> neurons,
    List<Edge> edges,
    Projection projection,
    List<PersonMemory.Taught> taught) {

  /**
   * One neuron.
   *
   * @param x place in the plane of the first two principal components of all neurons' weights, 0 in
   *     the middle; for a memory that is seen for the first time, along the first, growing with
   *     valence. Later the plane is turned so that the neurons stay near to where they were
   * @param y likewise; at first along the second, growing with arousal
   * @param arousal of its label, -1 to 1
   * @param valence of its label, -1 to 1
   * @param habituation 1 for one that never fired, less with each time
   */
  public record Neuron(int id, float x, float y, float arousal, float valence, float habituation) {}

  /**
   * Two neurons that fired together, one line for both directions.
   *
   * @param age wins of one of them since they last did
   */
  public record Edge(int a, int b, int age) {}

  /**
   * How much of the weights' variance the two dimensions hold.
   *
   * @param first share along x, 0 to 1
   * @param second share along y, 0 to 1
   */
  public record Projection(double first, double second) {}

  public MemoryView {
    neurons = List.copyOf(neurons);
    edges = List.copyOf(edges);
    taught = List.copyOf(taught);
  }
}
