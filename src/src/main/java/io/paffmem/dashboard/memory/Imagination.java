package io.paffmem.dashboard.memory;

import io.paffmem.imagine.FaceSheet;
import io.paffmem.imagine.ImaginedFaces;
import io.paffmem.prior.ModelException;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.query.MemoryAnswer;
import io.paffmem.query.MemoryAnswer.Found;
import io.paffmem.query.MemoryAnswer.Missing;
import io.paffmem.query.MemoryAnswer.Reason;
import io.paffmem.query.PersonMemory;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The PK that imagines a person's faces: one sheet at a time, so that people who look at pictures
 * never has more than one core's worth of the machine to themselves. Thread-safe.
 */
public final class Imagination implements AutoCloseable {
  /** With the one that is being drawn; fewer than there are threads that would wait for it. */
  private static final int MOST_AT_ONCE = 4;

  private final Supplier<? extends PriorKnowledge> load;
  private final boolean isOwned;
  private final ReentrantLock imagining = new ReentrantLock(true);
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private @Nullable PriorKnowledge prior;
  private volatile boolean isClosed;

  private Imagination(Supplier<? extends PriorKnowledge> load, boolean isOwned) {
    this.load = load;
    this.isOwned = isOwned;
  }

  /** With a PK that others use too, which stays theirs. */
  public static Imagination with(PriorKnowledge shared) {
    return new Imagination(() -> shared, false);
  }

  /** With a PK of its own, loaded when the first face is wanted. */
  public static Imagination lazily(Supplier<? extends PriorKnowledge> load) {
    return new Imagination(load, true);
  }

  /** The square of expressions. */
  MemoryAnswer<byte[]> square(PersonMemory memory, int bestMatchingUnit, int size) {
    return draw(
        memory,
        bestMatchingUnit,
        (faces, side) -> {
          FaceSheet sheet = FaceSheet.bare(size, size, side);
          faces.drawSquare(sheet, 0, size);
          return sheet;
        });
  }

  /** Figure 2 of the paper. */
  MemoryAnswer<byte[]> figure2(PersonMemory memory, int bestMatchingUnit) {
    return draw(
        memory,
        bestMatchingUnit,
        (faces, side) -> {
          FaceSheet sheet = FaceSheet.bare(ImaginedFaces.figure2().length / 2, 2, side);
          faces.drawFigure2(sheet, null);
          return sheet;
        });
  }

  private interface Drawing {
    FaceSheet draw(ImaginedFaces faces, int side);
  }

  private MemoryAnswer<byte[]> draw(PersonMemory memory, int bestMatchingUnit, Drawing drawing) {
    if (memory.neurons().isEmpty()) {
      return new Missing<>(Reason.UNKNOWN_PERSON, "the memory has no neuron yet");
    }
    if (!places.tryAcquire()) {
      return new Missing<>(Reason.BUSY, "many faces are being imagined; ask again in a second");
    }
    imagining.lock();
    try {
      if (isClosed) {
        return new Missing<>(Reason.BUSY, "the dashboard stops");
      }
      PriorKnowledge loaded = prior == null ? load.get() : prior;
      prior = loaded;
      if (!loaded.modelVersion().equals(memory.modelVersion())) {
        return new Missing<>(
            Reason.OTHER_MODEL,
            "the memory is of the PK %s, the dashboard has %s; start it with --model"
                .formatted(memory.modelVersion(), loaded.modelVersion()));
      }
      float[] z = base(memory.neurons(), bestMatchingUnit, loaded.latentSize());
      return new Found<>(drawing.draw(new ImaginedFaces(loaded, z), loaded.imageSize()).jpeg());
    } catch (ModelException e) {
      return new Missing<>(Reason.MEMORY_UNAVAILABLE, String.valueOf(e.getMessage()));
    } finally {
      imagining.unlock();
      places.release();
    }
  }

  /** z of the best-matching unit; of the neuron nearest to the middle of all, where it is gone. */
  static float[] base(List<PersonMemory.Neuron> neurons, int bestMatchingUnit, int latentSize) {
    PersonMemory.Neuron chosen =
        neurons.stream()
            .filter(neuron -> neuron.id() == bestMatchingUnit)
            .findFirst()
            .orElseGet(() -> middle(neurons));
    float[] z = new float[latentSize];
    for (int d = 0; d < latentSize; d++) {
      z[d] = Math.max(-1, Math.min(1, chosen.weights()[d]));
    }
    return z;
  }

  private static PersonMemory.Neuron middle(List<PersonMemory.Neuron> neurons) {
    double[] mean = new double[neurons.get(0).weights().length];
    for (PersonMemory.Neuron neuron : neurons) {
      for (int d = 0; d < mean.length; d++) {
        mean[d] += neuron.weights()[d] / (double) neurons.size();
      }
    }
    PersonMemory.Neuron nearest = neurons.get(0);
    double least = Double.MAX_VALUE;
    for (PersonMemory.Neuron neuron : neurons) {
      double squared = 0;
      for (int d = 0; d < mean.length; d++) {
        double beyond = neuron.weights()[d] - mean[d];
        squared += beyond * beyond;
      }
      if (squared < least) {
        least = squared;
        nearest = neuron;
      }
    }
    return nearest;
  }

  @Override
  public void close() {
    isClosed = true;
    imagining.lock();
    try {
      if (isOwned && prior != null) {
        prior.close();
        prior = null;
      }
    } finally {
      imagining.unlock();
    }
  }
}
