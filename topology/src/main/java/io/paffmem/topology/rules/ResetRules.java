package io.paffmem.topology.rules;

import io.paffmem.memory.TaughtMoment;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader.LastCommand;
import io.paffmem.topology.person.Waiting;
import io.paffmem.topology.rules.Checked.Accepted;
import io.paffmem.topology.rules.Checked.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reset does when its turn comes: by a command, of a person who was idle, by an import. */
final class ResetRules {
  private final ImportCheck imports;
  private final Outbox outbox;
  private final Counters counters;

  ResetRules(ImportCheck imports, Outbox outbox, Counters counters) {
    this.imports = imports;
    this.outbox = outbox;
    this.counters = counters;
  }

  /**
   * Does it now, or behind the frames that wait. How the person looks is told by the frames that
   * come from here on, since each frame is looked at when it comes.
   */
  void inTurn(Person person, Waiting.Reset reset) {
    person.forgetLook();
    if (person.head() == null) {
      carryOut(person, reset);
    } else {
      person.enqueue(reset);
    }
  }

  void carryOut(Person person, Waiting.Reset reset) {
    int neurons = person.memory().size();
    if (reset instanceof Waiting.ImportReset sent) {
      takeImported(person, sent, neurons);
      return;
    }
    boolean keepsTeachings =
        reset instanceof Waiting.CommandedReset commanded && commanded.command().keepsTeachings();
    List<TaughtMoment> kept =
        keepsTeachings ? List.copyOf(person.memory().taught().moments()) : List.of();
    begin(person);
    kept.forEach(person::teach);
    if (reset instanceof Waiting.CommandedReset commanded) {
      answer(person, commanded.command(), neurons, null);
    } else if (neurons > 0) {
      counters.count(Count.IDLE_MEMORIES_REMOVED);
    }
  }

  private void takeImported(Person person, Waiting.ImportReset sent, int neurons) {
    Checked<MemoryFile> read = imports.read(sent.memory());
    if (read instanceof Refused<MemoryFile> refused) {
      // It fitted when it came; the active model or the parameters are others since.
      refuseImport(person, sent.command(), refused.reason());
    } else if (read instanceof Accepted<MemoryFile> accepted) {
      MemoryFile file = accepted.value();
      begin(person);
      person.take(file.memory(), sent.seeded(), file.framesPerceived());
      person.header().adopt(file.modelVersion());
      counters.count(Count.IMPORTED_MEMORIES);
      answer(person, sent.command(), neurons, null);
    }
  }

  private static void begin(Person person) {
    person.beginGeneration();
    person.dropFormer();
  }

  /**
   * The person is forgotten, and with them what waits. A reset counts as if it had happened:
   * generations must not depend on whether the frames before it were through.
   */
  void overtake(Person person, Waiting.Reset reset) {
    person.beginGeneration();
    if (reset instanceof Waiting.ImportReset sent) {
      refuseImport(person, sent.command(), "the person was forgotten before its turn came");
    } else if (reset instanceof Waiting.CommandedReset commanded) {
      answer(person, commanded.command(), 0, null);
    }
  }

  private void refuseImport(Person person, Command command, String problem) {
    counters.count(Count.REFUSED_IMPORTS);
    answer(person, command, 0, problem);
  }

  /** The receipt of a reset, which the header also keeps if no other command came since. */
  private void answer(
      Person person, Command command, int neuronsRemoved, @Nullable String problem) {
    LastCommand done =
        new LastCommand(command.id(), true, neuronsRemoved, 0, person.header().generation());
    person.header().noteDone(done);
    outbox.receipt(command, done, person.memory().size(), problem);
  }
}
