package io.paffmem.topology;

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
final class Journal {
  /** A cold load learns that many faces again at most, some microseconds each. */
  static final int MOST = 64;

  /**
   * A face as the memory learnt it.
   *
   * @param z [latentSize]
   * @param arousal what the PK reads from it
   * @param valence likewise
   */
  record Face(float[] z, float arousal, float valence) {}

  private final List<Face> pending = new ArrayList<>();
  private int written;
  private int neurons;
  private int nextNeuronId;

  /** Rows of neurons in the store. */
  int neurons() {
    return neurons;
  }

  /** The id that the next neuron would have borne when they were written. */
  int nextNeuronId() {
    return nextNeuronId;
  }

  /** Faces learnt since then, in the order of learning; all of them rows once a person is saved. */
  int faces() {
    return written + pending.size();
  }

  /** Notes a face that was just learnt. */
  void learnt(FaceFrame face) {
    pending.add(new Face(face.z, face.prior.getArousal(), face.prior.getValence()));
  }

  /** Faces that are no rows yet. */
  List<Face> pending() {
    return pending;
  }

  /** Place of the first of them. */
  int written() {
    return written;
  }

  /** Says that the pending faces are rows now. */
  void markWritten() {
    written += pending.size();
    pending.clear();
  }

  /** Whether the neurons' rows and these faces together are that memory. */
  boolean accountsFor(MemoryState memory) {
    return memory.learntFaces() == faces() && faces() <= MOST;
  }

  /** Says that the neurons of that memory are rows now, and those of no other. */
  void beginWith(MemoryState memory) {
    pending.clear();
    written = 0;
    neurons = memory.size();
    nextNeuronId = memory.nextNeuronId();
  }

  /** Takes over what the rows say, which were read and {@link #relearn}t. */
  void restore(int faceRows) {
    written = faceRows;
  }

  /** Leads a memory as its neurons' rows have it to what it was after the faces. */
  static void relearn(AffectiveMemory learning, MemoryState memory, List<Face> faces) {
    for (Face face : faces) {
      learning.relearn(memory, face.z(), face.arousal(), face.valence());
    }
  }
}
