package io.paffmem.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

final class TopicsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.json");

  @Test
  void of_thisRelease_isWhatTheDocsHold() throws Exception {
    String held = Files.readString(DOCUMENT);
    String version = new ObjectMapper().readTree(held).at("/info/version").asText();

    assertThat(TopicsDocument.of(version))
        .as("write it again: ./paffmem topics asyncapi > docs/asyncapi.json")
        .isEqualTo(held);
  }

  @Test
  void of_everyTopic_hasItsSchemaKeyAndRetention() throws Exception {
    JsonNode document = new ObjectMapper().readTree(TopicsDocument.of("1"));

    assertThat(document.at("/channels")).hasSameSizeAs(Topics.definitions());
    for (TopicDefinition topic : Topics.definitions()) {
      JsonNode channel = document.at("/channels/" + topic.name());
      JsonNode message = channel.at("/messages").elements().next();
      assertThat(message.at("/bindings/kafka/key/description").asText()).isNotEmpty();
      String kept = topic.compacted() ? "delete.retention.ms" : "retention.ms";
      assertThat(channel.at("/bindings/kafka/topicConfiguration/" + kept).asLong())
          .isEqualTo(topic.retention().toMillis());
      if (topic.recordType() != null) {
        Schema schema = new Schema.Parser().parse(message.at("/payload/schema").toString());
        Schema own = SpecificData.get().getSchema(topic.recordType());
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(own, schema).getType())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(schema.toString()).doesNotContain("avro.java.string");
      }
    }
  }
}
