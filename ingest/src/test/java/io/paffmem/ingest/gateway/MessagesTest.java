package io.paffmem.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.gateway.frames.Declaration;
import io.paffmem.ingest.gateway.frames.Declaration.PictureKind;
import io.paffmem.ingest.gateway.frames.Declaration.Subjects;
import io.paffmem.ingest.gateway.frames.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessagesTest {
  @Test
  void read_openWithAll_isTheDeclaration() {
    assertThat(
            Messages.read(
                """
                {"type": "open", "token": "t", "person": "Zoë", "stream": "call 7", "rate": 2.5,
                 "purpose": "Medical", "consent": "form 12", "subjects": "patients",
                 "picture": "face"}
                """))
        .isEqualTo(
            new Messages.Open(
                "t",
                new Declaration(
                    "Zoë",
                    "call 7",
                    2.5,
                    "Medical",
                    "form 12",
                    Subjects.PATIENTS,
                    PictureKind.FACE)));
  }

  @Test
  void read_openWithTheLeast_hasDefaultsAndBlankIsNotSaid() {
    assertThat(
            Messages.read(
                """
                {"type": "open", "person": "p", "stream": "s", "consent": " ", "purpose": null}
                """))
        .isEqualTo(
            new Messages.Open(
                null, new Declaration("p", "s", 25, null, null, null, PictureKind.WHOLE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type': 'open', 'stream': 's'} | person is missing",
        "{'type': 'open', 'person': '', 'stream': 's'} | person has 0 characters",
        "{'type': 'open', 'person': ' ', 'stream': 's'} | not all blank",
        "{'type': 'open', 'person': 'a\\nb', 'stream': 's'} | person has control characters",
        "{'type': 'open', 'person': 'a\\ud800', 'stream': 's'} | halves of characters",
        "{'type': 'open', 'person': 7, 'stream': 's'} | person must be a text",
        "{'type': 'open', 'person': 'p', 'stream': 's', 'rate': 0} | rate must be above 0",
        "{'type': 'open', 'person': 'p', 'stream': 's', 'rate': 'fast'} | rate must be above 0",
        "{'type': 'open', 'person': 'p', 'stream': 's', 'subjects': 'cats'} | one of customers",
        "{'type': 'open', 'person': 'p', 'stream': 's', 'picture': 'half'} | one of whole, many, face",
        "{'type': 'open', 'person': 'p', 'stream': 's', 'concent': 'x'} | unknown field",
        "{'type': 'open', 'person': 'p', 'person': 'q', 'stream': 's'} | no JSON",
        "{'type': 'frame', 'sequence': -1} | sequence must be a whole number",
        "{'type': 'frame', 'sequence': 9007199254740992} | sequence must be",
        "{'type': 'frame', 'sequence': 1.5} | sequence must be",
        "{'type': 'frame', 'capturedAt': 'now'} | capturedAt must be",
        "{'type': 'frame', 'image': 'base64'} | unknown field",
        "{'type': 'close', 'why': 'tired'} | unknown field",
        "{'type': 'subscribe'} | type must be open, frame or close",
        "{'type': 'close'} {'type': 'close'} | no JSON",
        "[] | must be a JSON object",
        "7 | must be a JSON object",
        "/9j/4AAQSkZJRg | pictures go as binary messages",
        "{'type': 'open' | no JSON"
      })
  void read_whatCannotBeUnderstood_saysWhat(String text, String problem) {
    Messages.Message message = Messages.read(text.replace('\'', '"'));

    assertThat(message).isInstanceOf(Messages.Invalid.class);
    assertThat(((Messages.Invalid) message).problem()).contains(problem);
  }

  @Test
  void httpReply_facesOfMany_areListedWithTheirPlaces() {
    Reply reply =
        new Reply.Accepted(
            7, List.of(new Reply.SeenFace("ann/1", new Box(1.4f, 2, 30, 30), true)), 0, true);

    assertThat(Messages.httpReply(reply))
        .isEqualTo(
            "{\"type\":\"accepted\",\"sequence\":7,\"faces\":[{\"person\":\"ann/1\",\"x\":1,\"y\":2,\"width\":30,\"height\":30}]}");
  }

  @Test
  void httpReply_othersBesideTheFollowedFace_areCounted() {
    assertThat(Messages.httpReply(new Reply.Accepted(7, List.of(), 2, true)))
        .isEqualTo("{\"type\":\"accepted\",\"sequence\":7,\"others\":2}");
  }

  @Test
  void httpReply_faceThatCannotBeRead_saysSo() {
    Reply.SeenFace small = new Reply.SeenFace("ann/1", new Box(1, 2, 9, 9), false);

    assertThat(Messages.httpReply(new Reply.Accepted(7, List.of(), 0, false)))
        .isEqualTo("{\"type\":\"accepted\",\"sequence\":7,\"readable\":false}");
    assertThat(Messages.httpReply(new Reply.Accepted(7, List.of(small), 0, true)))
        .contains("\"height\":9,\"readable\":false}]}");
  }
}
