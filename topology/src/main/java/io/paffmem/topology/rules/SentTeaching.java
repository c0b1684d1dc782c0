package io.paffmem.topology.rules;

import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.topology.person.Command;
import io.paffmem.topology.person.FaceFrame;
import io.paffmem.topology.person.Lesson;
import io.paffmem.topology.person.TextHash;
import java.util.Optional;

/**
 * A checked teaching.
 *
 * @param command what the receipt repeats
 */
public record SentTeaching(Command command, Lesson lesson) {

  /**
   * What a labelled frame teaches; its id is always the same. Empty without a label in the square.
   */
  public static Optional<SentTeaching> by(FaceFrame face) {
    Affect label = face.label();
    if (label == null
        || !(Math.abs(label.getArousal()) <= 1)
        || !(Math.abs(label.getValence()) <= 1)) {
      return Optional.empty();
    }
    TextHash stream = face.key().stream();
    String id = "label-%016x%016x-%d".formatted(stream.high(), stream.low(), face.key().sequence());
    return Optional.of(
        new SentTeaching(
            new Command(CommandKind.TEACH, face.personId(), id, 0, face.timestampMillis()),
            new Lesson(
                null,
                stream,
                face.key().sequence(),
                0,
                0,
                false,
                label.getArousal(),
                label.getValence())));
  }
}
