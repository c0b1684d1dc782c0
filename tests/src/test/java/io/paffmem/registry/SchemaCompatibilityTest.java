package io.paffmem.registry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.paffmem.schemas.AvroSerdes;
import io.paffmem.schemas.Decoded.Malformed;
import io.paffmem.schemas.Decoded.Reason;
import io.paffmem.schemas.Decoded.Value;
import io.paffmem.schemas.TopicDefinition;
import io.paffmem.schemas.Topics;
import io.paffmem.schemas.avro.CommandKind;
import io.paffmem.schemas.avro.PersonCommand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SchemaCompatibilityTest {
  private static final List<TopicDefinition> AVRO_TOPICS =
      Topics.definitions().stream().filter(topic -> topic.recordType() != null).toList();

  private RegistryServer server;
  private SchemaRegistryClient client;

  @BeforeAll
  void start() throws Exception {
    server = RegistryServer.start();
    client =
        new CachedSchemaRegistryClient(
            List.of(server.url()), 100, List.of(new AvroSchemaProvider()), Map.of());
    try (AvroSerdes serdes = AvroSerdes.at(server.url())) {
      serdes.register();
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void register_everyTopic_itsSchemaUnderBackward() throws Exception {
    assertThat(AVRO_TOPICS).hasSize(9);
    for (TopicDefinition topic : AVRO_TOPICS) {
      assertThat(client.getCompatibility(topic.subject())).isEqualTo("BACKWARD");
      assertThat(client.getId(topic.subject(), new AvroSchema(schema(topic)))).isPositive();
    }
  }

  @Test
  void register_secondTime_nothingNew() throws Exception {
    try (AvroSerdes serdes = AvroSerdes.at(server.url())) {
      assertThat(serdes.register())
          .containsExactlyElementsOf(AVRO_TOPICS.stream().map(TopicDefinition::subject).toList());
    }

    assertThat(client.getAllVersions("frames-value")).hasSize(1);
  }

  @Test
  void register_fieldWithoutDefaultAdded_refusedWith409() {
    for (TopicDefinition topic : AVRO_TOPICS) {
      Schema breaking =
          with(topic, new Field("required", Schema.create(Schema.Type.INT), null, (Object) null));

      assertThatThrownBy(() -> client.register(topic.subject(), new AvroSchema(breaking)))
          .as(topic.subject())
          .asInstanceOf(type(RestClientException.class))
          .returns(409, RestClientException::getStatus);
    }
  }

  @Test
  void register_fieldWithDefaultAdded_accepted() throws Exception {
    TopicDefinition topic = AVRO_TOPICS.get(AVRO_TOPICS.size() - 1);
    Schema compatible = with(topic, new Field("note", Schema.create(Schema.Type.STRING), null, ""));

    client.register(topic.subject(), new AvroSchema(compatible));

    assertThat(client.getAllVersions(topic.subject())).hasSize(2);
  }

  @Test
  void decode_whatAnotherProcessEncoded_sameRecord() {
    PersonCommand command = new PersonCommand("c1", "p1", CommandKind.FORGET, 5L, false, null);
    try (AvroSerdes writer = AvroSerdes.at(server.url());
        AvroSerdes reader = AvroSerdes.at(server.url())) {
      byte[] bytes = writer.of(PersonCommand.class).encode(Topics.PERSON_COMMANDS, command);

      assertThat(reader.of(PersonCommand.class).decode(Topics.PERSON_COMMANDS, bytes))
          .isEqualTo(new Value<>(command));

      ByteBuffer.wrap(bytes).putInt(1, 1_000_000);
      assertThat(reader.of(PersonCommand.class).decode(Topics.PERSON_COMMANDS, bytes))
          .isEqualTo(new Malformed<PersonCommand>(Reason.UNKNOWN_SCHEMA));
    }
  }

  private static Schema schema(TopicDefinition topic) {
    return SpecificData.get().getSchema(requireNonNull(topic.recordType()));
  }

  private static Schema with(TopicDefinition topic, Field added) {
    Schema schema = schema(topic);
    List<Field> fields = new ArrayList<>();
    for (Field field : schema.getFields()) {
      fields.add(new Field(field, field.schema()));
    }
    fields.add(added);
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }
}
