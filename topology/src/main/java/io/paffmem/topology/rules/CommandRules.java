package io.paffmem.topology.rules;

import io.paffmem.memory.guard.PersonLook;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.topology.format.MemoryFile;
import io.paffmem.topology.metrics.Count;
import io.paffmem.topology.metrics.Counters;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.Person;
import io.paffmem.topology.person.PersonHeader;
import io.paffmem.topology.person.PersonHeader.Blocks;
import io.paffmem.topology.person.PersonHeader.LastCommand;
import io.paffmem.topology.person.Waiting;
import io.paffmem.topology.rules.Checked.Accepted;
import io.paffmem.topology.rules.Checked.Refused;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a command does. A reset or an import takes the place among the frames at which it is read; a
 * forget acts at once, and has a cut-off.
 */
final class CommandRules {
  /** How far ahead a cut-off may be: as far as clocks, by what brokers let records be. */
  private static final long AHEAD_MILLIS = Duration.ofHours(1).toMillis();

  /** How long a frame is on its way from a publisher to here, at most. */
  private static final long UNDER_WAY_MILLIS = Duration.ofMinutes(1).toMillis();

  private final ResetRules resets;
  private final TeachingRules teachings;
  private final ImportCheck imports;
  private final Outbox outbox;
  private final Counters counters;
  private final WaitingPersons waitingPersons;
  private final boolean keepsLooks;

  /**
   * @param keepsLooks whether it is to be known how people look
   */
  CommandRules(
      ResetRules resets,
      TeachingRules teachings,
      ImportCheck imports,
      Outbox outbox,
      Counters counters,
      WaitingPersons waitingPersons,
      boolean keepsLooks) {
    this.resets = resets;
    this.teachings = teachings;
    this.imports = imports;
    this.outbox = outbox;
    this.counters = counters;
    this.waitingPersons = waitingPersons;
    this.keepsLooks = keepsLooks;
  }

  /**
   * Takes a reset, a forget or a block.
   *
   * @param latestMillis the latest that its time of ingest may be
   */
  void take(Person person, Command command, long latestMillis, long nowMillis) {
    if (isRepeated(person, command, null)) {
      return;
    }
    switch (command.kind()) {
      case FORGET -> {
        if (command.cutoffMillis() > latestMillis + AHEAD_MILLIS) {
          refuseForget(person, command, latestMillis);
        } else {
          forget(person, command.withCutoff(cutoff(person, command, latestMillis)), nowMillis);
        }
      }
      case RESET -> {
        PersonHeader header = person.header();
        header.note(LastCommand.waiting(command.id()));
        resets.inTurn(person, new Waiting.CommandedReset(header.nextWaitingIndex(), command));
      }
      case BLOCK, UNBLOCK -> block(person, command);
      default ->
          throw new IllegalStateException(
              "command %s is of kind %s; imports are carried out elsewhere"
                  .formatted(command.commandId(), command.kind()));
    }
  }

  /**
   * Takes an import, which is a reset to another memory. What cannot be imported changes nothing,
   * and the receipt says why.
   */
  void take(Person person, SentMemory sent) {
    PersonHeader header = person.header();
    Command command = sent.command();
    Checked<MemoryFile> read =
        command.timestampMillis() < header.cutoffMillis()
            ? new Refused<>(
                "the person was forgotten up to %s, and nothing says that it was sent since; import it again if they are to have it"
                    .formatted(Instant.ofEpochMilli(header.cutoffMillis())))
            : imports.read(sent.file());
    String problem = read instanceof Refused<MemoryFile> refused ? refused.reason() : null;
    if (isRepeated(person, command, problem)) {
      return;
    }
    if (read instanceof Accepted<MemoryFile> accepted) {
      header.note(LastCommand.waiting(command.id()));
      resets.inTurn(
          person,
          new Waiting.ImportReset(
              header.nextWaitingIndex(),
              command,
              sent.file(),
              imports.seededHere(accepted.value())));
      PersonLook look = accepted.value().look();
      if (look != null && keepsLooks) {
        person.take(look);
      }
    } else {
      counters.count(Count.REFUSED_IMPORTS);
      LastCommand done = nothingDone(person, command);
      header.note(done);
      outbox.receipt(command, done, person.memory().size(), problem);
    }
  }

