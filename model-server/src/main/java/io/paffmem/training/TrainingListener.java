package io.paffmem.training;

import java.time.Duration;
import java.util.Map;

/** Is told how a run goes on, on the run's own thread. */
public interface TrainingListener {

  /**
   * How far a run is.
   *
   * @param step the last one made, counted from 1
   * @param spent part of the budget, from 0; 1 or more when it is used up
   * @param trained time spent, before a resumption included
   * @param losses of that step alone, by name
   */
  record Progress(long step, double spent, Duration trained, Map<String, Float> losses) {}

  /** After each step. */
  void stepped(Progress progress);

  /** After each validation, when its checkpoint is safe. */
  void reported(TrainingReport report);

  /** One sentence about something that a user should know, such as a checkpoint that is damaged. */
  void noted(String sentence);
}
