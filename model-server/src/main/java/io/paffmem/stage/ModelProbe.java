package io.paffmem.stage;

import io.paffmem.prior.Encodings;
import io.paffmem.prior.PriorKnowledge;
import io.paffmem.schemas.FloatVectors;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the PK answers: it is asked about one black face and one imagined one, at the first look
 * and again whenever there is doubt, and until it answers. Thread-safe.
 */
final class ModelProbe {
  private static final Logger LOG = LoggerFactory.getLogger(ModelProbe.class);
  private static final int CHANNELS = 3;

  private final PriorKnowledge prior;
  private boolean doubted = true;

  ModelProbe(PriorKnowledge prior) {
    this.prior = prior;
  }

  /** The next look asks the PK. */
  synchronized void doubt() {
    doubted = true;
  }

  /** Why it does not answer; empty if it does. */
  synchronized Optional<String> problem() {
    if (!doubted) {
      return Optional.empty();
    }
    String problem = ask();
    doubted = problem != null;
    return Optional.ofNullable(problem);
  }

  /**
   * Asks the PK now, where it failed or gave what is not finite. Returns if it answers: what it was
   * asked about is to blame then.
   *
   * @param cause how it failed; null if it gave what is not finite
   * @throws ModelOutageException if it does not answer
   */
  void requireAnswer(@Nullable RuntimeException cause) {
    doubt();
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      throw new ModelOutageException(problem.get(), cause);
    }
  }

  private @Nullable String ask() {
    try {
      byte[] black = new byte[prior.imageSize() * prior.imageSize() * CHANNELS];
      Encodings seen = prior.encode(black, 1);
      Encodings imagined =
          prior.generateAndEncode(new float[prior.latentSize()], new float[] {0, 0}, 1);
      return isSound(seen) && isSound(imagined)
          ? null
          : "the model " + prior.modelVersion() + " gives no finite answer";
    } catch (RuntimeException e) {
      LOG.warn("The model {} does not answer", prior.modelVersion(), e);
      return "the model " + prior.modelVersion() + " does not answer: " + e;
    }
  }

  private boolean isSound(Encodings one) {
    float[] deviation = one.deviation();
    return one.z().length == prior.latentSize()
        && one.affect().length == 2
        && FloatVectors.allFinite(one.z())
        && FloatVectors.allFinite(one.affect())
        && (deviation == null || FloatVectors.allFinite(deviation));
  }
}
