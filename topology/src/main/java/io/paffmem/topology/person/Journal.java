package io.paffmem.topology.person;

import io.paffmem.memory.AffectiveMemory;
import io.paffmem.memory.MemoryState;
import java.util.ArrayList;
import java.util.List;

/**
 * The faces that a person's memory learnt since its neurons were written as rows. A frame moves the
 * best-matching unit and its neighbours, a dozen neurons, by a hair; the face that moved them says
 * the same in a twelfth of the bytes, because learning is exact. So a frame writes its face here,
 * and the neurons are written once for {@value #MOST} frames, each that moved once.
 *
 * <p>Whatever else changes neurons ends the journal: they are written with it.
 */
public final class Journal {
  /** A cold load learns that many faces again at most, some microseconds each. */
  public static final int MOST = 64;

  /**
   * A face as the memory learnt it.
   *
   * @param z [latentSize]
   * @param arousal what the PK reads from it
   * @param valence likewise
   */
  public record Face(float[] z, float arousal, float valence) {}

  /**
   * What the rows of a memory hold.
   *
   * @param neurons rows of neurons
   * @param nextNeuronId the id that the next neuron would have got when they were written
   * @param faces rows of faces that were learnt since
   */
  public record Extent(int neurons, int nextNeuronId, int faces) {}

  private final List<Face> pending = new ArrayList<>();
  private int written;
  private int neurons;
  private int nextNeuronId;

  /** What the rows hold once the person is saved. */
  public Extent extent() {
    return new Extent(neurons, nextNeuronId, faces());
  }

  /** Faces learnt since the neurons were written, in the order of learning. */
  public int faces() {
    return written + pending.size();
  }

  /** Notes a face that was just learnt. */
  public void learnt(FaceFrame face) {
    pending.add(new Face(face.z(), face.prior().getArousal(), face.prior().getValence()));
  }

  /** Faces that are no rows yet. */
  public List<Face> pending() {
    return pending;
  }

  /** Place of the first of them. */
  public int written() {
    return written;
  }

  /** Says that the pending faces are rows now. */
  public void markWritten() {
    written += pending.size();
    pending.clear();
  }

  /** Whether the neurons' rows and these faces together are that memory. */
  public boolean accountsFor(MemoryState memory) {
    return memory.learntFaces() == faces() && faces() <= MOST;
  }

  /** Says that the neurons of that memory are rows now, and those of no other. */
  public void beginWith(MemoryState memory) {
    pending.clear();
    written = 0;
    neurons = memory.size();
    nextNeuronId = memory.nextNeuronId();
  }

  /** Takes over what the rows hold, which were read and {@link #relearn}t. */
  void restore(Extent rows) {
    pending.clear();
    neurons = rows.neurons();
    nextNeuronId = rows.nextNeuronId();
    written = rows.faces();
  }

  /** Leads a memory as its neurons' rows have it to what it was after the faces. */
  public static void relearn(AffectiveMemory learning, MemoryState memory, List<Face> faces) {
    for (Face face : faces) {
      learning.relearn(memory, face.z(), face.arousal(), face.valence());
    }
  }
}