  /** A command that was sent twice does nothing; once it is done, its receipt is sent again. */
  private boolean isRepeated(Person person, Command command, @Nullable String problem) {
    LastCommand last = person.header().lastCommand();
    if (last == null || !last.id().equals(command.id())) {
      return false;
    }
    counters.count(Count.REPEATED_COMMANDS);
    if (last.done()) {
      Command same =
          command.upToNow()
              ? command.withCutoff(Math.max(command.cutoffMillis(), person.header().cutoffMillis()))
              : command;
      outbox.receipt(same, last, person.memory().size(), problem);
    }
    return true;
  }

  /**
   * Up to when a forget forgets. Publishers' clocks differ: a frame may be stamped ahead of the
   * command, and what is forgotten now is forgotten with it. Where the person's last frame is
   * ahead, others of the same clock are under way, and they are not to begin the person again.
   */
  private static long cutoff(Person person, Command command, long latestMillis) {
    long last = person.header().lastFrameMillis();
    if (!command.upToNow() || last < command.cutoffMillis()) {
      return command.cutoffMillis();
    }
    return Math.min(last + 1 + UNDER_WAY_MILLIS, latestMillis + AHEAD_MILLIS);
  }

  private void block(Person person, Command command) {
    boolean isBlock = command.kind() == CommandKind.BLOCK;
    String problem = null;
    if (!isBlock) {
      person.header().blocks().unblock(command.consent());
    } else if (!person.header().blocks().block(command.consent())) {
      problem =
          "%d references of this person are blocked already; block all frames of the person"
              .formatted(Blocks.MOST_CONSENTS);
      counters.count(Count.REFUSED_COMMANDS);
    }
    LastCommand done = nothingDone(person, command);
    person.header().note(done);
    if (problem == null) {
      outbox.block(person.hash(), command, isBlock);
    }
    outbox.receipt(command, done, person.memory().size(), problem);
  }

  private void forget(Person person, Command command, long nowMillis) {
    int neurons = person.memory().size();
    int frames = person.waitingFrames();
    counters.count(Count.FORGOTTEN, frames);
    for (Waiting waiting : person.queue()) {
      if (waiting instanceof Waiting.Reset reset) {
        resets.overtake(person, reset);
      } else if (waiting instanceof Waiting.Teaching teaching) {
        teachings.overtake(person, teaching);
      }
    }
    person.clearQueue();
    person.forgetStreams();
    person.forgetLook();
    person.dropFormer();
    person.beginGeneration();
    PersonHeader header = person.header();
    header.forget(command.cutoffMillis());
    LastCommand done = new LastCommand(command.id(), true, neurons, frames, header.generation());
    header.note(done);
    waitingPersons.update(person, nowMillis);
    outbox.receipt(command, done, person.memory().size(), null);
  }

  /** All frames up to the cut-off would be dropped, so one in the future locks a person out. */
  private void refuseForget(Person person, Command command, long latestMillis) {
    counters.count(Count.REFUSED_COMMANDS);
    outbox.receipt(
        command,
        nothingDone(person, command),
        person.memory().size(),
        "its cut-off, %s, is in the future: it was sent at %s, and every frame until then would be dropped; send it again with a cut-off that has passed"
            .formatted(
                Instant.ofEpochMilli(command.cutoffMillis()), Instant.ofEpochMilli(latestMillis)));
  }

  private static LastCommand nothingDone(Person person, Command command) {
    return new LastCommand(command.id(), true, 0, 0, person.header().generation());
  }
}
