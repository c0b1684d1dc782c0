package io.paffmem.topology.rules;

import io.paffmem.memory.Recognition;
import io.paffmem.schemas.PersonHash;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.FrameRefusal;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.PersonHeader.LastCommand;
import org.jspecify.annotations.Nullable;

/** Where the rules put what they have to say. */
public interface Outbox {
  /** The memory's answer to a frame. */
  void memoryEvent(
      FaceFrame face, Recognition seen, int neurons, long framesPerceived, int framesToSeed);

  /** The prior knowledge's own answer to a frame. */
  void priorEvent(FaceFrame face, int neurons, long framesPerceived, int framesToSeed);

  /** Asks for imagined faces of the person that a frame shows. */
  void seedRequest(FaceFrame face, int generation);

  /** A frame is to wait no longer; it takes effect when it is read again. */
  void refusal(FaceFrame face, int generation, FrameRefusal refusal);

  /**
   * What came of a command.
   *
   * @param neurons of the memory now
   * @param problem why nothing came of it, in words; null if it was done
   */
  void receipt(Command command, LastCommand done, int neurons, @Nullable String problem);

  /**
   * What came of a teaching.
   *
   * @param neurons of the memory now
   * @param teachings that it holds now
   */
  void teachingReceipt(
      Command command, Lesson.Outcome outcome, int generation, int neurons, int teachings);

  /**
   * Tells who publishes whose frames are refused.
   *
   * @param isBlocked whether they are from now on, or are no more
   */
  void block(PersonHash person, Command command, boolean isBlocked);
}
