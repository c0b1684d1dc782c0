package io.paffmem.ingest.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paffmem.ingest.face.Box;
import io.paffmem.ingest.gateway.frames.Declaration;
import io.paffmem.ingest.gateway.frames.DeclarationReader;
import io.paffmem.ingest.gateway.frames.Limits;
import io.paffmem.ingest.gateway.frames.LiveStream;
import io.paffmem.ingest.gateway.frames.Refusal;
import io.paffmem.ingest.gateway.frames.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The control messages of {@code /v1/feed} as JSON; docs/gateway.md describes them. */
final class Messages {
  /** Characters of the longest message from a feed. */
  static final int MAX_CHARACTERS = 16 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> OPEN_FIELDS =
      Set.of(
          "type", "token", "person", "stream", "rate", "purpose", "consent", "subjects", "picture");
  private static final Set<String> FRAME_FIELDS = Set.of("type", "sequence", "capturedAt");
  private static final Set<String> CLOSE_FIELDS = Set.of("type");

  /** What a feed says. */
  sealed interface Message {}

  record Open(@Nullable String token, Declaration declared) implements Message {}

  /** Numbers the next picture, and says when it was taken; either may be missing. */
  record FrameMark(@Nullable Long sequence, @Nullable Long capturedAtMillis) implements Message {}

  record Close() implements Message {}

  /** None of these. */
  record Invalid(String problem) implements Message {}

  private Messages() {}

  static Message read(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new Invalid("no JSON; pictures go as binary messages, everything else as JSON text");
    }
    if (!node.isObject()) {
      return new Invalid("a message must be a JSON object with a type");
    }
    return switch (node.path("type").asText("")) {
      case "open" -> open(node);
      case "frame" -> mark(node);
      case "close" -> close(node);
      default -> new Invalid("type must be open, frame or close");
    };
  }

  private static Message open(JsonNode node) {
    List<String> problems = unknownFields(node, OPEN_FIELDS);
    DeclarationReader reader = new DeclarationReader();
    Declaration declared =
        reader.read(
            text(node, "person", problems),
            text(node, "stream", problems),
            node.has("rate") ? node.path("rate").asDouble(-1) : DEFAULT_RATE,
            text(node, "purpose", problems),
            text(node, "consent", problems),
            text(node, "subjects", problems),
            text(node, "picture", problems));
    String token = text(node, "token", problems);
    problems.addAll(reader.problems());
    return problems.isEmpty()
        ? new Open(token, declared)
        : new Invalid("open: " + String.join("; ", problems));
  }

  /** Frames a second that a feed is taken to wish if it does not say. */
  static final double DEFAULT_RATE = 25;

  private static Message mark(JsonNode node) {
    List<String> problems = unknownFields(node, FRAME_FIELDS);
    Long sequence = whole(node, "sequence", LiveStream.MAX_SEQUENCE, problems);
    Long capturedAtMillis = whole(node, "capturedAt", LiveStream.MAX_SEQUENCE, problems);
    return problems.isEmpty()
        ? new FrameMark(sequence, capturedAtMillis)
        : new Invalid("frame: " + String.join("; ", problems));
  }

  private static Message close(JsonNode node) {
    List<String> problems = unknownFields(node, CLOSE_FIELDS);
    return problems.isEmpty() ? new Close() : new Invalid("close: " + String.join("; ", problems));
  }

  /** A field that is misspelt, such as the consent, must not be passed over. */
  private static List<String> unknownFields(JsonNode node, Set<String> known) {
    List<String> problems = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                problems.add("an unknown field; known are " + String.join(", ", sorted(known)));
              }
            });
    return problems;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static @Nullable String text(JsonNode node, String field, List<String> problems) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      problems.add(field + " must be a text");
    }
    return value.asText();
  }

  private static @Nullable Long whole(
      JsonNode node, String field, long most, List<String> problems) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < 0
        || value.asLong() > most) {
      problems.add(field + " must be a whole number, 0 to " + most);
    }
    return value.asLong();
  }

  /**
   * The answer to {@code open}.
   *
   * @param rate frames a second that were agreed
   * @param acknowledged newest sequence of the stream that is on the topic, where it is known
   */
  static String opened(Limits limits, double rate, OptionalLong acknowledged) {
    ObjectNode node = message("opened").put("rate", rate);
    if (acknowledged.isPresent()) {
      node.put("acknowledged", acknowledged.getAsLong());
    } else {
      node.putNull("acknowledged");
    }
    return node.put("maxBytes", limits.maxFrameBytes())
        .put("maxPixels", limits.maxPixels())
        .put("maxUnanswered", limits.framesPerFeed())
        .toString();
  }

  /**
   * The reply to a frame.
   *
   * @param number which frame of this connection, from 0
   */
  static String reply(long number, Reply reply) {
    if (reply instanceof Reply.Accepted accepted) {
      return accepted(message("accepted").put("frame", number), accepted).toString();
    }
    Reply.Refused refused = (Reply.Refused) reply;
    return message("error")
        .put("frame", number)
        .put("code", refused.reason().code())
        .put("message", refused.message())
        .toString();
  }

  /** The reply to a control message that was refused. */
  static String error(Refusal reason, String text) {
    return message("error").put("code", reason.code()).put("message", text).toString();
  }

  /** The answer to {@code close}: how many frames had which end. */
  static String closed(long frames, long accepted) {
    return message("closed").put("frames", frames).put("accepted", accepted).toString();
  }

  /** The body of a reply over HTTP. */
  static String httpReply(Reply reply) {
    if (reply instanceof Reply.Accepted accepted) {
      return accepted(message("accepted"), accepted).toString();
    }
    Reply.Refused refused = (Reply.Refused) reply;
    return error(refused.reason(), refused.message());
  }

  private static ObjectNode accepted(ObjectNode node, Reply.Accepted accepted) {
    node.put("sequence", accepted.sequence());
    if (!accepted.faces().isEmpty()) {
      ArrayNode faces = node.putArray("faces");
      for (Reply.SeenFace face : accepted.faces()) {
        Box box = face.box();
        ObjectNode one = faces.addObject();
        one.put("person", face.person())
            .put("x", Math.round(box.x()))
            .put("y", Math.round(box.y()))
            .put("width", Math.round(box.width()))
            .put("height", Math.round(box.height()));
        if (!face.readable()) {
          one.put("readable", false);
        }
      }
    }
    if (!accepted.readable()) {
      node.put("readable", false);
    }
    if (accepted.others() > 0) {
      node.put("others", accepted.others());
    }
    return node;
  }

  private static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
