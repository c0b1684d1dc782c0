package io.paffmem.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paffmem.schemas.BlockKey;
import io.paffmem.schemas.DeadLetters;
import io.paffmem.schemas.FrameHeaders;
import io.paffmem.schemas.PersonKey;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All topics as an AsyncAPI 3.0 document, made from what the stages themselves go by: names, keys,
 * headers, schemas, and how long each is kept.
 */
public final class TopicsDocument {
  private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";

  /** What Avro's Java classes note for themselves. */
  private static final String JAVA_STRING = "avro.java.string";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What others send, and what they may read of it; everything else goes between stages. */
  private static final Set<String> RECEIVED =
      Set.of(Topics.FRAMES, Topics.PERSON_COMMANDS, Topics.MEMORY_IMPORTS, Topics.TEACHINGS);

  private static final Set<String> SENT =
      Set.of(Topics.EMOTIONS, Topics.PERSON_RECEIPTS, Topics.PERSON_BLOCKS, Topics.DEAD_LETTERS);

  private static final Map<String, Map<String, String>> HEADERS =
      Map.of(
          Topics.FRAMES,
          headers(
              FrameHeaders.PURPOSE,
              "What the frame is processed for, e.g. medical.",
              FrameHeaders.CONSENT,
              "Reference to the person's consent in the publisher's own books.",
              FrameHeaders.TEACHES,
              "There where the frame's label teaches the person's memory."),
          Topics.EMBEDDINGS,
          headers(
              FrameHeaders.CONSENT,
              "As the frame had it.",
              FrameHeaders.TEACHES,
              "As the frame had it."),
          Topics.PERSON_BLOCKS,
          headers(
              BlockKey.HASH_KEY, "Fingerprint of the key of the hashes; not there without a key."),
          Topics.DEAD_LETTERS,
          headers(
              DeadLetters.STAGE,
              "Which stage refused the record.",
              DeadLetters.REASON,
              "Why, in snake case.",
              DeadLetters.TOPIC,
              "The topic on which it came.",
              DeadLetters.PARTITION,
              "Its partition there, in decimal.",
              DeadLetters.OFFSET,
              "Its offset there, in decimal.",
              DeadLetters.SENT_BACK,
              "Of a note instead: partition and offset of the dead letter that was sent back."));

  private TopicsDocument() {}

  /**
   * The document, as JSON with a line break at its end.
   *
   * @param version of paffmem
   */
  public static String of(String version) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("asyncapi", "3.0.0");
    document.put(
        "info",
        ordered(
            "title",
            "paffmem",
            "version",
            version,
            "description",
            "Frames in, emotions out. Values are Avro in Confluent's wire format; schemas are"
                + " registered under TOPIC-value and stay compatible BACKWARD."));
    document.put("defaultContentType", "application/vnd.apache.avro");
    Map<String, Object> channels = new LinkedHashMap<>();
    Map<String, Object> operations = new LinkedHashMap<>();
    for (TopicDefinition topic : Topics.definitions()) {
      channels.put(topic.name(), channel(topic));
      if (!SENT.contains(topic.name())) {
        operations.put("receive-" + topic.name(), operation("receive", topic));
      }
      if (!RECEIVED.contains(topic.name())) {
        operations.put("send-" + topic.name(), operation("send", topic));
      }
    }
    document.put("channels", channels);
    document.put("operations", operations);
    return text(document);
  }

  private static Map<String, Object> operation(String action, TopicDefinition topic) {
    return ordered("action", action, "channel", reference(topic));
  }

  private static Map<String, Object> reference(TopicDefinition topic) {
    return Map.of("$ref", "#/channels/" + topic.name());
  }

  private static Map<String, Object> channel(TopicDefinition topic) {
    return ordered(
        "address",
        topic.name(),
        "description",
        description(topic),
        "messages",
        Map.of(topic.recordType() == null ? "record" : type(topic), message(topic)),
        "bindings",
        Map.of(
            "kafka",
            ordered(
                "topic",
                topic.name(),
                "topicConfiguration",
                configuration(topic),
                "bindingVersion",
                "0.5.0")));
  }

  private static String description(TopicDefinition topic) {
    return topic.partitionedByPerson()
        ? "A person's records are in the partition murmur2(key) modulo the number of partitions,"
            + " which is the same for all topics that hold Avro."
        : "Its partitions need not match the other topics'.";
  }

  private static Map<String, Object> configuration(TopicDefinition topic) {
    Map<String, String> kafka = topic.config();
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        List.of(String.valueOf(kafka.get(TopicConfig.CLEANUP_POLICY_CONFIG))));
    for (String name :
        List.of(
            TopicConfig.RETENTION_MS_CONFIG,
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG)) {
      String value = kafka.get(name);
      if (value != null) {
        configuration.put(name, Long.valueOf(value));
      }
    }
    return configuration;
  }

  private static Map<String, Object> message(TopicDefinition topic) {
    Map<String, Object> message = new LinkedHashMap<>();
    Class<? extends SpecificRecord> type = topic.recordType();
    if (type == null) {
      message.put("contentType", "application/octet-stream");
    } else {
      message.put(
          "payload",
          ordered("schemaFormat", AVRO, "schema", schema(SpecificData.get().getSchema(type))));
    }
    Map<String, String> headers = HEADERS.get(topic.name());
    if (headers != null) {
      Map<String, Object> properties = new LinkedHashMap<>();
      headers.forEach(
          (name, says) -> properties.put(name, ordered("type", "string", "description", says)));
      message.put("headers", ordered("type", "object", "properties", properties));
    }
    message.put("bindings", Map.of("kafka", Map.of("key", key(topic))));
    return message;
  }

  private static Map<String, Object> key(TopicDefinition topic) {
    if (topic.recordType() == null) {
      return Map.of(
          "description",
          topic.compacted() ? "Hashes of the person and of the consent." : "As the record had it.");
    }
    return ordered(
        "type",
        "string",
        "minLength",
        1,
        "maxLength",
        PersonKey.MAX_CHARACTERS,
        "description",
        "The person's name, or pseudonym, in UTF-8.");
  }

  private static String type(TopicDefinition topic) {
    Class<? extends SpecificRecord> type = topic.recordType();
    return type == null ? "" : type.getSimpleName();
  }

  private static JsonNode schema(Schema schema) {
    try {
      JsonNode json = JSON.readTree(schema.toString());
      for (JsonNode node : json.findParents(JAVA_STRING)) {
        ((ObjectNode) node).remove(JAVA_STRING);
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro's own schema is no JSON", e);
    }
  }

  private static Map<String, String> headers(String... namesAndWords) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndWords.length; i += 2) {
      headers.put(namesAndWords[i], namesAndWords[i + 1]);
    }
    return headers;
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static String text(Map<String, Object> document) {
    var indenter = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      JsonNode sorted = JSON.valueToTree(document);
      return JSON.writer(printer).writeValueAsString(sorted) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The document is no JSON", e);
    }
  }
}
