package io.paffmem.teaching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paffmem.schemas.avro.Affect;
import io.paffmem.schemas.avro.Teaching;
import io.paffmem.schemas.avro.TeachingKind;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what somebody says a face showed, from JSON. */
final class TeachingBody {
  /** Longest body; the longest that makes sense has some hundred bytes. */
  static final int MOST_BYTES = 4096;

  private static final int LONGEST_ID = 64;
  private static final int LONGEST_STREAM = 256;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> FIELDS =
      Set.of("id", "neutral", "arousal", "valence", "stream", "sequence", "from", "to");

  private final JsonNode body;

  private TeachingBody(JsonNode body) {
    this.body = body;
  }

  /**
   * The teaching of a person.
   *
   * @throws IllegalArgumentException saying what is wrong with the body
   */
  static Teaching read(String person, byte[] json) {
    if (json.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the body has %d bytes, at most %d are taken".formatted(json.length, MOST_BYTES));
    }
    JsonNode body;
    try {
      body = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the body cannot be read", e);
    }
    if (body == null || !body.isObject()) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
    return new TeachingBody(body).teaching(person);
  }

  private Teaching teaching(String person) {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException("the body has an unknown field: " + name);
              }
            });
    boolean isNeutral = body.path("neutral").asBoolean(false);
    if (body.has("neutral") && !body.path("neutral").isBoolean()) {
      throw new IllegalArgumentException("neutral must be true or false");
    }
    boolean hasLabel = body.has("arousal") || body.has("valence");
    if (isNeutral == hasLabel) {
      throw new IllegalArgumentException(
          "say what the face showed: either \"neutral\": true, or arousal and valence");
    }
    Long sequence = whole("sequence");
    Long from = whole("from");
    Long to = whole("to");
    String stream = text("stream", LONGEST_STREAM);
    if (sequence != null ? stream == null || from != null || to != null : from == null) {
      throw new IllegalArgumentException(
          "say when: either stream and sequence of a frame, or from and to in milliseconds");
    }
    if (sequence == null && (to == null || from == null || from > to)) {
      throw new IllegalArgumentException("from and to must be times, from not after to");
    }
    String id = text("id", LONGEST_ID);
    return new Teaching(
        id == null ? UUID.randomUUID().toString() : id,
        person,
        isNeutral ? TeachingKind.NEUTRAL : TeachingKind.LABEL,
        stream,
        sequence,
        from,
        to,
        isNeutral ? null : new Affect(coordinate("arousal"), coordinate("valence")),
        null);
  }

  private float coordinate(String name) {
    JsonNode node = body.path(name);
    if (!node.isNumber() || !(Math.abs(node.asDouble()) <= 1)) {
      throw new IllegalArgumentException(name + " must be a number from -1 to 1");
    }
    return (float) node.asDouble();
  }

  private @Nullable Long whole(String name) {
    JsonNode node = body.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.canConvertToLong() || !node.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " must be a whole number");
    }
    return node.asLong();
  }

  private @Nullable String text(String name, int longest) {
    JsonNode node = body.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual() || node.asText().isEmpty() || node.asText().length() > longest) {
      throw new IllegalArgumentException(
          "%s must be a text of 1 to %d characters".formatted(name, longest));
    }
    return node.asText();
  }
}
