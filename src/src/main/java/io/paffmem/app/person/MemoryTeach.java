package io.paffmem.app.person;

import io.paffmem.app.terminal.Tables;
import io.paffmem.memory.TaughtMoment;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.PersonReceipt;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import io.paffmem.start.Problems;
import io.paffmem.start.StartException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Teaches a person's memory what their face showed. */
@Command(
    name = "teach",
    description = {
      "Teaches a person's memory what their face showed at a moment of the last minute: that it was",
      "at rest (--neutral), or its --arousal and --valence. The moment is a frame (--stream and",
      "--sequence, as events have them) or a stretch of time (--last, or --from and --to). What is",
      "taught corrects the answers from then on, until --undo."
    })
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class MemoryTeach implements Callable<Integer> {
  @Mixin private ChangeOptions change;

  @Option(names = "--neutral", description = "The face was at rest.")
  private boolean isNeutral;

  @Option(names = "--arousal", paramLabel = "A", description = "What it showed, -1 to 1.")
  private @Nullable Float arousal;

  @Option(names = "--valence", paramLabel = "V", description = "What it showed, -1 to 1.")
  private @Nullable Float valence;

  @Option(
      names = "--stream",
      paramLabel = "STREAM",
      description = "Where it was seen. Default, for a stretch of time: on any stream.")
  private @Nullable String stream;

  @Option(names = "--sequence", paramLabel = "N", description = "The frame that shows it.")
  private @Nullable Long sequence;

  @Option(
      names = "--last",
      paramLabel = "SECONDS",
      description = "The stretch of time that ends now, by this machine's clock.")
  private @Nullable Double lastSeconds;

  @Option(names = "--from", paramLabel = "MILLIS", description = "The stretch's beginning.")
  private @Nullable Long fromMillis;

  @Option(names = "--to", paramLabel = "MILLIS", description = "Its end.")
  private @Nullable Long toMillis;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "By which it can be taken back, at most 64 characters. Default: a new one.")
  private @Nullable String id;

  @Option(names = "--undo", paramLabel = "ID", description = "Take that teaching back.")
  private @Nullable String undone;

  @Override
  public Integer call() {
    check();
    long now = System.currentTimeMillis();
    change.send(
        (commands, cluster) -> {
          Teaching teaching = teaching(change.inside(), now);
          PersonReceipt receipt = commands.teach(teaching);
          if (receipt.getProblem() != null) {
            throw new StartException(
                "nothing is taught of '%s' (%s): %s"
                    .formatted(
                        Tables.name(change.person()), receipt.getOutcome(), receipt.getProblem()));
          }
          System.out.printf(
              "%s '%s': %s; %d teachings%n",
              undone == null ? "Taught" : "Took back of",
              Tables.name(change.person()),
              undone == null ? teaching.getCommandId() : undone,
              receipt.getTeachings());
        });
    return 0;
  }

  private Teaching teaching(String person, long nowMillis) {
    String own = id == null ? UUID.randomUUID().toString() : id;
    if (undone != null) {
      return new Teaching(own, person, TeachingKind.UNDO, null, null, null, null, null, undone);
    }
    Long from =
        lastSeconds == null ? fromMillis : (Long) (nowMillis - Math.round(lastSeconds * 1000));
    Long to = lastSeconds == null ? toMillis : (Long) nowMillis;
    return new Teaching(
        own,
        person,
        isNeutral ? TeachingKind.NEUTRAL : TeachingKind.LABEL,
        stream,
        sequence,
        from,
        to,
        arousal == null || valence == null ? null : new Affect(arousal, valence),
        null);
  }

  private void check() {
    Problems problems = new Problems();
    boolean hasLabel = arousal != null || valence != null;
    boolean hasTime = sequence != null || lastSeconds != null || fromMillis != null;
    problems.addIf(
        undone != null && (isNeutral || hasLabel || hasTime),
        "--undo takes a teaching back and says nothing else: leave out the other options");
    if (undone == null) {
      problems.addIf(
          isNeutral == hasLabel,
          "say what the face showed: either --neutral, or --arousal and --valence");
      problems.addIf(
          hasLabel && !(isCoordinate(arousal) && isCoordinate(valence)),
          "--arousal and --valence must both be given, from -1 to 1");
      int times = (sequence == null ? 0 : 1) + (lastSeconds == null ? 0 : 1);
      times += fromMillis == null && toMillis == null ? 0 : 1;
      problems.addIf(
          times != 1, "say when: one of --sequence, --last, or --from together with --to");
      problems.addIf(sequence != null && stream == null, "--sequence needs its --stream");
      problems.addIf(
          (fromMillis == null) != (toMillis == null)
              || (fromMillis != null && toMillis != null && fromMillis > toMillis),
          "--from and --to must both be given, --from not after --to");
      problems.addIf(
          lastSeconds != null && !(lastSeconds > 0 && lastSeconds <= 3600),
          "--last is %s, must be above 0, at most 3600",
          lastSeconds);
    }
    problems.addIf(
        isNoId(id) || isNoId(undone), "an id has 1 to %s characters", TaughtMoment.LONGEST_ID);
    problems.throwIfAny();
  }

  private static boolean isCoordinate(@Nullable Float value) {
    return value != null && Math.abs(value) <= 1;
  }

  private static boolean isNoId(@Nullable String text) {
    return text != null && (text.isEmpty() || text.length() > TaughtMoment.LONGEST_ID);
  }
}
